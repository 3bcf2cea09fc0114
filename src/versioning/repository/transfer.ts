import { CacheObjectError } from '../../base/errors.ts';
import { fetchObjects } from '../remote/fetch-objects.ts';
import { openRemote } from '../remote/open-remote.ts';
import { pushObjects } from '../remote/push-objects.ts';
import type { TransferResult } from '../remote/transfer.ts';
import { checkout, type CheckoutOptions, type CheckoutResult } from './checkout.ts';
import type { RepositoryContext } from './context.ts';
import { type TransferTargetsOptions, usedObjects } from './used-objects.ts';

export type { TransferTargetsOptions } from './used-objects.ts';

/** Options of `DataRepository.pull`. */
export interface PullOptions extends TransferTargetsOptions, Pick<CheckoutOptions, 'force' | 'allowMissing'> {}

/** What a pull did. */
export interface PullResult extends CheckoutResult {
  readonly stats: CheckoutResult['stats'] & { readonly fetched: number };
}

/** Brings what is tracked to the remote; see `DataRepository.push`. */
export async function push(
  context: RepositoryContext,
  targets: readonly string[],
  options: TransferTargetsOptions,
): Promise<TransferResult> {
  return transfer(context, targets, 'push', options);
}

/** Brings what is tracked from the remote; see `DataRepository.fetch`. */
export async function fetch(
  context: RepositoryContext,
  targets: readonly string[],
  options: TransferTargetsOptions,
): Promise<TransferResult> {
  return transfer(context, targets, 'fetch', options);
}

/** Fetches and checks out; see `DataRepository.pull`. */
export async function pull(
  context: RepositoryContext,
  targets: readonly string[],
  options: PullOptions,
): Promise<PullResult> {
  const { transferred, failed } = await fetch(context, targets, options);
  const { force, allowMissing = false, signal } = options;
  const isPartial = allowMissing || failed.length > 0;
  const done = await checkout(context, targets, { force: force === true, allowMissing: isPartial, signal });
  const [first] = failed;
  if (first !== undefined && !allowMissing) {
    const paths = [...new Set(failed.map(({ path }) => path))];
    throw new CacheObjectError(`${paths.length} of the objects could not be fetched. ${first.error.message}`, {
      failed: paths,
      cause: first.error,
    });
  }
  return { ...done, stats: { fetched: transferred, ...done.stats } };
}

async function transfer(
  context: RepositoryContext,
  targets: readonly string[],
  purpose: 'push' | 'fetch',
  options: TransferTargetsOptions,
): Promise<TransferResult> {
  const { cache } = context;
  const { jobs, signal, onProgress } = options;
  const results: TransferResult[] = [];
  for (const [name, objects] of await usedObjects(context, targets, purpose, options)) {
    const remote = await openRemote(name, context.config.remote(name).settings);
    try {
      const move = purpose === 'push' ? pushObjects : fetchObjects;
      results.push(await move(objects, { cache, remote, jobs, signal, onProgress }));
    } finally {
      remote.close();
    }
  }
  return {
    transferred: results.reduce((sum, { transferred }) => sum + transferred, 0),
    present: results.reduce((sum, { present }) => sum + present, 0),
    bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
    failed: results.flatMap(({ failed }) => failed),
  };
}
