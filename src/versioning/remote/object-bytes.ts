import { createHash } from 'node:crypto';
import { createReadStream, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, readFile, writeFile } from 'node:fs/promises';
import { CacheObjectError, FileReadError, FileWriteError, LabmillError, RemoteError } from '../../base/errors.ts';
import type { ObjectId } from '../format/object-id.ts';
import type { ObjectTransferOptions } from './remote.ts';

/** Objects up to this size pass through memory in one piece. */
export const blockBytes: number = 2 ** 20;

/**
 * Yields the bytes of the file at `from`, which should be object `id`. The last block only comes when the md5 of all
 * of them is right, so that a damaged object never leaves as a whole.
 *
 * @throws CacheObjectError when the md5 is another
 * @throws FileReadError when the file cannot be read
 */
export async function* readObject(
  id: ObjectId,
  from: string,
  { path, onBytes }: ObjectTransferOptions,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('md5');
  let last: Uint8Array | undefined;
  let bytes = 0;
  for await (const block of blocksOf(from)) {
    if (last !== undefined) yield last;
    last = block;
    hash.update(block);
    onBytes?.((bytes += block.length));
  }
  const md5 = hash.digest('hex');
  if (md5 !== id.slice(0, 32)) {
    throw new CacheObjectError(
      `${path}: expected the cache's object to have md5 ${id.slice(0, 32)}, got ${md5}: it is damaged and was not ` +
        'uploaded. Add the file again, or pull it.',
    );
  }
  if (last !== undefined) yield last;
}

async function* blocksOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    if (statSync(path).size <= blockBytes) yield await readFile(path);
    else yield* createReadStream(path, { highWaterMark: blockBytes });
  } catch (cause) {
    throw new FileReadError(`${path}: could not be read: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Writes to `to` what comes, and keeps it only when it is object `id`.
 *
 * @param source names where it comes from
 * @throws RemoteError when the md5 is another
 * @throws FileWriteError when the disk does not take it; what `blocks` throws goes through as it is
 */
export async function writeObject(
  id: ObjectId,
  blocks: AsyncIterable<Uint8Array>,
  to: string,
  source: string,
  { path, onBytes }: ObjectTransferOptions,
): Promise<void> {
  const hash = createHash('md5');
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const block of blocks) {
      hash.update(block);
      onBytes?.((bytes += block.length));
      yield block;
    }
    const md5 = hash.digest('hex');
    if (md5 === id.slice(0, 32)) return;
    throw new RemoteError(
      `${path}: expected ${source} to have md5 ${id.slice(0, 32)}, got ${bytes} bytes with md5 ${md5}. ` +
        'They were not used. If it stays so, delete the object there and push it again.',
    );
  };
  try {
    await writeBlocks(counted(), to);
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}

/**
 * Writes blocks to a file; what fits into memory touches the disk only when it has come whole.
 *
 * @throws FileWriteError when the disk does not take it; what `blocks` throws goes through as it is
 */
export async function writeBlocks(blocks: AsyncIterable<Uint8Array>, to: string): Promise<void> {
  const first: Uint8Array[] = [];
  let held = 0;
  let file: FileHandle | undefined;
  try {
    for await (const block of blocks) {
      held += block.length;
      if (held <= blockBytes) {
        first.push(block);
        continue;
      }
      file ??= await writing(to, () => open(to, 'wx'));
      const opened = file;
      for (const part of [...first.splice(0), block]) await writing(to, () => opened.writeFile(part));
    }
  } finally {
    await file?.close();
  }
  if (file === undefined) await writing(to, () => writeFile(to, Buffer.concat(first), { flag: 'wx' }));
}

async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof LabmillError) throw cause;
    throw new FileWriteError(`${path}: could not be written: ${(cause as Error).message}`, { cause });
  }
}
