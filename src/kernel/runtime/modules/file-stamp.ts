import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** What a file was when it was read. */
export interface FileStamp {
  readonly mtimeMs: number;
  readonly sizeBytes: number;
  readonly digest: string;
  /** Whether it was read so soon after it was written that its time may not tell a later change. */
  readonly isFresh: boolean;
}

/** How coarse the times of files may be, in milliseconds: two seconds on FAT. */
const TIME_GRAIN_MS = 2000;

/** Returns the stamp of a file; `undefined` when it cannot be read. */
export function stampOf(path: string): FileStamp | undefined {
  try {
    const now = Date.now();
    const { mtimeMs, size } = statSync(path);
    // A checksum, no secret.
    const digest = hash('sha1', readFileSync(path));
    return { mtimeMs, sizeBytes: size, digest, isFresh: now - mtimeMs < TIME_GRAIN_MS };
  } catch {
    return undefined;
  }
}

/**
 * Returns the stamp that a file has now, which is `stamp` itself while its time and size are the same. Only a file that was
 * touched, or written just before it was read, is read again.
 */
export function currentStamp(path: string, stamp: FileStamp | undefined): FileStamp | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  const isSame = stamp?.mtimeMs === stats.mtimeMs && stamp.sizeBytes === stats.size && !stamp.isFresh;
  return isSame ? stamp : stampOf(path);
}
