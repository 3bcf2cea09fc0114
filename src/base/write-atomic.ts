import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { FileWriteError } from './errors.ts';

/**
 * Writes a file so that readers see the old content or the new, never a half: the bytes go to a
 * temporary name in the same folder, are flushed to the disk, and are then renamed. Missing folders are made.
 *
 * @throws FileWriteError (disk full, no permission, …); the temporary file is removed and the old one kept
 */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.tmp-${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFlushed(temporary, typeof content === 'string' ? Buffer.from(content) : content);
    renameSync(temporary, path);
  } catch (cause) {
    removeQuietly(temporary);
    throw new FileWriteError(`${path}: could not be written: ${reason(cause)}. What stood there before is kept.`, {
      cause,
    });
  }
}

/** Writes a new file and flushes it to the disk. Throws the file system's error. */
export function writeFlushed(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Removes a file if it is there. That this may fail, too, must not hide why the writing failed. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The error of the writing is the one to tell.
  }
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOSPC') return 'the disk is full (ENOSPC)';
  if (code === 'EACCES' || code === 'EPERM') return `no permission (${code})`;
  return cause instanceof Error ? cause.message : String(cause);
}
