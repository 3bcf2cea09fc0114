import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './jupyter.ts';

/** What a command of DVC's left. */
interface DvcResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The real DVC, in one process for all commands. */
export interface Dvc {
  run(cwd: string, ...args: string[]): Promise<DvcResult>;
  stop(): Promise<void>;
}

/** An environment in which neither DVC nor git knows the user, or asks for anything. */
export const quietEnvironment = {
  DVC_NO_ANALYTICS: '1',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'lab',
  GIT_AUTHOR_EMAIL: 'lab@example.com',
  GIT_COMMITTER_NAME: 'lab',
  GIT_COMMITTER_EMAIL: 'lab@example.com',
};

/** Starts DVC with a home and a state of its own. */
export function startDvc(python: string): Dvc {
  const home = mkdtempSync(join(tmpdir(), 'labmill-dvc-'));
  const child = spawn(python, [join(root, 'tests/interop/dvc_commands.py')], {
    env: { ...process.env, ...quietEnvironment, HOME: home, DVC_SITE_CACHE_DIR: join(home, 'site') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (cwd: string, args: readonly string[]): Promise<DvcResult> => {
    child.stdin.write(`${JSON.stringify({ cwd, args })}\n`);
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`dvc ${args.join(' ')}: its process ended`);
    return JSON.parse(value) as DvcResult;
  };
  return {
    run: async (cwd, ...args) => {
      const answer = last.then(async () => ask(cwd, args));
      last = answer.catch(() => undefined);
      return answer;
    },
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(home, { recursive: true, force: true });
    },
  };
}
