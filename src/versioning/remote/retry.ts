import { setTimeout as delay } from 'node:timers/promises';
import { RemoteError } from '../../base/errors.ts';

/**
 * Runs `work`, and once more when it fails with a `RemoteError` that says after how long.
 *
 * @throws what the second try throws; the signal's reason when it is aborted
 */
export async function retryOnce<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RemoteError) || error.retryAfterMs === undefined) throw error;
    await pause(error.retryAfterMs, signal);
    return work();
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    signal?.throwIfAborted();
  }
}
