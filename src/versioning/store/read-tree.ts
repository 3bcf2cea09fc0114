import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { type DirEntry, formatDirObject } from '../format/dir-object.ts';
import type { ObjectId } from '../format/object-id.ts';
import { failureError, failureOf, readBatch } from './batch.ts';
import { forgetRecent, hasState, isSameState, stateOf, stateWidth } from './file-state.ts';
import type { ObjectCache } from './object-cache.ts';
import { type LongOptions, runBatches } from './run-batches.ts';
import type { TreeIndex } from './tree-index.ts';
import type { TreeState } from './tree-state.ts';
import { type IsIgnored, type TreeListing, walkTree } from './walk-tree.ts';
import { lookAt } from './look-at.ts';

/** Options of `readTree`. */
export interface ReadTreeOptions extends LongOptions {
  /** The repository's root, absolute. */
  readonly root: string;
  readonly index: TreeIndex;
  /** The ignore rules as a text that changes when they do, and as a function. */
  readonly rules: string;
  readonly isIgnored: IsIgnored;
  /** Where the content is stored; without it, it is only hashed. */
  readonly cache?: ObjectCache | undefined;
}

/**
 * Returns what a file or folder of the workspace is now, or nothing when it is not there. Only what has changed since the
 * last time is read; an unchanged tree costs one look at each of its files and folders.
 *
 * @param path from the repository's root
 * @throws RepositoryError for what cannot be versioned, FileReadError, FileWriteError
 */
export async function readTree(path: string, options: ReadTreeOptions): Promise<TreeState | undefined> {
  const { root, index, cache, rules, signal } = options;
  signal?.throwIfAborted();
  const loaded = index.load(path);
  const known = loaded?.rules === rules ? loaded : undefined;
  const stat = lookAt(join(root, path));
  if (stat === undefined) return undefined;
  if (known !== undefined && isUnchanged(root, known, stat) && isStored(known, cache)) {
    if (cache !== undefined && !known.isSaved) index.save({ ...known, isSaved: true });
    return known;
  }
  const since = index.temporary.now();
  const tree = await readChanged(path, list(path, stat, options), stat, known, options);
  const isSaved = cache !== undefined || (known?.isSaved === true && known.id === tree.id);
  forgetRecent(tree.states, since);
  index.save({ ...tree, isSaved });
  return { ...tree, isSaved };
}

function isUnchanged(root: string, known: TreeState, stat: Stats): boolean {
  const { folders, files, states, path } = known;
  if (folders.length === 0) return stat.isFile() && hasState(states, 0, stat);
  const at = join(root, path);
  const isSame = (relpath: string, row: number): boolean => {
    const now = relpath === '' ? stat : lookAt(`${at}/${relpath}`);
    return now !== undefined && hasState(states, row, now);
  };
  for (let i = 0; i < folders.length; i++) if (!isSame(folders[i]!, i)) return false;
  for (let i = 0; i < files.length; i++) if (!isSame(files[i]!.relpath, folders.length + i)) return false;
  return true;
}

/** Returns whether the cache, when one is given, has all that the tree is made of. */
function isStored({ id, files, folders }: TreeState, cache: ObjectCache | undefined): boolean {
  if (cache === undefined) return true;
  return (folders.length === 0 || cache.has(id)) && files.every(({ md5 }) => cache.has(md5));
}

function list(path: string, stat: Stats, { root, isIgnored }: ReadTreeOptions): TreeListing {
  if (stat.isDirectory()) return walkTree(root, path, isIgnored);
  if (!stat.isFile()) {
    throw new RepositoryError(`${path}: expected a file or a folder, got a socket, a pipe or a device`);
  }
  const links = lstatSync(join(root, path)).isSymbolicLink() ? [''] : [];
  return { folders: [], files: [''], links, states: Float64Array.from(stateOf(stat)) };
}

/** Reads the files of a listing that are not as they were. */
async function readChanged(
  path: string,
  { folders, files, links, states }: TreeListing,
  stat: Stats,
  known: TreeState | undefined,
  options: ReadTreeOptions,
): Promise<TreeState> {
  const { root, cache, rules } = options;
  const folder = join(root, path);
  const firstRow = folders.length;
  const ids = knownIds(files, states.subarray(firstRow * stateWidth), known, cache);
  const changed = files.flatMap((relpath, i) =>
    ids[i] === undefined ? { relpath, size: states[(firstRow + i) * stateWidth]!, place: i } : [],
  );
  await runBatches(
    changed,
    async (batch, _at, pool) => {
      const paths = batch.map(({ relpath }) => relpath);
      const read =
        pool === undefined
          ? readBatch(folder, paths, cache)
          : await pool.run('read', { folder, paths, cache: cache?.settings });
      if (read.failure !== undefined) throw failureError(read.failure, join(path, paths[read.failure.at] ?? ''));
      for (const [i, { place }] of batch.entries()) {
        ids[place] = read.ids[i];
        states.set(read.states.subarray(i * stateWidth, (i + 1) * stateWidth), (firstRow + place) * stateWidth);
      }
    },
    options,
  );

  const size = files.reduce((sum, _file, i) => sum + states[(firstRow + i) * stateWidth]!, 0);
  const entries: DirEntry[] = files.map((relpath, i) => ({ relpath, md5: ids[i]! }));
  const rest = { path, size, rules, isSaved: false, folders, links, states, files: entries };
  if (folders.length === 0) return { ...rest, id: ids[0]!, isExec: (stat.mode & 0o100) !== 0 };
  // After the files it lists: whoever finds it finds them.
  const { bytes, id } = formatDirObject(entries);
  try {
    cache?.storeBytes(id, bytes);
  } catch (error) {
    throw failureError(failureOf(0, error), path);
  }
  return { ...rest, id, isExec: false };
}

/** Returns the ids of those files that have not changed, and that the cache has when one is given. */
function knownIds(
  files: readonly string[],
  states: Float64Array,
  known: TreeState | undefined,
  cache: ObjectCache | undefined,
): (ObjectId | undefined)[] {
  const rows = new Map(known?.files.map(({ relpath }, row) => [relpath, row]));
  return files.map((relpath, i) => {
    const row = rows.get(relpath);
    if (row === undefined || known === undefined) return undefined;
    if (!isSameState(states, i, known.states, known.folders.length + row)) return undefined;
    const id = known.files[row]!.md5;
    return cache === undefined || cache.has(id) ? id : undefined;
  });
}
