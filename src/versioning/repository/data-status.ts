import { relative, resolve } from 'node:path';
import { openRemote } from '../remote/open-remote.ts';
import type { LongOptions } from '../store/run-batches.ts';
import { collectRevision, collectWorkspace, type TrackedOut } from './collect-outs.ts';
import { compareSnapshots, shownEntry, type SnapshotChange } from './compare-snapshots.ts';
import { type RepositoryContext, toRootPath } from './context.ts';
import type { Git } from './git.ts';
import { type Snapshot, type SnapshotEntry, snapshotOfOuts, snapshotOfWorkspace } from './snapshot.ts';

/** Options of `DataRepository.dataStatus`. */
export interface DataStatusOptions extends LongOptions {
  /** Looks at each file of folders. Default: false. */
  readonly granular?: boolean | undefined;
  /** Also tells what has not changed. Default: false. */
  readonly unchanged?: boolean | undefined;
  /** Also tells which files neither git nor DVC tracks. Default: `no`. */
  readonly untrackedFiles?: 'no' | 'all' | undefined;
  /** Also tells what the remote does not have. Default: false. */
  readonly notInRemote?: boolean | undefined;
  /** The remote that is asked. Default: the default one. */
  readonly remote?: string | undefined;
  /** Also tells what git has to say, as `dvc data status` without `--json` does. Default: false. */
  readonly git?: boolean | undefined;
}

/** Paths from the root, folders with a slash at their end, by what has become of them. */
export interface DataChanges {
  readonly added?: readonly string[];
  readonly deleted?: readonly string[];
  readonly modified?: readonly string[];
  readonly renamed?: readonly { readonly old: string; readonly new: string }[];
  readonly unknown?: readonly string[];
}

/** What `dvc data status --json` shows; parts with nothing in them are left out. */
export interface DataStatus {
  readonly not_in_cache?: readonly string[];
  readonly not_in_remote?: readonly string[];
  /** From git's HEAD to the `.dvc` files. */
  readonly committed?: DataChanges;
  /** From the `.dvc` files to the workspace. */
  readonly uncommitted?: DataChanges;
  readonly untracked?: readonly string[];
  readonly unchanged?: readonly string[];
  readonly git?: { readonly is_empty: boolean; readonly is_dirty: boolean };
}

/** Compares git's HEAD, the `.dvc` files and the workspace; see `DataRepository.dataStatus`. */
export async function dataStatus(
  context: RepositoryContext,
  targets: readonly string[],
  options: DataStatusOptions,
): Promise<DataStatus> {
  const { git, cache } = context;
  const depth = options.granular === true ? 'files' : 'outs';
  const collected = collectWorkspace(context.root);
  const isMeant = pathFilter(targets.map((target) => toRootPath(context, target)));
  const of = (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    entries: new Map([...snapshot.entries].filter(([path]) => isMeant(path))),
  });
  const noted = of(snapshotOfOuts(context, collected.outs, depth));
  const workspace = of(await snapshotOfWorkspace(context, collected, depth, options));
  const head = await outsOfHead(git);
  const uncommitted = compareSnapshots(noted, workspace);
  const committed = head === undefined ? undefined : compareSnapshots(of(snapshotOfOuts(context, head, depth)), noted);
  const same = pathsOf(committed ?? uncommitted, 'unchanged');
  const result = {
    not_in_cache: [...noted.entries.values()].filter(({ hash }) => !cache.has(hash)).map(shownEntry),
    not_in_remote: options.notInRemote === true ? await notInRemote(context, collected.outs, noted, options) : [],
    committed: changesOf(committed ?? []),
    uncommitted: changesOf(uncommitted),
    untracked: options.untrackedFiles === 'all' ? await untracked(context, isMeant) : [],
    unchanged:
      options.unchanged === true ? pathsOf(uncommitted, 'unchanged').filter((path) => same.includes(path)) : [],
    ...(options.git === true && git !== undefined && { git: await gitPart(git) }),
  };
  return Object.fromEntries(Object.entries(result).filter(([, part]) => Object.keys(part).length > 0));
}

/** Returns what HEAD tracks: nothing before the first commit, and `undefined` without git. */
async function outsOfHead(git: Git | undefined): Promise<TrackedOut[] | undefined> {
  if (git === undefined) return undefined;
  return (await git.hasCommits()) ? collectRevision(git, 'HEAD') : [];
}

function changesOf(changes: readonly SnapshotChange[]): DataChanges {
  const renamed = changes.flatMap((change) =>
    change.type === 'renamed' ? { old: shownEntry(change.old), new: shownEntry(change.new) } : [],
  );
  const unknown = changes.flatMap((change) =>
    change.type === 'unknown' && change.new !== undefined ? shownEntry(change.new) : [],
  );
  const result = {
    modified: pathsOf(changes, 'modified'),
    added: pathsOf(changes, 'added'),
    deleted: pathsOf(changes, 'deleted'),
    renamed,
    unknown,
  };
  return Object.fromEntries(Object.entries(result).filter(([, paths]) => paths.length > 0));
}

function pathsOf(changes: readonly SnapshotChange[], type: SnapshotChange['type']): string[] {
  return changes.flatMap((change) => (change.type === type ? shownEntry((change.new ?? change.old)!) : []));
}

function pathFilter(wanted: readonly string[]): (path: string) => boolean {
  return (path) =>
    wanted.length === 0 || wanted.some((one) => one === '' || path === one || path.startsWith(`${one}/`));
}

async function notInRemote(
  context: RepositoryContext,
  outs: readonly TrackedOut[],
  { entries }: Snapshot,
  { remote: name, signal }: DataStatusOptions,
): Promise<string[]> {
  const isKept = pathFilter(outs.filter(({ out }) => out.push === false).map(({ path }) => path));
  const hasKept = outs.some(({ out }) => out.push === false);
  const pushed: SnapshotEntry[] = [...entries.values()].filter(({ path }) => !hasKept || !isKept(path));
  const { name: chosen, settings } = context.config.remote(name);
  const remote = await openRemote(chosen, settings);
  try {
    const stored = await remote.has(new Set(pushed.map(({ hash }) => hash)), { signal });
    return pushed.filter(({ hash }) => !stored.has(hash)).map(shownEntry);
  } finally {
    remote.close();
  }
}

/** Returns what git does not know, from the working folder. */
async function untracked(
  { git, root, directory }: RepositoryContext,
  isMeant: (path: string) => boolean,
): Promise<string[]> {
  const entries = (await git?.status('all')) ?? [];
  return entries.flatMap(({ code, path: fromTop }) => {
    const path = git?.fromTop(fromTop);
    return code === '??' && path !== undefined && isMeant(path) ? relative(directory, resolve(root, path)) : [];
  });
}

async function gitPart(git: Git): Promise<{ is_empty: boolean; is_dirty: boolean }> {
  const changes = await git.status('all');
  return { is_empty: !(await git.hasCommits()), is_dirty: changes.length > 0 };
}
