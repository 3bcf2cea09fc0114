import { devNull } from 'node:os';
import { execa } from 'execa';
import { RepositoryError } from 'labmill';

/**
 * Runs the system's git and returns what it prints.
 *
 * @throws RepositoryError when git is missing or fails
 */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  try {
    return (await execa('git', args, { cwd })).stdout;
  } catch (cause) {
    const { code, stderr } = cause as { code?: string; stderr?: string };
    const reason =
      code === 'ENOENT' ? 'expected git on the PATH, found none. Install it and run again.' : (stderr ?? String(cause));
    throw new RepositoryError(`git ${args[0]}: ${reason}`, { cause });
  }
}

/**
 * Keeps the settings of user, machine and surrounding repository from having a say in what git does in this process:
 * in the lab's own calls and in those of the data repository.
 */
export function isolateGit(): void {
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('GIT_'))) delete process.env[name];
  Object.assign(process.env, { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' });
}
