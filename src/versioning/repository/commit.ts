import { join } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { autostage } from './add.ts';
import { collectWorkspace } from './collect-outs.ts';
import { type RepositoryContext, toShownPath } from './context.ts';
import { requireUnused } from './lock.ts';
import { changeOf } from './status.ts';
import { type AddedOut, takeOut } from './take-out.ts';
import { selectTargets } from './targets.ts';
import type { LongOptions } from '../store/run-batches.ts';

/** Options of `DataRepository.commit`. */
export interface CommitOptions extends LongOptions {
  /** Takes changes without being asked. Default: false. */
  readonly force?: boolean;
}

/** Takes the changes of tracked files; see `DataRepository.commit`. */
export async function commit(
  context: RepositoryContext,
  targets: readonly string[],
  { force = false, ...long }: CommitOptions,
): Promise<AddedOut[]> {
  const collected = collectWorkspace(context.root);
  const selected = selectTargets(context, collected.outs, targets);
  requireUnused(
    join(context.root, '.dvc', 'tmp'),
    selected.map(({ tracked }) => join(context.root, tracked.path)),
  );
  const committed: AddedOut[] = [];
  for (const { tracked, within } of selected) {
    const change = force ? undefined : await changeOf(context, tracked, collected, long);
    if (change === 'modified' || change === 'new') {
      throw new RepositoryError(
        `${toShownPath(context, tracked.path)}: it is ${change}; --force takes it as it is, "labmill data checkout" brings back what was`,
      );
    }
    committed.push(await takeOut(context, tracked, collected, { within, ...long }));
  }
  await autostage(context, committed);
  return committed;
}
