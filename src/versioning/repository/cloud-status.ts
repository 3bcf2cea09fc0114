import { posix } from 'node:path';
import { isDirectoryId } from '../format/object-id.ts';
import { openRemote } from '../remote/open-remote.ts';
import type { UsedObject } from '../remote/transfer.ts';
import type { RepositoryContext } from './context.ts';
import { type TransferTargetsOptions, usedObjects } from './used-objects.ts';

/** What `dvc status --cloud --json` shows: `new` is only in the cache, `deleted` only on the remote, `missing` in neither. */
export type CloudStatus = Readonly<Record<string, 'new' | 'deleted' | 'missing'>>;

/** Compares cache and remote; see `DataRepository.cloudStatus`. */
export async function cloudStatus(
  context: RepositoryContext,
  targets: readonly string[],
  options: TransferTargetsOptions,
): Promise<CloudStatus> {
  const { cache, config } = context;
  const result: Record<string, 'new' | 'deleted' | 'missing'> = {};
  for (const [name, objects] of await usedObjects(context, targets, 'push', options)) {
    const used = objects.flatMap((object) => [object, ...filesOf(context, object)]);
    const remote = await openRemote(name, config.remote(name).settings);
    try {
      const stored = await remote.has(new Set(used.map(({ id }) => id)), { signal: options.signal });
      for (const { id, path } of used.filter((object) => !cache.has(object.id) || !stored.has(object.id))) {
        result[path] = cache.has(id) ? 'new' : stored.has(id) ? 'deleted' : 'missing';
      }
    } finally {
      remote.close();
    }
  }
  return result;
}

function filesOf({ cache }: RepositoryContext, { id, path }: UsedObject): UsedObject[] {
  if (!isDirectoryId(id) || !cache.has(id)) return [];
  return cache.readDirectory(id).map(({ md5, relpath }) => ({ id: md5, path: posix.join(path, relpath) }));
}
