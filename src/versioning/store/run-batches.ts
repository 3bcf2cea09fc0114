import { setImmediate } from 'node:timers/promises';
import { moduleUrl } from '../../base/module-url.ts';
import type { WorkerPool } from '../../base/worker-pool.ts';
import type { tasks } from './worker.ts';

/** How far a command is. */
export interface Progress {
  /** Files that are done. */
  readonly done: number;
  readonly total: number;
  readonly bytes: number;
  readonly totalBytes: number | undefined;
}

/** Options of commands that may take long. */
export interface LongOptions {
  /** Ends the command between two files; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** A file's part of the work. */
export interface Weighed {
  readonly size: number;
}

/** The threads of a batch run. */
export type StorePool = WorkerPool<typeof tasks>;

/** Less than this is done sooner than threads have started; ten thousand small files are, too. */
const threadsWorthBytes = 64 * 2 ** 20;
const batchFiles = 256;
const batchBytes = 16 * 2 ** 20;

/**
 * Works through files batch by batch: in threads when there is much, else here, letting others have a turn between batches.
 *
 * @param work does a batch, with the pool when there is one; `at` is the place of its first file
 */
export async function runBatches<File extends Weighed>(
  files: readonly File[],
  work: (batch: readonly File[], at: number, pool: StorePool | undefined) => void | Promise<void>,
  { signal, onProgress }: LongOptions,
): Promise<void> {
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  const isLarge = totalBytes >= threadsWorthBytes && files.length > 1;
  await using pool = isLarge ? await startPool() : undefined;
  let done = 0;
  let bytes = 0;
  const run = async (batch: readonly File[], at: number): Promise<void> => {
    signal?.throwIfAborted();
    await work(batch, at, pool);
    done += batch.length;
    bytes += weight(batch);
    onProgress?.({ done, total: files.length, bytes, totalBytes });
  };
  const running: Promise<void>[] = [];
  for (let at = 0; at < files.length;) {
    const end = endOfBatch(files, at);
    const ran = run(files.slice(at, end), at);
    if (pool === undefined) {
      await ran;
      if (end < files.length) await setImmediate();
    } else running.push(ran);
    at = end;
  }
  await Promise.all(running);
}

async function startPool(): Promise<StorePool> {
  const { WorkerPool } = await import('../../base/worker-pool.ts');
  return new WorkerPool<typeof tasks>(moduleUrl('./worker', import.meta.url));
}

function endOfBatch(files: readonly Weighed[], start: number): number {
  let end = start;
  for (let bytes = 0; end < files.length && end - start < batchFiles && bytes < batchBytes; end++) {
    bytes += files[end]!.size;
  }
  return end;
}

function weight(batch: readonly Weighed[]): number {
  return batch.reduce((sum, { size }) => sum + size, 0);
}
