import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileWriteError } from '../base/errors.ts';
import { writeFileAtomic } from '../base/write-atomic.ts';

/** How much of a file is already here, and what tells whether the server still has the same file. */
export interface Resume {
  readonly offset: number;
  /** The strong ETag or the Last-Modified of the answer the bytes came with. */
  readonly validator: string;
}

/** The bytes of an unfinished download, `<path>.part`, and beside it what is needed to go on, `<path>.part.json`. */
export class PartialFile {
  readonly path: string;
  readonly #finalPath: string;
  readonly #notePath: string;

  constructor(path: string) {
    this.#finalPath = path;
    this.path = `${path}.part`;
    this.#notePath = `${path}.part.json`;
  }

  /** Returns where to go on with `url`, or `undefined` when there is nothing that can be gone on with. */
  async resume(url: string): Promise<Resume | undefined> {
    try {
      const note: unknown = JSON.parse(await readFile(this.#notePath, 'utf8'));
      const { size } = await stat(this.path);
      if (size === 0 || !isNote(note) || note.url !== url) return undefined;
      return { offset: size, validator: note.validator };
    } catch {
      // No note, no bytes, or a note that was not written to its end: all mean starting from the first byte.
      return undefined;
    }
  }

  /** Notes how an answer can be gone on with, if it says so. */
  async note(url: string, headers: Headers): Promise<void> {
    const etag = headers.get('etag');
    // A weak ETag does not promise the same bytes (RFC 9110, 13.1.5).
    const validator = etag === null || etag.startsWith('W/') ? headers.get('last-modified') : etag;
    if (validator === null) await this.forget();
    else writeFileAtomic(this.#notePath, JSON.stringify({ url, validator }));
  }

  /**
   * Writes chunks from `offset` on, dropping what stood there.
   *
   * @throws FileWriteError when the disk does not take them; whatever `chunks` throws goes through as it is
   */
  async write(chunks: AsyncIterable<Uint8Array>, offset: number): Promise<void> {
    await this.#writing(() => mkdir(dirname(this.path), { recursive: true }));
    const file = await this.#writing(() => open(this.path, offset === 0 ? 'w' : 'r+'));
    try {
      await this.#writing(() => file.truncate(offset));
      let position = offset;
      for await (const chunk of chunks) position += await this.#writing(() => writeAll(file, chunk, position));
      await this.#writing(() => file.sync());
    } finally {
      await file.close();
    }
  }

  /** Gives the bytes their final name. */
  async finish(): Promise<void> {
    await this.#writing(() => rename(this.path, this.#finalPath));
    await this.forget();
  }

  /** Removes what is here. */
  async discard(): Promise<void> {
    await this.#writing(() => rm(this.path, { force: true }));
    await this.forget();
  }

  /** Removes the note, so that the next download starts from the first byte. */
  async forget(): Promise<void> {
    await this.#writing(() => rm(this.#notePath, { force: true }));
  }

  async #writing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new FileWriteError(`${this.path}: could not be written: ${reason}`, { cause });
    }
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array, position: number): Promise<number> {
  let written = 0;
  while (written < chunk.length) {
    written += (await file.write(chunk, written, chunk.length - written, position + written)).bytesWritten;
  }
  return written;
}

function isNote(value: unknown): value is { url: string; validator: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'url' in value &&
    'validator' in value &&
    typeof value.url === 'string' &&
    typeof value.validator === 'string'
  );
}
