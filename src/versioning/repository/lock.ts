import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { RepositoryLockedError } from '../../base/errors.ts';
import { isRunning } from '../store/temporary-area.ts';

/** Options of `lockRepository`. */
export interface LockOptions {
  /** How long to wait for another process; default 3 seconds, as long as DVC waits. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What locks an open file; the lock belongs to the file as we opened it, and stays when the command has ended. */
const tools: readonly (readonly [command: string, ...args: string[]])[] = [
  ['flock', '-x', '-n', '3'],
  ['perl', '-e', 'open(my $file, "+<&=3") or exit 2; exit(flock($file, 2 | 4) ? 0 : 1)'],
];

/**
 * Takes the repository's lock, the one that DVC takes, and returns the function that gives it back.
 * It is a flock(2) on `.dvc/tmp/lock`, which Node cannot make itself: a short-lived `flock` or `perl` makes it on our open
 * file. The system takes it back when the process ends, however it ends.
 *
 * @param temporary the folder `.dvc/tmp`
 * @throws RepositoryLockedError when another process still holds it after `timeoutMs`
 */
export async function lockRepository(temporary: string, options: LockOptions = {}): Promise<() => void> {
  const { timeoutMs = 3000, signal } = options;
  mkdirSync(temporary, { recursive: true });
  const path = join(temporary, 'lock');
  const file = openSync(path, 'a+');
  try {
    const end = Date.now() + timeoutMs;
    while (!isLocked(file)) {
      if (Date.now() >= end) throw locked(path);
      await setTimeout(100, undefined, { signal });
    }
    // As DVC does, for people who look.
    ftruncateSync(file);
    writeSync(file, ` ${process.pid}\n`);
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return () => closeSync(file);
}

/**
 * Makes sure that no running DVC stage uses what is about to change: DVC notes that in `.dvc/tmp/rwlock`.
 *
 * @param paths absolute
 * @throws RepositoryLockedError
 */
export function requireUnused(temporary: string, paths: readonly string[]): void {
  for (const { path, pid, cmd } of uses(join(temporary, 'rwlock'))) {
    const other = paths.find((own) => own === path || own.startsWith(`${path}/`) || path.startsWith(`${own}/`));
    if (other === undefined || pid === process.pid || !isRunning(pid)) continue;
    throw new RepositoryLockedError(`${other}: in use by process ${pid} (${cmd}); run again when it has ended`);
  }
}

function isLocked(file: number): boolean {
  for (const [command, ...args] of tools) {
    const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'ignore', file] });
    if (error === undefined) return status === 0;
  }
  throw new RepositoryLockedError(
    'expected a command that can lock files, found neither "flock" nor "perl"; install one',
  );
}

function locked(path: string): RepositoryLockedError {
  const pid = readFileSync(path, 'utf8').trim();
  const holder = /^\d+$/.test(pid) ? `process ${pid}` : 'another process';
  return new RepositoryLockedError(`${path}: ${holder} is changing the repository; run again when it has ended`);
}

interface Use {
  readonly path: string;
  readonly pid: number;
  readonly cmd: string;
}

/** Returns who reads or writes what; a file that DVC left half-written says nothing. */
function uses(path: string): Use[] {
  let content: Record<string, Record<string, unknown>> | null;
  try {
    content = JSON.parse(readFileSync(path, 'utf8')) as typeof content;
  } catch {
    return [];
  }
  return ['read', 'write'].flatMap((mode) =>
    Object.entries(content?.[mode] ?? {}).flatMap(([used, infos]) =>
      [infos].flat().map((info) => ({ path: used, ...(info as { pid: number; cmd: string }) })),
    ),
  );
}
