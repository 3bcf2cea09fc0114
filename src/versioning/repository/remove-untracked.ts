import { rmdirSync, unlinkSync } from 'node:fs';
import { join, posix } from 'node:path';
import { hasState } from '../store/file-state.ts';
import type { TreeState } from '../store/tree-state.ts';
import type { Collected } from './collect-outs.ts';
import { type RepositoryContext, toShownPath } from './context.ts';
import { requireOwnPlace } from './real-folders.ts';
import { lookAt } from '../store/look-at.ts';

/**
 * Removes what an earlier `add` or `checkout` left and no `.dvc` file tracks any more, as after a switch to another revision:
 * only files that nobody has touched since, and whose content is sound in the cache. Returns the removed outputs.
 */
export function removeUntracked(context: RepositoryContext, { outs }: Collected): string[] {
  const isTracked = (path: string): boolean =>
    outs.some((out) => `${out.path}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${out.path}/`));
  return context.index.all().flatMap((tree) => {
    if (isTracked(tree.path)) return [];
    const isRemovable =
      tree.isSaved && isUntouched(context, tree) && tree.files.every(({ md5 }) => context.cache.isSound(md5));
    if (isRemovable) removeTree(context, tree);
    context.index.forget(tree.path);
    return isRemovable ? `${toShownPath(context, tree.path)}${tree.folders.length > 0 ? '/' : ''}` : [];
  });
}

function isUntouched({ root }: RepositoryContext, { path, files, folders, states }: TreeState): boolean {
  requireOwnPlace(root, path);
  return files.every(({ relpath }, row) => {
    const stat = lookAt(join(root, path, relpath));
    return stat !== undefined && hasState(states, folders.length + row, stat);
  });
}

function removeTree({ root }: RepositoryContext, { path, files, folders }: TreeState): void {
  for (const { relpath } of files) unlinkSync(join(root, path, relpath));
  for (const folder of [...folders].toSorted((a, b) => b.length - a.length)) {
    try {
      rmdirSync(join(root, posix.join(path, folder)));
    } catch {
      // Something is left in it that is not ours.
    }
  }
}
