import { posix } from 'node:path';
import { CacheObjectError } from '../../base/errors.ts';
import type { DirEntry } from '../format/dir-object.ts';
import { isDirectoryId, type ObjectId } from '../format/object-id.ts';
import type { LongOptions } from '../store/run-batches.ts';
import { type Collected, objectOf, type TrackedOut } from './collect-outs.ts';
import { readWorkspace, type RepositoryContext } from './context.ts';

/** A tracked file or folder at one moment. */
export interface SnapshotEntry {
  /** Its path from the root. */
  readonly path: string;
  readonly hash: ObjectId;
  readonly isDirectory: boolean;
}

/** What was tracked at one moment: outputs and the files within them, by path. */
export interface Snapshot {
  readonly entries: ReadonlyMap<string, SnapshotEntry>;
  /** Outputs whose files nobody knows, because the cache lacks the listing. */
  readonly unlisted: ReadonlySet<string>;
}

/** How much of folders is looked at: `outs` leaves out the files within them. */
export type SnapshotDepth = 'outs' | 'files';

/** Returns what `.dvc` files say. */
export function snapshotOfOuts(
  { cache }: RepositoryContext,
  outs: readonly TrackedOut[],
  depth: SnapshotDepth,
): Snapshot {
  const entries = new Map<string, SnapshotEntry>();
  const unlisted = new Set<string>();
  for (const tracked of outs) {
    const id = objectOf(tracked);
    if (id === undefined || tracked.out.cache === false) continue;
    enter(entries, tracked.path, id);
    if (!isDirectoryId(id) || depth === 'outs') continue;
    try {
      enterFiles(entries, tracked.path, cache.readDirectory(id));
    } catch (error) {
      if (!(error instanceof CacheObjectError)) throw error;
      unlisted.add(tracked.path);
    }
  }
  return { entries, unlisted };
}

/** Returns what the tracked paths are in the workspace. */
export async function snapshotOfWorkspace(
  context: RepositoryContext,
  collected: Collected,
  depth: SnapshotDepth,
  long: LongOptions,
): Promise<Snapshot> {
  const entries = new Map<string, SnapshotEntry>();
  for (const { path, out } of collected.outs) {
    const tree = out.cache === false ? undefined : await readWorkspace(context, path, collected, long);
    if (tree === undefined) continue;
    enter(entries, path, tree.id);
    if (tree.folders.length > 0 && depth === 'files') enterFiles(entries, path, tree.files);
  }
  return { entries, unlisted: new Set() };
}

function enter(entries: Map<string, SnapshotEntry>, path: string, hash: ObjectId): void {
  entries.set(path, { path, hash, isDirectory: isDirectoryId(hash) });
}

function enterFiles(entries: Map<string, SnapshotEntry>, path: string, files: readonly DirEntry[]): void {
  for (const { relpath, md5 } of files) enter(entries, posix.join(path, relpath), md5);
}
