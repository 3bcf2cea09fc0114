import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { RemoteError } from '../../base/errors.ts';
import { type ObjectId, objectPath } from '../format/object-id.ts';
import { HttpClient } from './http-client.ts';
import { inParallel } from './in-parallel.ts';
import { type DavEntry, parseMultistatus, propfindBody } from './multistatus.ts';
import { readObject, writeObject } from './object-bytes.ts';
import type { ObjectTransferOptions, Remote, RemoteOptions } from './remote.ts';
import type { WebdavSettings } from './webdav-settings.ts';

const objectsFolder = 'files/md5/';

/** A temporary file is not worth a longer wait, least of all when the user has pressed Ctrl-C. */
const tidyingMs = 3000;

/** What servers answer that have no MOVE, or cannot do it behind their proxy. */
const moveRefusals: readonly number[] = [400, 403, 405, 409, 501, 502];

/** A remote on a WebDAV server (RFC 4918). */
export class WebdavRemote implements Remote {
  readonly name: string;
  readonly url: string;
  readonly jobs: number;
  readonly #client: HttpClient;
  /** The folders that are there, or are being made. */
  readonly #folders = new Map<string, Promise<void>>();
  #hasMove = true;

  constructor(name: string, settings: WebdavSettings) {
    this.name = name;
    this.url = settings.shownUrl;
    this.jobs = settings.jobs;
    this.#client = new HttpClient(settings);
  }

