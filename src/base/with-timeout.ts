import { TimeoutError } from './errors.ts';

/** The longest delay setTimeout knows, 24 days; with a longer one it would fire at once. */
const longestDelayMs = 2 ** 31 - 1;

/** Options of `withTimeout`. */
export interface WithTimeoutOptions {
  /** Milliseconds after which the wait ends; `Infinity`, or more than 24 days, waits for ever. */
  readonly timeoutMs: number;
  /** What is waited for, for the message: "the kernel's first reply". */
  readonly what: string;
  /** Ends the wait early; its reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Runs `work` with a signal that is aborted when the time is up or the caller's signal is aborted.
 *
 * @throws TimeoutError after `timeoutMs`
 */
export async function withTimeout<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, what, signal }: WithTimeoutOptions,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const stopped = Promise.withResolvers<never>();
  const stop = (reason: unknown): void => {
    controller.abort(reason);
    stopped.reject(reason);
  };
  const onAbort = (): void => stop(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const timer =
    timeoutMs <= longestDelayMs
      ? setTimeout(() => stop(new TimeoutError(`${what}: nothing within ${timeoutMs} ms`, timeoutMs)), timeoutMs)
      : undefined;
  try {
    return await Promise.race([work(controller.signal), stopped.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
