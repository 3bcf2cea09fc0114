import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { lookAt } from '../store/look-at.ts';

/**
 * Returns the nearest folder, `directory` or one above it, that has a `.dvc` folder; links resolved.
 *
 * @throws RepositoryError when there is none
 */
export function findRoot(directory: string): string {
  const root = findUpwards(directory, '.dvc');
  if (root !== undefined) return root;
  throw new RepositoryError(
    `${directory}: expected a folder in a data repository, found no .dvc here or above; make one with "labmill data init"`,
  );
}

/** Returns the nearest folder, `directory` or one above it, that has a folder (or, for git's worktrees, a file) `name`. */
export function findUpwards(directory: string, name: '.dvc' | '.git'): string | undefined {
  let folder: string;
  try {
    folder = realpathSync(directory);
  } catch (cause) {
    throw new RepositoryError(`${directory}: expected a folder, got none`, { cause });
  }
  for (;;) {
    const stat = lookAt(join(folder, name));
    if (stat?.isDirectory() === true || (stat !== undefined && name === '.git')) return folder;
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
}
