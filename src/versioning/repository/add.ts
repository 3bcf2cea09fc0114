import { globSync, type Stats } from 'node:fs';
import { join, posix } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { type Collected, collectWorkspace, isFolder, type TrackedOut } from './collect-outs.ts';
import { type RepositoryContext, toRootPath, toShownPath } from './context.ts';
import { ignoreInGit } from './git-ignore-file.ts';
import { requireUnused } from './lock.ts';
import { requireOwnPlace } from './real-folders.ts';
import { type AddedOut, takeOut } from './take-out.ts';
import type { LongOptions } from '../store/run-batches.ts';
import { existsSync } from 'node:fs';
import { lookAt, lookAtLink } from '../store/look-at.ts';

export type { AddedOut } from './take-out.ts';

/** Options of `DataRepository.add`. */
export interface AddOptions extends LongOptions {
  /** Takes targets as patterns such as `data/*.csv`. Default: false. */
  readonly glob?: boolean;
  /** Notes the hashes, and leaves the content out of the cache until a `commit`. Default: false. */
  readonly noCommit?: boolean;
}

/** A target of `add`: an output that is or will be tracked, or a part of one. */
interface AddTarget {
  readonly tracked: TrackedOut;
  readonly within?: string;
  readonly isNew: boolean;
}

/** Tracks targets, or takes their changes; see `DataRepository.add`. */
export async function add(
  context: RepositoryContext,
  targets: readonly string[],
  { glob = false, noCommit = false, ...long }: AddOptions,
): Promise<AddedOut[]> {
  const named = glob ? targets.flatMap((pattern) => globSync(pattern, { cwd: context.directory })) : targets;
  const collected = collectWorkspace(context.root);
  const paths = [...new Set(named.map((target) => toRootPath(context, target)))];
  const found = paths.map((path) => toAddTarget(context, path, collected));
  requireNoOverlap([...collected.outs, ...found.flatMap(({ tracked, isNew }) => (isNew ? tracked : []))]);
  requireUnused(
    join(context.root, '.dvc', 'tmp'),
    found.map(({ tracked }) => join(context.root, tracked.path)),
  );
  // Git is asked while the content is read: what it refuses leaves an object in the cache that nobody needs.
  const asked = askGit(
    context,
    found.map(({ tracked }) => tracked.path),
  );
  const added: AddedOut[] = [];
  for (const { tracked, within } of found) {
    const gitFiles: string[] = [];
    const beforeNoting = async (): Promise<void> => {
      const { ignored } = await asked;
      const isOpen = context.git !== undefined && !ignored.has(tracked.path);
      const gitIgnore = isOpen ? ignoreInGit(context, tracked.path) : undefined;
      if (gitIgnore !== undefined) gitFiles.push(toShownPath(context, gitIgnore));
    };
    const [out] = await Promise.all([
      takeOut(context, tracked, collected, { within, noCommit, beforeNoting, ...long }),
      asked,
    ]);
    added.push({ ...out, gitFiles: [...gitFiles, ...out.gitFiles] });
  }
  await autostage(context, added);
  return added;
}

/** Stages the files that changed, when the config asks for it. */
export async function autostage(
  { config, git, directory, root }: RepositoryContext,
  outs: readonly AddedOut[],
): Promise<void> {
  if (!config.isAutostage || git === undefined) return;
  const files = outs.flatMap(({ gitFiles }) => gitFiles.map((file) => posix.relative(root, join(directory, file))));
  await git.add([...new Set(files)].filter((file) => existsSync(join(root, file))));
}

function toAddTarget(context: RepositoryContext, path: string, collected: Collected): AddTarget {
  const known = collected.outs.find((out) => out.path === path);
  if (known !== undefined) return { tracked: known, isNew: false };
  const around = collected.outs.find((out) => path.startsWith(`${out.path}/`) && isFolder(out));
  if (around !== undefined) {
    return { tracked: around, within: path.slice(around.path.length + 1), isNew: false };
  }
  requireAddable(context, path, collected);
  return { tracked: { dvcFile: `${path}.dvc`, path, out: { path: posix.basename(path) } }, isNew: true };
}

function requireAddable(context: RepositoryContext, path: string, { rulesAt }: Collected): void {
  const shown = toShownPath(context, path);
  const absolute = join(context.root, path);
  const refuse = (problem: string): never => {
    throw new RepositoryError(`${shown}: ${problem}`);
  };
  if (path === '') refuse('expected a file or a folder in the repository, got the repository');
  if (path.endsWith('.dvc')) refuse('expected data, got a .dvc file');
  const stat: Stats | undefined = lookAt(absolute);
  const link = lookAtLink(absolute);
  if (stat === undefined)
    return refuse(link === undefined ? 'there is no such file or folder' : 'it is a link to nothing');
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  if (rulesAt(folder).rules.ignoresPath(path, stat.isDirectory()))
    refuse('it is ignored by .dvcignore, or not for data');
  requireOwnPlace(context.root, path);
  if (existsSync(join(context.root, `${path}.dvc`)))
    refuse(`expected no ${shown}.dvc, found one that tracks something else`);
}

/** Outputs must not contain each other: who would own what is in both? */
function requireNoOverlap(outs: readonly TrackedOut[]): void {
  const byPath = new Map(outs.map((out) => [out.path, out]));
  for (const { path, dvcFile } of outs) {
    if (byPath.get(path)?.dvcFile !== dvcFile) {
      throw new RepositoryError(
        `${path}: expected one .dvc file that tracks it, found ${dvcFile} and ${byPath.get(path)?.dvcFile}`,
      );
    }
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
      const around = byPath.get(folder);
      if (around === undefined) continue;
      throw new RepositoryError(
        `${folder}: overlaps with the tracked ${path}; to include it, run "labmill data remove ${dvcFile}" first`,
      );
    }
  }
}

/** Returns what git ignores already, and makes sure that it tracks none of the paths. */
async function askGit({ git }: RepositoryContext, paths: readonly string[]): Promise<{ ignored: ReadonlySet<string> }> {
  if (git === undefined) return { ignored: new Set() };
  const [[tracked], ignored] = await Promise.all([git.tracked(paths), git.ignored(paths)]);
  if (tracked === undefined) return { ignored };
  throw new RepositoryError(
    `${tracked}: expected data that git does not track; "git rm -r --cached ${tracked}" stops that and keeps the file`,
  );
}
