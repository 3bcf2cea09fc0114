import { posix } from 'node:path';
import type { UsedObject } from '../remote/transfer.ts';
import type { LongOptions } from '../store/run-batches.ts';
import { collectRevision, collectWorkspace, objectOf, type TrackedOut } from './collect-outs.ts';
import { type RepositoryContext, toRootPath, toShownPath } from './context.ts';
import { selectTargets, type Target } from './targets.ts';

/** Options of what goes to a remote or comes from one. */
export interface TransferTargetsOptions extends LongOptions {
  /** The remote's name; default the repository's default remote, or the one that an output names. */
  readonly remote?: string | undefined;
  /** The most transfers at the same time; default what suits the remote. */
  readonly jobs?: number | undefined;
  /** Also what the tips of all branches track. Default: false. */
  readonly allBranches?: boolean | undefined;
  /** Also what all tags track. Default: false. */
  readonly allTags?: boolean | undefined;
  /** Also what all commits track. Default: false. */
  readonly allCommits?: boolean | undefined;
}

/**
 * Returns the objects that the targets use, in the workspace and in the revisions asked for, by the remote they belong to.
 *
 * @throws RepositoryError when a target is tracked nowhere, or a remote is needed and there is none
 */
export async function usedObjects(
  context: RepositoryContext,
  targets: readonly string[],
  purpose: 'push' | 'fetch',
  options: TransferTargetsOptions,
): Promise<Map<string, UsedObject[]>> {
  const selected = selectTargets(context, collectWorkspace(context.root).outs, targets);
  for (const rev of await revisions(context, options)) {
    const outs = await collectRevision(context.git!, rev);
    selected.push(...(targets.length === 0 ? outs.map((tracked) => ({ tracked })) : those(context, outs, targets)));
  }
  const byRemote = new Map<string, UsedObject[]>();
  for (const target of selected) {
    const { out } = target.tracked;
    if (out.cache === false || (purpose === 'push' && out.push === false)) continue;
    // An output that names a remote goes nowhere else.
    if (options.remote !== undefined && out.remote !== undefined && out.remote !== options.remote) continue;
    const objects = objectsOf(context, target);
    if (objects.length === 0) continue;
    const { name } = context.config.remote(options.remote ?? out.remote);
    byRemote.set(name, [...(byRemote.get(name) ?? []), ...objects]);
  }
  return byRemote;
}

async function revisions({ git }: RepositoryContext, options: TransferTargetsOptions): Promise<string[]> {
  if (git === undefined) return [];
  const commits = [
    ...(options.allBranches === true ? await git.commits('branches') : []),
    ...(options.allTags === true ? await git.commits('tags') : []),
    ...(options.allCommits === true ? await git.commits('all') : []),
  ];
  return [...new Set(commits)];
}

/** Returns the targets that a revision has; that it lacks one is no fault. */
function those(context: RepositoryContext, outs: readonly TrackedOut[], targets: readonly string[]): Target[] {
  const paths = new Set(targets.map((target) => toRootPath(context, target)));
  return outs.flatMap((tracked) => (paths.has(tracked.path) || paths.has(tracked.dvcFile) ? { tracked } : []));
}

function objectsOf(context: RepositoryContext, { tracked, within }: Target): UsedObject[] {
  const id = objectOf(tracked);
  const path = toShownPath(context, tracked.path);
  if (id === undefined) return [];
  // Without its listing, nobody knows which files a part has: the whole comes.
  if (within === undefined || !context.cache.has(id)) return [{ id, path }];
  const isPart = (relpath: string): boolean => relpath === within || relpath.startsWith(`${within}/`);
  const entries = context.cache.readDirectory(id).filter(({ relpath }) => isPart(relpath));
  return entries.map(({ md5, relpath }) => ({ id: md5, path: posix.join(path, relpath) }));
}
