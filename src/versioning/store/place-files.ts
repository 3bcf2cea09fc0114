import { copyFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { FileWriteError } from '../../base/errors.ts';
import type { ObjectId } from '../format/object-id.ts';
import { failureError, stageBatch } from './batch.ts';
import { enterState, forgetRecent, stateWidth } from './file-state.ts';
import type { ObjectCache } from './object-cache.ts';
import { type LongOptions, runBatches } from './run-batches.ts';
import type { TreeIndex } from './tree-index.ts';

/** A file of the workspace that is to be made from the cache. */
export interface Placement {
  readonly id: ObjectId;
  /** The file's path from the repository's root. */
  readonly path: string;
  /** Its size, as far as it is known: large ones are worth threads. */
  readonly size: number;
  readonly isExec?: boolean;
}

/** Options of `placeFiles`. */
export interface PlaceFilesOptions extends LongOptions {
  readonly root: string;
  readonly cache: ObjectCache;
  readonly index: TreeIndex;
  /** Is called when all files are ready: removes what is in their way and makes their folders. */
  readonly makeWay?: () => void;
}

/**
 * Makes files of the workspace and returns their states (see `enterState`) for the index. All are first made elsewhere:
 * a missing or damaged object, or a full disk, leaves the workspace as it was. Then each takes its place by a rename.
 *
 * @throws CacheObjectError, FileWriteError
 */
export async function placeFiles(placements: readonly Placement[], options: PlaceFilesOptions): Promise<Float64Array> {
  const { root, cache, index, makeWay } = options;
  const files = placements.map(({ id, path, size, isExec = false }) => {
    return { id, path, size, isExec, temporary: index.temporary.next() };
  });
  try {
    await runBatches(
      files,
      async (batch, _at, pool) => {
        const { failure } = pool
          ? await pool.run('stage', { files: batch, cache: cache.settings })
          : stageBatch(batch, cache);
        if (failure !== undefined) throw failureError(failure, batch[failure.at]?.path ?? '');
      },
      options,
    );
    makeWay?.();
    const states = new Float64Array(files.length * stateWidth);
    for (const [row, { temporary, path }] of files.entries()) {
      const target = `${root}/${path}`;
      moveFile(temporary, target, path);
      const stat = statSync(target);
      // Of two hard links to one file a rename moves none.
      if (stat.nlink > 1) rmSync(temporary, { force: true });
      enterState(states, row, stat);
    }
    // Who changes one of the files after this gets another time stamp than we noted.
    if (files.length > 0) await setTimeout(25);
    forgetRecent(states, index.temporary.now());
    return states;
  } catch (error) {
    for (const { temporary } of files) rmSync(temporary, { force: true });
    throw error;
  }
}

function moveFile(from: string, to: string, path: string): void {
  try {
    try {
      renameSync(from, to);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      // Another disk is mounted there: the last step has to be taken on that.
      const beside = join(dirname(to), `.${basename(from)}`);
      copyFileSync(from, beside);
      renameSync(beside, to);
    }
  } catch (cause) {
    throw new FileWriteError(`${path}: could not be written: ${(cause as Error).message}`, { cause });
  }
}
