import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CacheObjectError, FileWriteError } from '../../base/errors.ts';
import { type DirEntry, parseDirObject } from '../format/dir-object.ts';
import { isDirectoryId, md5, objectPath, type ObjectId } from '../format/object-id.ts';
import { type FileBytes, readFileBytes, smallBytes, writeNewFile } from './file-bytes.ts';
import { isSettled } from './file-state.ts';
import { Notes } from './notes.ts';
import { TemporaryArea } from './temporary-area.ts';
import { lookAt } from './look-at.ts';

/** How a file of the workspace is made from its object; see `cache.type` in DVC's config. */
export type LinkType = 'reflink' | 'hardlink' | 'symlink' | 'copy';

/** What an `ObjectCache` is made from; can be sent to a worker thread. */
export interface CacheSettings {
  /** The cache's folder, absolute. */
  readonly directory: string;
  /** The ways to make files of the workspace, in the order in which they are tried. Default: reflink, copy. */
  readonly linkTypes?: readonly LinkType[];
  /** Whether a group of users shares the cache; folders and objects are then writable for the group, as DVC has it. */
  readonly isShared?: boolean;
  /** A folder for notes about objects that were checked and have not changed since; without it each use checks again. */
  readonly notesDirectory?: string;
}

/**
 * A cache of DVC 3: objects named by the md5 of their content, read-only, below `files/md5`.
 * An object appears under its name as a whole or not at all. What other hands wrote is read and checked before it is used.
 */
export class ObjectCache {
  readonly settings: CacheSettings;
  readonly linkTypes: readonly LinkType[];
  readonly temporary: TemporaryArea;
  /** Link types that the file system turned out not to have. */
  readonly unsupported: Set<LinkType> = new Set<LinkType>();
  readonly #sound: Notes;
  readonly #complete: Notes;

  constructor(settings: CacheSettings) {
    this.settings = settings;
    this.linkTypes = settings.linkTypes ?? ['reflink', 'copy'];
    this.temporary = new TemporaryArea(join(settings.directory, 'tmp'));
    const notes = (name: string): Notes => new Notes(settings.notesDirectory && join(settings.notesDirectory, name));
    this.#sound = notes('sound');
    this.#complete = notes('complete');
  }

  /** Returns where an object is kept, or would be. */
  path(id: ObjectId): string {
    return join(this.settings.directory, objectPath(id));
  }

  /** Returns whether there is an object of that name; whether it is sound, `verify` tells. */
  has(id: ObjectId): boolean {
    return existsSync(this.path(id));
  }

  /** Returns a path on the cache's file system where a file can be written for `adopt`. */
  temporaryPath(): string {
    return this.temporary.next();
  }

  /**
   * Makes the file at `temporaryPath`, whose content the caller vouches for, the object `id`.
   * An object that is there and sound is kept.
   *
   * @throws FileWriteError
   */
  adopt(temporaryPath: string, id: ObjectId): void {
    try {
      this.#keep(temporaryPath, id);
    } catch (cause) {
      throw new FileWriteError(`${this.path(id)}: could not be written: ${(cause as Error).message}`, { cause });
    }
  }

  /**
   * Stores the content of a file, which is read once: what is hashed is what is stored, whatever else happens to the file.
   *
   * @throws the error of the file system
   */
  storeFile(path: string): FileBytes {
    let copy: string | undefined;
    try {
      const read = readFileBytes(path, () => (copy = this.temporaryPath()));
      if (read.bytes !== undefined) this.storeBytes(read.id, read.bytes);
      else if (copy !== undefined) this.#keep(copy, read.id);
      return read;
    } finally {
      if (copy !== undefined) rmSync(copy, { force: true });
    }
  }

