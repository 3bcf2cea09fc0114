import { readFileSync, rmSync } from 'node:fs';
import { type DirEntry, parseDirObject } from '../format/dir-object.ts';
import { isDirectoryId, type ObjectId } from '../format/object-id.ts';
import { Transfer, type TransferOptions, type TransferResult, type UsedObject } from './transfer.ts';

/**
 * Brings objects, and the files of the directories among them, into the cache: those that it does not have, or that
 * are damaged there. A directory's listing comes first, because it names the files. Every object's md5 is checked
 * before the cache takes it, and a listing that names paths no honest one has is refused.
 *
 * @throws RemoteError when there is no remote
 * @throws RemoteAuthError when it does not let us in
 */
export async function fetchObjects(objects: readonly UsedObject[], options: TransferOptions): Promise<TransferResult> {
  const { cache, remote, signal } = options;
  const transfer = new Transfer(options);
  let isPrepared = false;
  const download = async (used: Iterable<UsedObject>, check: (temporary: string, object: UsedObject) => void) => {
    const missing: UsedObject[] = [];
    for (const object of used) {
      signal?.throwIfAborted();
      if (await cache.verify(object.id)) transfer.present++;
      else missing.push(object);
    }
    if (missing.length === 0) return;
    if (!isPrepared) await remote.prepare('fetch', { signal });
    isPrepared = true;
    transfer.expect(missing.length, undefined);
    await transfer.run(missing, async (object, onBytes) => {
      const temporary = cache.temporaryPath();
      try {
        await remote.download(object.id, temporary, { path: object.path, signal, onBytes });
        check(temporary, object);
        cache.adopt(temporary, object.id);
      } finally {
        rmSync(temporary, { force: true });
      }
    });
  };

  const directories = unique(objects.filter(({ id }) => isDirectoryId(id)));
  await download(directories.values(), (temporary, { path }) => {
    parseDirObject(readFileSync(temporary), path);
  });
  const files = unique(objects.filter(({ id }) => !isDirectoryId(id)));
  const failed = new Set(transfer.failed.map(({ id }) => id));
  for (const object of directories.values()) {
    if (failed.has(object.id)) continue;
    for (const file of filesOf(object, options, transfer)) files.set(file.id, file);
  }
  await download(files.values(), () => undefined);
  return transfer.result();
}

function unique(objects: readonly UsedObject[]): Map<ObjectId, UsedObject> {
  return new Map(objects.map((object) => [object.id, object]));
}

/** Returns the files of a directory that is in the cache now. */
function filesOf({ id, path }: UsedObject, { cache }: TransferOptions, transfer: Transfer): UsedObject[] {
  try {
    return cache.readDirectory(id).map(({ md5, relpath }: DirEntry) => ({ id: md5, path: `${path}/${relpath}` }));
  } catch (error) {
    transfer.fail({ id, path }, error);
    return [];
  }
}
