import { createHash, hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, type Stats, writeSync } from 'node:fs';
import type { ObjectId } from '../format/object-id.ts';

/** Files up to this size pass through memory in one piece, and are checked each time: that costs less than remembering. */
export const smallBytes: number = 2 ** 20;

/** Holds a small file, and one byte by which a file shows that it has grown beyond. */
const buffer = Buffer.allocUnsafeSlow(smallBytes + 1);

/** A file's content, read once, and what the file was when the reading began. */
export interface FileBytes {
  readonly id: ObjectId;
  readonly stat: Stats;
  /** The content of a small file, until the next one is read. */
  readonly bytes?: Buffer;
}

/**
 * Reads a file once and returns its hash.
 *
 * @param copyTo called for a file that is not small: the path of a new file to which what is read is written
 */
export function readFileBytes(path: string, copyTo?: () => string): FileBytes {
  const file = openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    const length = stat.size <= smallBytes ? fill(file, stat.size) : Infinity;
    if (length > smallBytes) return { id: readLarge(file, copyTo?.()), stat };
    const bytes = buffer.subarray(0, length);
    return { id: hash('md5', bytes), stat, bytes };
  } finally {
    closeSync(file);
  }
}

/** Writes a new file with the given mode (less the umask), which nobody may see before it is renamed. */
export function writeNewFile(path: string, bytes: Buffer, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeAll(file, bytes);
  } finally {
    closeSync(file);
  }
}

/** Reads from the file's start into the buffer and returns how much came: `size` bytes, unless the file is changing. */
function fill(file: number, size: number): number {
  for (let length = 0; ;) {
    const read = readSync(file, buffer, length, buffer.length - length, length);
    length += read;
    // Files of a system's own say that they have no bytes, and have some.
    if (read === 0 || length === buffer.length || (length >= size && size > 0)) return length;
  }
}

function readLarge(file: number, copyTo: string | undefined): ObjectId {
  const md5 = createHash('md5');
  const copy = copyTo === undefined ? undefined : openSync(copyTo, 'wx', 0o666);
  try {
    for (let at = 0, read = -1; read !== 0; at += read) {
      read = readSync(file, buffer, 0, smallBytes, at);
      const block = buffer.subarray(0, read);
      md5.update(block);
      if (copy !== undefined) writeAll(copy, block);
    }
  } finally {
    if (copy !== undefined) closeSync(copy);
  }
  return md5.digest('hex');
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
