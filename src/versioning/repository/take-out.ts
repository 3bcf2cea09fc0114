import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { type DirEntry, formatDirObject } from '../format/dir-object.ts';
import { formatDvcFile, type Out, parseDvcFile } from '../format/dvc-file.ts';
import { updateDvcFile } from '../format/update-dvc-file.ts';
import { type Collected, objectOf, type TrackedOut } from './collect-outs.ts';
import { readWorkspace, type RepositoryContext, toShownPath } from './context.ts';
import { stateWidth } from '../store/file-state.ts';
import { placeFiles } from '../store/place-files.ts';
import { type LongOptions } from '../store/run-batches.ts';
import type { TreeState } from '../store/tree-state.ts';
import { requireOwnPlace } from './real-folders.ts';
import { readTextFile, replaceTextFile } from './replace-file.ts';
import { lookAt } from '../store/look-at.ts';

/** A tracked file or folder whose content was taken into the cache. */
export interface AddedOut {
  /** The `.dvc` file, from the working folder. */
  readonly dvcFile: string;
  /** The file or folder, from there as well. */
  readonly path: string;
  /** Its md5; a folder's ends with `.dir`. */
  readonly id: string;
  readonly size: number;
  /** How many files a folder has. */
  readonly nfiles?: number;
  /** What git has to be told, from the working folder: those of `.dvc` file and `.gitignore` that changed. */
  readonly gitFiles: readonly string[];
}

/** Options of `takeOut`. */
export interface TakeOutOptions extends LongOptions {
  /** Takes this part of a folder only. */
  readonly within?: string | undefined;
  /** Leaves the content where it is; only its hash is noted. */
  readonly noCommit?: boolean | undefined;
  /** Is called when the content is taken, before the `.dvc` file is written. */
  readonly beforeNoting?: () => Promise<void>;
}

/**
 * Takes the content of a tracked path into the cache, and then notes it in its `.dvc` file.
 *
 * @throws RepositoryError when it is not there
 */
export async function takeOut(
  context: RepositoryContext,
  tracked: TrackedOut,
  collected: Collected,
  { within, noCommit = false, beforeNoting, ...long }: TakeOutOptions,
): Promise<AddedOut> {
  const { path, dvcFile } = tracked;
  requireOwnPlace(context.root, path);
  const isStored = !noCommit && tracked.out.cache !== false;
  const tree = await readWorkspace(context, path, collected, { ...long, isStored });
  if (tree === undefined)
    throw new RepositoryError(`${toShownPath(context, path)}: expected a file or a folder, got none`);
  const content = within === undefined ? contentOf(tree) : withPart(context, tracked, tree, within);
  if (isStored) await relink(context, tree, long);
  await beforeNoting?.();
  const isChanged = writeDvcFile(context, tracked, content);
  const shown = toShownPath(context, dvcFile);
  const { md5, size, nfiles } = content;
  return {
    dvcFile: shown,
    path: toShownPath(context, path),
    id: md5,
    size,
    gitFiles: isChanged ? [shown] : [],
    ...(nfiles !== undefined && { nfiles }),
  };
}

/** What a `.dvc` file says about content. */
interface Content {
  readonly md5: string;
  readonly size: number;
  readonly nfiles?: number;
  readonly isexec?: true;
}

function contentOf({ id, size, files, folders, isExec }: TreeState): Content {
  return {
    md5: id,
    size,
    ...(folders.length > 0 && { nfiles: files.length }),
    ...(isExec && { isexec: true as const }),
  };
}

/** Returns the content of a folder as it was noted, with the part `within` as it is now. */
function withPart(context: RepositoryContext, tracked: TrackedOut, tree: TreeState, within: string): Content {
  const { cache } = context;
  const before = objectOf(tracked);
  if (before === undefined || tree.folders.length === 0) return contentOf(tree);
  const isPart = ({ relpath }: DirEntry): boolean => relpath === within || relpath.startsWith(`${within}/`);
  const entries = [...cache.readDirectory(before).filter((entry) => !isPart(entry)), ...tree.files.filter(isPart)];
  const { bytes, id } = formatDirObject(entries);
  cache.storeBytes(id, bytes);
  const sizes = new Map(
    tree.files.map(({ md5 }, row) => [md5, tree.states[(tree.folders.length + row) * stateWidth] ?? 0]),
  );
  const sizeOf = (md5: string): number => sizes.get(md5) ?? lookAt(cache.path(md5))?.size ?? 0;
  return { md5: id, size: entries.reduce((sum, { md5 }) => sum + sizeOf(md5), 0), nfiles: entries.length };
}

/** Makes files that are links to elsewhere real ones and, where the cache is linked to, all files links into it. */
async function relink(context: RepositoryContext, tree: TreeState, long: LongOptions): Promise<void> {
  const { root, cache, index } = context;
  const isLinking = ['hardlink', 'symlink'].includes(cache.linkTypes[0] ?? '');
  const links = new Set(tree.links);
  const isLinked = ({ relpath, md5 }: DirEntry): boolean =>
    statSync(join(root, tree.path, relpath)).ino === statSync(cache.path(md5)).ino;
  const chosen = tree.files.flatMap((file, row) =>
    (isLinking ? isLinked(file) : !links.has(file.relpath)) ? [] : { ...file, row },
  );
  if (chosen.length === 0) return;
  const placements = chosen.map(({ relpath, md5, row }) => ({
    id: md5,
    path: posix.join(tree.path, relpath),
    isExec: tree.isExec,
    size: tree.states[(tree.folders.length + row) * stateWidth]!,
  }));
  const placed = await placeFiles(placements, { root, cache, index, ...long });
  const states = tree.states.slice();
  for (const [i, { row }] of chosen.entries()) {
    states.set(placed.subarray(i * stateWidth, (i + 1) * stateWidth), (tree.folders.length + row) * stateWidth);
  }
  // The folders changed with their files; they are looked at again the next time.
  states.fill(NaN, 0, tree.folders.length * stateWidth);
  index.save({ ...tree, states, links: isLinking ? tree.links : [] });
}

function writeDvcFile(context: RepositoryContext, { dvcFile, path, out }: TrackedOut, content: Content): boolean {
  const text = readTextFile(context, dvcFile);
  const updated: Out = { ...content, hash: 'md5', path: out.path };
  if (text === undefined) {
    const name = posix.relative(posix.dirname(dvcFile), path);
    return replaceTextFile(context, dvcFile, formatDvcFile({ outs: [{ ...updated, path: name }] }));
  }
  const outs = parseDvcFile(text, dvcFile).outs.map((other) => (other.path === out.path ? updated : other));
  return replaceTextFile(context, dvcFile, updateDvcFile(text, dvcFile, outs));
}
