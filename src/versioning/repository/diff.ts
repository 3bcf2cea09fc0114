import { RepositoryError } from '../../base/errors.ts';
import type { LongOptions } from '../store/run-batches.ts';
import { collectRevision, collectWorkspace, type TrackedOut } from './collect-outs.ts';
import { compareSnapshots, shownEntry, type SnapshotChange } from './compare-snapshots.ts';
import { type RepositoryContext, toRootPath } from './context.ts';
import { type Snapshot, snapshotOfOuts, snapshotOfWorkspace } from './snapshot.ts';

/** Options of `DataRepository.diff`. */
export interface DiffOptions extends LongOptions {
  /** Looks at these tracked files and folders only. Default: all. */
  readonly targets?: readonly string[] | undefined;
  /** Adds the hashes. Default: false. */
  readonly showHash?: boolean | undefined;
  /** Leaves out what is not in the cache. Default: false. */
  readonly hideMissing?: boolean | undefined;
}

/** A change as `dvc diff --json` shows it; `hash` is there with `showHash`. */
export interface DiffEntry {
  readonly path: string | { readonly old: string; readonly new: string };
  readonly hash?: string | { readonly old: string; readonly new: string };
}

/** What `dvc diff --json` shows: nothing at all when there is no difference. */
export interface DiffResult {
  readonly added?: readonly DiffEntry[];
  readonly deleted?: readonly DiffEntry[];
  readonly modified?: readonly DiffEntry[];
  readonly renamed?: readonly DiffEntry[];
  readonly 'not in cache'?: readonly DiffEntry[];
}

/** Compares two revisions, or one with the workspace; see `DataRepository.diff`. */
export async function diff(
  context: RepositoryContext,
  a: string,
  b: string | undefined,
  { targets = [], showHash = false, hideMissing = false, ...long }: DiffOptions,
): Promise<DiffResult> {
  const { git, cache } = context;
  if (git === undefined) throw new RepositoryError('diff: expected a repository with git, since it compares revisions');
  if (!(await git.hasCommits())) return {};
  if (b !== undefined && (await git.commit(a)) === (await git.commit(b))) return {};
  const before = await collectRevision(git, a);
  const after = b === undefined ? collectWorkspace(context.root) : { outs: await collectRevision(git, b) };
  const now =
    'rulesAt' in after
      ? await snapshotOfWorkspace(context, after, 'files', long)
      : snapshotOfOuts(context, after.outs, 'files');
  const isMeant = targetFilter(context, targets, [...before, ...after.outs], [now]);
  const then = snapshotOfOuts(context, before, 'files');
  const changes = compareSnapshots(only(then, isMeant), only(now, isMeant));
  const missing = changes.flatMap(({ old }) => (old === undefined || cache.has(old.hash) ? [] : old));

  const of = (type: SnapshotChange['type']): DiffEntry[] =>
    changes.filter((change) => change.type === type).map((change) => toEntry(change, showHash));
  const result = { added: of('added'), deleted: of('deleted'), modified: of('modified'), renamed: of('renamed') };
  const notInCache = missing.map((entry) => ({ path: shownEntry(entry), ...(showHash && { hash: entry.hash }) }));
  const isSame = Object.values(result).every((entries) => entries.length === 0);
  if (isSame && (b !== undefined || notInCache.length === 0)) return {};
  return b !== undefined || hideMissing ? result : { ...result, 'not in cache': notInCache };
}

function toEntry({ type, old, new: now }: SnapshotChange, showHash: boolean): DiffEntry {
  const one = (old ?? now)!;
  const path = type === 'renamed' ? { old: shownEntry(old), new: shownEntry(now) } : shownEntry(one);
  if (!showHash) return { path };
  return { path, hash: type === 'modified' ? { old: old.hash, new: now.hash } : one.hash };
}

/** Returns which paths the targets mean. */
function targetFilter(
  context: RepositoryContext,
  targets: readonly string[],
  outs: readonly TrackedOut[],
  snapshots: readonly Snapshot[],
): (path: string) => boolean {
  if (targets.length === 0) return () => true;
  const wanted = targets.flatMap((target) => {
    const path = toRootPath(context, target);
    const described = outs.filter(({ dvcFile }) => dvcFile === path).map((out) => out.path);
    const isKnown = outs.some((out) => path === out.path || path.startsWith(`${out.path}/`));
    if (described.length === 0 && !isKnown && !snapshots.some(({ entries }) => entries.has(path))) {
      throw new RepositoryError(`${target}: expected a path that is tracked in one of the revisions`);
    }
    return described.length > 0 ? described : [path];
  });
  return (path) => wanted.some((target) => path === target || path.startsWith(`${target}/`));
}

function only({ entries, unlisted }: Snapshot, isMeant: (path: string) => boolean): Snapshot {
  return { entries: new Map([...entries].filter(([path]) => isMeant(path))), unlisted };
}
