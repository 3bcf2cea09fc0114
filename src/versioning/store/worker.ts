import { serveTasks } from '../../base/worker-pool.ts';
import { type ReadBatch, readBatch, stageBatch } from './batch.ts';
import { type CacheSettings, ObjectCache } from './object-cache.ts';
import type { StagedFile } from './stage-object.ts';

/** What a thread needs for `readBatch`. */
export interface ReadTask {
  readonly folder: string;
  readonly paths: readonly string[];
  readonly cache: CacheSettings | undefined;
}

/** What a thread needs for `stageBatch`. */
export interface StageTask {
  readonly files: readonly StagedFile[];
  readonly cache: CacheSettings;
}

let opened: ObjectCache | undefined;

/** Returns the thread's cache; a pool serves one command, and thus one cache. */
function open(settings: CacheSettings): ObjectCache {
  return (opened ??= new ObjectCache(settings));
}

/** The tasks of the threads that read and write many bytes. */
export const tasks = {
  read: ({ folder, paths, cache }: ReadTask): ReadBatch => readBatch(folder, paths, cache && open(cache)),
  stage: ({ files, cache }: StageTask): ReturnType<typeof stageBatch> => stageBatch(files, open(cache)),
};

serveTasks(tasks);
