import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { lookAt } from './look-at.ts';

/** How long a temporary file of another machine, whose processes can't be seen from here, is left alone. */
const foreignAgeMs = 24 * 60 * 60 * 1000;

/**
 * A folder for files that are not finished: they are written here and then renamed to where they belong.
 * Each carries its host and process, so that what a killed process left behind is known, and swept, by the next one.
 */
export class TemporaryArea {
  readonly directory: string;
  readonly #prefix = `${hostname()}-${process.pid}-${randomBytes(8).toString('hex')}-`;
  #count = 0;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** Returns a path of the area that nothing uses; the folder is made when it is not there. */
  next(): string {
    if (this.#count === 0) mkdirSync(this.directory, { recursive: true });
    return join(this.directory, this.#prefix + String(this.#count++));
  }

  /** Returns the file system's own time, which may differ from the process's; 0 when nothing can be written. */
  now(): number {
    const probe = this.next();
    try {
      writeFileSync(probe, '');
      return statSync(probe).mtimeMs;
    } catch {
      return 0;
    } finally {
      rmSync(probe, { force: true });
    }
  }

  /** Makes the area, and removes what processes left behind that run no more; the beginning of a command that writes. */
  sweep(): void {
    mkdirSync(this.directory, { recursive: true });
    for (const name of namesIn(this.directory)) {
      const path = join(this.directory, name);
      if (isAbandoned(name, path)) rmSync(path, { recursive: true, force: true });
    }
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isAbandoned(name: string, path: string): boolean {
  const [, host, pid] = /^(.*)-(\d+)-[0-9a-f]{16}-\d+$/.exec(name) ?? [];
  if (host === undefined) return false;
  if (host === hostname()) return Number(pid) !== process.pid && !isRunning(Number(pid));
  const stat = lookAt(path);
  return stat !== undefined && Date.now() - stat.mtimeMs > foreignAgeMs;
}

/** Returns whether a process of this machine runs, ours or another user's. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