  /** Stores bytes as the object `id`, their hash; an equal object is kept, one of the same name but other bytes replaced. */
  storeBytes(id: ObjectId, bytes: Buffer): void {
    const stat = this.#stat(id);
    if (stat?.size === bytes.length && readFileSync(this.path(id)).equals(bytes)) return;
    const temporary = this.temporaryPath();
    try {
      writeNewFile(temporary, bytes, this.#objectMode);
      // What a group may do, an umask would take away.
      if (this.settings.isShared === true) this.#protect(temporary);
      this.#place(temporary, id);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  /** Returns whether the object is there with the content its name promises; a damaged one is removed. */
  async verify(id: ObjectId): Promise<boolean> {
    return Promise.resolve(this.isSound(id));
  }

  /** Returns at once what `verify` promises. */
  isSound(id: ObjectId): boolean {
    const isSound = this.#isSound(id);
    if (!isSound) rmSync(this.path(id), { force: true });
    return isSound;
  }

  /**
   * Returns whether an object is there and, when it is a directory's, all files it lists. An answer holds until a folder of
   * the cache changes, which tells much faster than a look at each object.
   */
  isComplete(id: ObjectId): boolean {
    if (!isDirectoryId(id)) return this.has(id);
    const times = this.#folderTimes();
    const seen = `${id} ${md5(new Uint8Array(times.buffer))}`;
    if (this.#complete.has(seen)) return true;
    if (!this.has(id) || !this.readDirectory(id).every(({ md5: file }) => this.has(file))) return false;
    const now = this.temporary.now();
    if (times.every((time) => isSettled(time, now))) this.#complete.add(seen);
    return true;
  }

  /**
   * Returns what a `.dir` object lists.
   *
   * @throws CacheObjectError when the object is missing or damaged; a damaged one is removed
   * @throws DataFormatError when it is sound and hostile all the same
   */
  readDirectory(id: ObjectId): DirEntry[] {
    const path = this.path(id);
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (cause) {
      throw new CacheObjectError(`object ${id}: not in the cache; fetch it from the remote`, { cause });
    }
    if (`${md5(bytes)}.dir` !== id) {
      rmSync(path, { force: true });
      throw new CacheObjectError(`object ${id}: damaged in the cache, and removed; fetch it from the remote`);
    }
    return parseDirObject(bytes, `object ${id}`);
  }

  #isSound(id: ObjectId): boolean {
    const stat = this.#stat(id);
    if (stat === undefined) return false;
    const isLarge = stat.size > smallBytes;
    if (isLarge && this.#sound.has(noteOf(id, stat))) return true;
    if (readFileBytes(this.path(id)).id !== id.slice(0, 32)) return false;
    if ((stat.mode & 0o777) !== this.#objectMode) this.#protect(this.path(id));
    if (isLarge) this.#sound.add(noteOf(id, stat));
    return true;
  }

  /** Returns when an object last came to or went from each of the folders. */
  #folderTimes(): Float64Array {
    const times = new Float64Array(256);
    for (let prefix = 0; prefix < times.length; prefix++) {
      const folder = dirname(this.path(prefix.toString(16).padStart(2, '0').padEnd(32, '0')));
      times[prefix] = lookAt(folder)?.mtimeMs ?? 0;
    }
    return times;
  }

  #stat(id: ObjectId): Stats | undefined {
    return lookAt(this.path(id));
  }

  #keep(temporary: string, id: ObjectId): void {
    if (this.#isSound(id)) return rmSync(temporary, { force: true });
    this.#protect(temporary);
    this.#place(temporary, id);
    const stat = statSync(this.path(id));
    if (stat.size > smallBytes) this.#sound.add(noteOf(id, stat));
  }

  #place(temporary: string, id: ObjectId): void {
    const target = this.path(id);
    try {
      renameSync(temporary, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      this.#makeFolder(dirname(target));
      renameSync(temporary, target);
    }
  }

  get #objectMode(): number {
    return this.settings.isShared === true ? 0o664 : 0o444;
  }

  /** Sets DVC's mode; a file system that has none (Samba) is no reason to fail. */
  #protect(path: string): void {
    try {
      chmodSync(path, this.#objectMode);
    } catch {
      // DVC does not insist, either.
    }
  }

  #makeFolder(folder: string): void {
    mkdirSync(folder, { recursive: true });
    if (this.settings.isShared === true) chmodSync(folder, 0o2775);
  }
}

function noteOf(id: ObjectId, { size, mtimeMs, ino }: Stats): string {
  return `${id} ${size} ${mtimeMs} ${ino}`;
}
