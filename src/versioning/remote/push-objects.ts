import { statSync } from 'node:fs';
import { CacheObjectError } from '../../base/errors.ts';
import { isDirectoryId, type ObjectId } from '../format/object-id.ts';
import { Transfer, type TransferOptions, type TransferResult, type UsedObject } from './transfer.ts';

/**
 * Brings objects, and the files of the directories among them, to the remote: those that it does not have, or has
 * with another size. A directory's listing goes after all its files, and only when all of them are there, because
 * to others its presence means that it is complete. A push that was killed is completed by the next one.
 *
 * @throws RemoteError when there is no remote and none can be made
 * @throws RemoteAuthError when it does not let us in
 */
export async function pushObjects(objects: readonly UsedObject[], options: TransferOptions): Promise<TransferResult> {
  const { cache, remote, signal } = options;
  const transfer = new Transfer(options);
  const { files, directories } = expand(objects, options, transfer);
  await remote.prepare('push', { signal });
  const stored = await remote.has([...files.keys(), ...directories.keys()], { signal });
  const missing = (used: Iterable<UsedObject>): UsedObject[] =>
    [...used].filter((object) => {
      const size = sizeOf(cache.path(object.id));
      const isThere = stored.has(object.id) && (size === undefined || size === stored.get(object.id));
      if (isThere) transfer.present++;
      else if (size === undefined) transfer.fail(object, notAnywhere(object, remote.url));
      return !isThere && size !== undefined;
    });
  const missingFiles = missing(files.values());
  const missingDirectories = missing([...directories.values()].map(({ object }) => object));
  const all = [...missingFiles, ...missingDirectories];
  transfer.expect(
    all.length,
    all.reduce((sum, { id }) => sum + (sizeOf(cache.path(id)) ?? 0), 0),
  );
  const upload = ({ id, path }: UsedObject, onBytes: (bytes: number) => void): Promise<void> =>
    remote.upload(id, cache.path(id), { path, signal, onBytes });
  await transfer.run(missingFiles, upload);
  const failed = new Set(transfer.failed.map(({ id }) => id));
  await transfer.run(missingDirectories, async (object, onBytes) => {
    const absent = (directories.get(object.id)?.members ?? []).filter((id) => failed.has(id)).length;
    if (absent > 0) throw incomplete(object, absent);
    await upload(object, onBytes);
  });
  return transfer.result();
}

/** A directory and the ids of its files. */
interface Directory {
  readonly object: UsedObject;
  readonly members: readonly ObjectId[];
}

/** Lists the files of directories; each object once, whatever number of paths have it. */
function expand(
  objects: readonly UsedObject[],
  { cache }: TransferOptions,
  transfer: Transfer,
): { files: Map<ObjectId, UsedObject>; directories: Map<ObjectId, Directory> } {
  const files = new Map<ObjectId, UsedObject>();
  const directories = new Map<ObjectId, Directory>();
  for (const object of objects) {
    const { id, path } = object;
    if (!isDirectoryId(id)) {
      files.set(id, object);
      continue;
    }
    try {
      const entries = cache.has(id) ? cache.readDirectory(id) : [];
      directories.set(id, { object, members: entries.map(({ md5 }) => md5) });
      for (const { md5, relpath } of entries) files.set(md5, { id: md5, path: `${path}/${relpath}` });
    } catch (error) {
      transfer.fail(object, error);
    }
  }
  return { files, directories };
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function notAnywhere({ id, path }: UsedObject, url: string): CacheObjectError {
  return new CacheObjectError(
    `${path}: expected object ${id} in the cache or at ${url}, found it in neither. Add the file again.`,
  );
}

function incomplete({ path }: UsedObject, absent: number): CacheObjectError {
  return new CacheObjectError(
    `${path}: the directory's listing was not pushed, because ${absent} of its files could not be. Push again.`,
  );
}