  async prepare(purpose: 'fetch' | 'push', { signal }: RemoteOptions = {}): Promise<void> {
    if ((await this.#propfind('', '0', this.#where, signal)) !== undefined) return;
    if (purpose === 'push') return this.#makeFolder('', this.#where, signal);
    throw new RemoteError(
      `${this.#where}: expected a folder at ${this.url}, found none. Push first, or correct the URL: ` +
        `labmill data remote modify ${this.name} url URL`,
    );
  }

  async has(ids: Iterable<ObjectId>, { signal }: RemoteOptions = {}): Promise<ReadonlyMap<ObjectId, number>> {
    const wanted = new Set(ids);
    const prefixes = Map.groupBy(wanted, (id) => id.slice(0, 2));
    const found = new Map<ObjectId, number>();
    const note = (id: ObjectId, { isCollection, size }: DavEntry): void => {
      if (wanted.has(id) && !isCollection) found.set(id, size ?? NaN);
    };
    // One question for each object, or one for each prefix and one for the prefixes there are: whichever are fewer.
    if (wanted.size <= prefixes.size + 1) {
      await inParallel(wanted, this.jobs, async (id) => {
        const entries = await this.#propfind(objectPath(id), '0', this.#where, signal);
        for (const entry of entries ?? []) note(id, entry);
      });
      return found;
    }
    const folders = (await this.#propfind(objectsFolder, '1', this.#where, signal)) ?? [];
    const present = folders.filter(({ name, isCollection }) => isCollection && prefixes.has(name));
    await inParallel(present, this.jobs, async ({ name }) => {
      const folder = `${objectsFolder}${name}/`;
      this.#folders.set(folder, Promise.resolve());
      const entries = await this.#propfind(folder, '1', this.#where, signal);
      for (const entry of entries ?? []) note(name + entry.name, entry);
    });
    return found;
  }

  async upload(id: ObjectId, from: string, options: ObjectTransferOptions): Promise<void> {
    const target = objectPath(id);
    await this.#makeFolder(parentOf(target), options.path, options.signal);
    if (this.#hasMove && (await this.#uploadAndMove(id, from, target, options))) return;
    // Without MOVE the object grows under its own name, so nothing is sent before all of it is known to be right.
    for await (const block of readObject(id, from, options)) void block;
    const size = await this.#put(id, from, target, options);
    await this.#requireSize(target, size, options);
  }

  async download(id: ObjectId, to: string, options: ObjectTransferOptions): Promise<void> {
    const path = objectPath(id);
    const { path: where, signal } = options;
    const get = { method: 'GET', path, where, accept: [200, 404, 410], signal };
    await this.#client.exchange(get, async (answer: IncomingMessage) => {
      if (answer.statusCode !== 200) {
        answer.resume();
        throw new RemoteError(
          `${where}: expected ${this.#client.show(path)} to be there, found nothing. Push it first.`,
        );
      }
      const isPage = answer.headers['content-type']?.startsWith('text/html') ?? false;
      const source = `${this.#client.show(path)}${isPage ? ' (a web page; is the URL that of a WebDAV folder?)' : ''}`;
      await writeObject(id, answer, to, source, options);
    });
  }

  close(): void {
    this.#client.close();
  }

  get #where(): string {
    return `remote ${JSON.stringify(this.name)}`;
  }

  /** Uploads to a temporary name and moves; returns whether the server can do that. */
  async #uploadAndMove(id: ObjectId, from: string, target: string, options: ObjectTransferOptions): Promise<boolean> {
    const { path: where, signal } = options;
    const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      const size = await this.#put(id, from, temporary, options);
      const { status } = await this.#client.request({
        method: 'MOVE',
        path: temporary,
        where,
        accept: [200, 201, 204, 404, ...moveRefusals],
        headers: { destination: this.#client.url(target).href, overwrite: 'T' },
        signal,
      });
      // A first try whose answer was lost may have moved it: then the temporary name is gone, and all is well.
      if (status === 404) await this.#requireSize(target, size, options);
      if (!moveRefusals.includes(status)) return true;
      this.#hasMove = false;
    } catch (error) {
      await this.#discard(temporary);
      throw error;
    }
    await this.#discard(temporary);
    return false;
  }

  /** Uploads to a path as it is and returns the size. */
  async #put(id: ObjectId, from: string, path: string, options: ObjectTransferOptions): Promise<number> {
    // What is wrong with the file, readObject says.
    const size = statSync(from, { throwIfNoEntry: false })?.size ?? 0;
    const { path: where, signal } = options;
    const body = { size, blocks: () => readObject(id, from, options) };
    await this.#client.request({ method: 'PUT', path, where, accept: [200, 201, 204], body, signal });
    return size;
  }

  async #requireSize(path: string, size: number, { path: where, signal }: ObjectTransferOptions): Promise<void> {
    const found = (await this.#propfind(path, '0', where, signal))?.[0]?.size;
    if (found === size) return;
    const got = found === undefined ? 'nothing' : `${found} bytes`;
    throw new RemoteError(`${where}: expected ${this.#client.show(path)} to have ${size} bytes now, found ${got}`);
  }

  /** Removes a temporary file, as well as it can be done; the error that led here is the one to tell. */
  async #discard(path: string): Promise<void> {
    const signal = AbortSignal.timeout(tidyingMs);
    await this.#client
      .request({ method: 'DELETE', path, where: this.#where, accept: [200, 202, 204, 404], signal })
      .catch(() => undefined);
  }

  /** Makes a collection and those above it, each once however many ask. */
  async #makeFolder(folder: string, where: string, signal: AbortSignal | undefined): Promise<void> {
    const making = this.#folders.get(folder) ?? this.#makeCollection(folder, where, signal);
    this.#folders.set(folder, making);
    try {
      await making;
    } catch (error) {
      this.#folders.delete(folder);
      throw error;
    }
  }

  async #makeCollection(folder: string, where: string, signal: AbortSignal | undefined): Promise<void> {
    // 405: it is there. 409, and 404 on some servers: the one above it is not.
    const request = { method: 'MKCOL', path: folder, where, signal };
    const { status } = await this.#client.request({ ...request, accept: [200, 201, 405, 409, 404] });
    if (status !== 409 && status !== 404) return;
    const parent = parentOf(folder);
    if (this.#client.url(parent).pathname === this.#client.url(folder).pathname) {
      throw new RemoteError(`${where}: expected MKCOL ${this.#client.show(folder)} to succeed, got ${status}`);
    }
    await this.#makeFolder(parent, where, signal);
    await this.#client.request({ ...request, accept: [200, 201, 405] });
  }

  /** Returns what is at a path, and with depth 1 in it; `undefined` when nothing is. */
  async #propfind(
    path: string,
    depth: '0' | '1',
    where: string,
    signal: AbortSignal | undefined,
  ): Promise<DavEntry[] | undefined> {
    const bytes = Buffer.from(propfindBody);
    const { status, text } = await this.#client.request({
      method: 'PROPFIND',
      path,
      where,
      accept: [200, 207, 404],
      headers: { depth, 'content-type': 'application/xml; charset=utf-8' },
      body: { size: bytes.length, blocks: () => oneBlock(bytes) },
      signal,
    });
    if (status === 404) return undefined;
    const entries = status === 207 ? parseMultistatus(text) : undefined;
    if (entries !== undefined) return entries;
    throw new RemoteError(
      `${where}: expected ${this.#client.show(path)} to answer PROPFIND with a 207 and its XML, got ${status} and ` +
        `${JSON.stringify(text.slice(0, 80))}. Is the URL that of a WebDAV folder?`,
    );
  }
}

async function* oneBlock(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Returns the collection that a path is in; above the root it goes on with dots. */
function parentOf(path: string): string {
  return /^(?:\.\.\/)*$/.test(path) ? `../${path}` : path.replace(/[^/]+\/?$/, '');
}
