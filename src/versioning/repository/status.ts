import { type Collected, collectWorkspace, objectOf, type TrackedOut } from './collect-outs.ts';
import { readWorkspace, type RepositoryContext, toShownPath } from './context.ts';
import { selectTargets } from './targets.ts';
import type { LongOptions } from '../store/run-batches.ts';

/** What has become of an output. */
export type OutChange = 'modified' | 'deleted' | 'new' | 'not in cache';

/** What `dvc status --json` shows: for each `.dvc` file the outputs that have changed. */
export type StatusResult = Readonly<Record<string, readonly StageChange[]>>;

/** The changes of one `.dvc` file, in DVC's words. */
export interface StageChange {
  readonly 'changed outs': Readonly<Record<string, OutChange>>;
}

/** Returns which outputs are not what their `.dvc` files say; an empty object when all are. */
export async function status(
  context: RepositoryContext,
  targets: readonly string[],
  options: LongOptions,
): Promise<StatusResult> {
  const collected = collectWorkspace(context.root);
  const changes: Record<string, Record<string, OutChange>> = {};
  for (const { tracked } of selectTargets(context, collected.outs, targets)) {
    const change = await changeOf(context, tracked, collected, options);
    if (change === undefined) continue;
    const file = (changes[toShownPath(context, tracked.dvcFile)] ??= {});
    file[toShownPath(context, tracked.path)] = change;
  }
  return Object.fromEntries(Object.entries(changes).map(([file, outs]) => [file, [{ 'changed outs': outs }]]));
}

/** Returns what has become of an output, or nothing when it is as its `.dvc` file says. */
export async function changeOf(
  context: RepositoryContext,
  tracked: TrackedOut,
  collected: Collected,
  options: LongOptions,
): Promise<OutChange | undefined> {
  const id = objectOf(tracked);
  if (id !== undefined && tracked.out.cache !== false && !context.cache.isComplete(id)) return 'not in cache';
  const now = await readWorkspace(context, tracked.path, collected, options);
  if (now === undefined) return 'deleted';
  if (id === undefined) return 'new';
  return now.id === id ? undefined : 'modified';
}
