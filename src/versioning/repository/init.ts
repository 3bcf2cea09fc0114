import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { writeFileAtomic } from '../../base/write-atomic.ts';
import { newDvcIgnore } from '../format/ignore-rules.ts';
import { Git } from './git.ts';

/** Options of `DataRepository.init`. */
export interface InitOptions {
  /** Makes a repository that does without git. Default: false. */
  readonly noScm?: boolean;
  /** Makes it in a folder below the top of a git repository. Default: false. */
  readonly subdir?: boolean;
  /** Replaces a repository that is there; its cache goes with it. Default: false. */
  readonly force?: boolean;
}

/** Makes the files of a repository, and stages them in git. */
export async function init(
  directory: string,
  { noScm = false, subdir = false, force = false }: InitOptions,
): Promise<void> {
  const root = resolve(directory);
  const folder = join(root, '.dvc');
  const git = noScm ? undefined : Git.around(root);
  if (!noScm && (git === undefined || (!subdir && !existsSync(join(root, '.git'))))) {
    throw new RepositoryError(
      `${root}: expected the top of a git repository; run "git init" first, or use --no-scm, or --subdir in a folder below it`,
    );
  }
  if ((await git?.ignored(['.dvc']))?.has('.dvc') === true) {
    throw new RepositoryError(`${folder}: expected a folder that git does not ignore; add "!.dvc" to .gitignore`);
  }
  if (existsSync(folder)) {
    if (!force) throw new RepositoryError(`${folder}: there is a data repository already; --force replaces it`);
    rmSync(folder, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true });
  writeFileAtomic(join(folder, 'config'), noScm ? '[core]\n    no_scm = True\n' : '');
  if (!noScm) writeFileAtomic(join(folder, '.gitignore'), '/config.local\n/tmp\n/cache\n');
  if (!existsSync(join(root, '.dvcignore'))) writeFileAtomic(join(root, '.dvcignore'), newDvcIgnore);
  await git?.add(['.dvc/config', '.dvc/.gitignore', '.dvcignore']);
}
