import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { collectWorkspace } from './collect-outs.ts';
import { type RepositoryContext, toRootPath, toShownPath } from './context.ts';
import { noticeInGit } from './git-ignore-file.ts';
import { requireUnused } from './lock.ts';
import { requireRealFolders } from './real-folders.ts';
import { replaceTextFile } from './replace-file.ts';

/** Options of `DataRepository.remove`. */
export interface RemoveOptions {
  /** Also removes the data from the workspace, changed or not. Default: false. */
  readonly outs?: boolean;
}

/** Stops tracking; see `DataRepository.remove`. */
export async function remove(
  context: RepositoryContext,
  targets: readonly string[],
  { outs = false }: RemoveOptions,
): Promise<string[]> {
  const collected = collectWorkspace(context.root);
  const files = [...new Set(targets.map((target) => toRootPath(context, target)))];
  const described = files.map((file) => {
    const own = collected.outs.filter(({ dvcFile }) => dvcFile === file);
    if (own.length > 0) return { file, own };
    const tracking = collected.outs.find(({ path }) => path === file);
    const hint = tracking === undefined ? '' : `; ${file} is tracked by ${toShownPath(context, tracking.dvcFile)}`;
    throw new RepositoryError(`${toShownPath(context, file)}: expected a .dvc file, got something else${hint}`);
  });
  const paths = described.flatMap(({ own }) => own.map(({ path }) => join(context.root, path)));
  requireUnused(join(context.root, '.dvc', 'tmp'), paths);
  for (const { file, own } of described) {
    for (const { path } of own) {
      requireRealFolders(context.root, path);
      if (context.git !== undefined) noticeInGit(context, path);
      if (outs) rmSync(join(context.root, path), { recursive: true, force: true });
      context.index.forget(path);
    }
    replaceTextFile(context, file, undefined);
  }
  return Promise.resolve(described.map(({ file }) => toShownPath(context, file)));
}
