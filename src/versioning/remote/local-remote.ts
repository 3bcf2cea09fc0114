import { randomBytes } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync, statSync } from 'node:fs';
import { chmod, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileWriteError, RemoteError, isLabmillError } from '../../base/errors.ts';
import { type ObjectId, objectPath } from '../format/object-id.ts';
import { blockBytes, readObject, writeBlocks, writeObject } from './object-bytes.ts';
import type { ObjectTransferOptions, Remote } from './remote.ts';

/** A remote in a folder: of this disk, or of one that others mount, too. */
export class LocalRemote implements Remote {
  readonly name: string;
  readonly url: string;
  readonly jobs = 4;
  readonly #folders = new Set<string>();

  /** @param folder an absolute path */
  constructor(name: string, folder: string) {
    this.name = name;
    this.url = folder;
  }

  async prepare(purpose: 'fetch' | 'push'): Promise<void> {
    const found = statSync(this.url, { throwIfNoEntry: false });
    if (found?.isDirectory()) return;
    const where = `remote ${JSON.stringify(this.name)}`;
    if (found !== undefined) throw new RemoteError(`${where}: expected ${this.url} to be a folder, got a file`);
    if (purpose === 'push') return this.#makeFolder(this.url);
    throw new RemoteError(
      `${where}: expected a folder at ${this.url}, found none. Push first, or correct the path: ` +
        `labmill data remote modify ${this.name} url PATH`,
    );
  }

  async has(ids: Iterable<ObjectId>): Promise<ReadonlyMap<ObjectId, number>> {
    const found = new Map<ObjectId, number>();
    for (const id of ids) {
      const file = statSync(this.#path(id), { throwIfNoEntry: false });
      if (file?.isFile()) found.set(id, file.size);
    }
    return found;
  }

  /** Copies to a temporary name beside the object and renames; others may read the object but not change it (0444). */
  async upload(id: ObjectId, from: string, options: ObjectTransferOptions): Promise<void> {
    options.signal?.throwIfAborted();
    const target = this.#path(id);
    const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    this.#makeFolder(dirname(target));
    try {
      // Not flushed: an object that a power failure cuts short has another size, and the next push replaces it.
      await writeBlocks(readObject(id, from, options), temporary);
      await chmod(temporary, 0o444);
      await rename(temporary, target);
    } catch (cause) {
      rmSync(temporary, { force: true });
      if (isLabmillError(cause)) throw cause;
      throw new FileWriteError(`${target}: could not be written: ${(cause as Error).message}`, { cause });
    }
  }

  async download(id: ObjectId, to: string, options: ObjectTransferOptions): Promise<void> {
    const source = this.#path(id);
    await writeObject(id, this.#blocks(source, options), to, source, options);
  }

  /** There is nothing to let go of. */
  close(): void {}

  #path(id: ObjectId): string {
    return join(this.url, objectPath(id));
  }

  #makeFolder(folder: string): void {
    if (this.#folders.has(folder)) return;
    try {
      mkdirSync(folder, { recursive: true });
    } catch (cause) {
      throw new RemoteError(
        `remote ${JSON.stringify(this.name)}: could not make ${folder}: ${(cause as Error).message}`,
        {
          cause,
        },
      );
    }
    this.#folders.add(folder);
  }

  async *#blocks(source: string, { path, signal }: ObjectTransferOptions): AsyncGenerator<Uint8Array> {
    try {
      signal?.throwIfAborted();
      if (statSync(source).size <= blockBytes) yield await readFile(source);
      else yield* createReadStream(source, { highWaterMark: blockBytes, ...(signal === undefined ? {} : { signal }) });
    } catch (cause) {
      signal?.throwIfAborted();
      const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
      const got = isMissing ? 'found nothing. Push it first.' : `but could not read it: ${(cause as Error).message}`;
      throw new RemoteError(`${path}: expected ${source} to be there, ${got}`, { cause });
    }
  }
}
