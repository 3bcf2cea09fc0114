import { devNull } from 'node:os';
import { execa } from 'execa';
import { RepositoryError } from 'labmill';

/** Fixed names and times: the same data make the same commit, whoever runs the lab and when. */
const signature = (role: 'AUTHOR' | 'COMMITTER') => ({
  [`GIT_${role}_NAME`]: 'Lab 2',
  [`GIT_${role}_EMAIL`]: 'lab2@labmill.example',
  [`GIT_${role}_DATE`]: '2026-01-01T00:00:00Z',
});

/**
 * Runs the system's git and returns what it prints. Configuration and hooks of user, machine and surrounding repository
 * have no say in it.
 *
 * @throws RepositoryError when git is missing or fails
 */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
    ...signature('AUTHOR'),
    ...signature('COMMITTER'),
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
  try {
    return (await execa('git', args, { cwd, env, extendEnv: false })).stdout;
  } catch (cause) {
    const { code, stderr } = cause as { code?: string; stderr?: string };
    const reason =
      code === 'ENOENT' ? 'expected git on the PATH, found none. Install it and run again.' : (stderr ?? String(cause));
    throw new RepositoryError(`git ${args[0]}: ${reason}`, { cause });
  }
}
