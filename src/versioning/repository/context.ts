import { relative, resolve, sep } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import type { ObjectCache } from '../store/object-cache.ts';
import { readTree } from '../store/read-tree.ts';
import type { LongOptions } from '../store/run-batches.ts';
import type { TreeIndex } from '../store/tree-index.ts';
import type { TreeState } from '../store/tree-state.ts';
import type { Collected } from './collect-outs.ts';
import type { Git } from './git.ts';
import type { RepositoryConfig } from './repository-config.ts';

/** What the commands know of the repository they work on. */
export interface RepositoryContext {
  /** The folder that holds `.dvc`, absolute. */
  readonly root: string;
  /** The folder from which targets are named, absolute. */
  readonly directory: string;
  readonly config: RepositoryConfig;
  readonly cache: ObjectCache;
  readonly index: TreeIndex;
  /** The system's git, unless the repository does without. */
  readonly git: Git | undefined;
}

/**
 * Returns a target, named from the working folder, as a path from the root with forward slashes; `''` is the root.
 *
 * @throws RepositoryError when it is outside the repository
 */
export function toRootPath({ root, directory }: RepositoryContext, target: string): string {
  const path = relative(root, resolve(directory, target)).split(sep).join('/');
  if (path !== '..' && !path.startsWith('../') && resolve(root, path) === resolve(directory, target)) return path;
  throw new RepositoryError(`${target}: expected a path inside the repository ${root}`);
}

/** Returns a path from the root as people see it from the working folder. */
export function toShownPath({ root, directory }: RepositoryContext, path: string): string {
  return relative(directory, resolve(root, path)) || '.';
}

/** Reads what a tracked path is in the workspace, and stores its content in the cache when asked. */
export async function readWorkspace(
  { root, index, cache }: RepositoryContext,
  path: string,
  { rulesAt }: Collected,
  options: LongOptions & { readonly isStored?: boolean } = {},
): Promise<TreeState | undefined> {
  const { text, rules } = rulesAt(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
  const isIgnored = (file: string, isFolder: boolean): boolean => rules.ignores(file, isFolder);
  const { isStored = false, ...long } = options;
  return readTree(path, { root, index, rules: text, isIgnored, cache: isStored ? cache : undefined, ...long });
}
