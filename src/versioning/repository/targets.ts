import { RepositoryError } from '../../base/errors.ts';
import { isFolder, type TrackedOut } from './collect-outs.ts';
import { type RepositoryContext, toRootPath } from './context.ts';

/** A tracked output that was asked for, or a part of one. */
export interface Target {
  readonly tracked: TrackedOut;
  /** The part's path in the tracked folder, when only a part was asked for. */
  readonly within?: string;
}

/**
 * Returns the outputs that targets name: a `.dvc` file, a tracked path, or a path within a tracked folder. No target means all.
 *
 * @throws RepositoryError for a target that is not tracked
 */
export function selectTargets(
  context: RepositoryContext,
  outs: readonly TrackedOut[],
  targets: readonly string[],
): Target[] {
  if (targets.length === 0) return outs.map((tracked) => ({ tracked }));
  return withoutRepeats(targets.flatMap((target) => selectTarget(outs, toRootPath(context, target), target)));
}

function selectTarget(outs: readonly TrackedOut[], path: string, shown: string): Target[] {
  const found = outs.filter((out) => out.dvcFile === path || out.path === path);
  if (found.length > 0) return found.map((tracked) => ({ tracked }));
  const around = outs.find((out) => path.startsWith(`${out.path}/`) && isFolder(out));
  if (around !== undefined) return [{ tracked: around, within: path.slice(around.path.length + 1) }];
  throw new RepositoryError(`${shown}: expected a tracked file or folder, or a .dvc file; it is none of them`);
}

/** A part that is asked for together with its whole, or twice, is done once. */
function withoutRepeats(targets: readonly Target[]): Target[] {
  const whole = new Set(targets.flatMap(({ tracked, within }) => (within === undefined ? tracked.path : [])));
  const seen = new Set<string>();
  return targets.filter(({ tracked, within }) => {
    const key = `${tracked.path}\0${within ?? ''}`;
    const isNew = !seen.has(key) && (within === undefined || !whole.has(tracked.path));
    seen.add(key);
    return isNew;
  });
}
