import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type DirEntry, formatDirObject, parseDirObject } from '../../src/versioning/format/dir-object.ts';
import { md5, type ObjectId, objectPath } from '../../src/versioning/format/object-id.ts';
import type { TransferCache, UsedObject } from '../../src/versioning/remote/transfer.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A cache of objects in a temporary folder: what transfers need of one, and ways to fill and to damage it. */
export class ObjectFolder implements TransferCache {
  readonly folder: string = temporaryFolder();

  constructor() {
    mkdirSync(join(this.folder, 'tmp'));
  }

  /** Stores content as an object. */
  file(path: string, content: string | Uint8Array): UsedObject {
    return this.store(md5(content), path, content);
  }

  /** Stores the files of a directory, contents by relative path, and its listing. */
  directory(path: string, files: Readonly<Record<string, string>>): UsedObject {
    const entries = Object.entries(files).map(([relpath, content]) => ({
      relpath,
      md5: this.file(`${path}/${relpath}`, content).id,
    }));
    return this.listing(path, entries);
  }

  /** Stores a listing alone. */
  listing(path: string, entries: readonly DirEntry[]): UsedObject {
    const { id, bytes } = formatDirObject(entries);
    return this.store(id, path, bytes);
  }

  /** Stores content under any id, the wrong one if need be. */
  store(id: ObjectId, path: string, content: string | Uint8Array): UsedObject {
    mkdirSync(dirname(this.path(id)), { recursive: true });
    rmSync(this.path(id), { force: true });
    writeFileSync(this.path(id), content, { mode: 0o444 });
    return { id, path };
  }

  /** The content of an object, `undefined` when there is none. */
  content(id: ObjectId): string | undefined {
    return this.has(id) ? readFileSync(this.path(id), 'utf8') : undefined;
  }

  /** The names of all files, objects and unfinished ones. */
  names(): string[] {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true });
    return files.filter((file) => file.isFile()).map((file) => file.name);
  }

  path(id: ObjectId): string {
    return join(this.folder, objectPath(id));
  }

  has(id: ObjectId): boolean {
    return existsSync(this.path(id));
  }

  temporaryPath(): string {
    return join(this.folder, 'tmp', randomUUID());
  }

  adopt(temporaryPath: string, id: ObjectId): void {
    mkdirSync(dirname(this.path(id)), { recursive: true });
    chmodSync(temporaryPath, 0o444);
    renameSync(temporaryPath, this.path(id));
  }

  async verify(id: ObjectId): Promise<boolean> {
    return this.has(id) && md5(readFileSync(this.path(id))) === id.slice(0, 32);
  }

  readDirectory(id: ObjectId): DirEntry[] {
    return parseDirObject(readFileSync(this.path(id)), id);
  }
}
