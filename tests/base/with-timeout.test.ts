import { withTimeout } from 'labmill';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const never = (): Promise<never> => new Promise(() => {});

/** Returns what a promise is rejected with. */
const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('withTimeout', () => {
  test('gives what the work gives, and leaves no timer running', async () => {
    await expect(withTimeout(async () => 42, { timeoutMs: 100, what: 'the answer' })).resolves.toBe(42);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('throws what the work throws', async () => {
    const work = async (): Promise<never> => {
      throw new Error('broken');
    };
    await expect(withTimeout(work, { timeoutMs: 100, what: 'the answer' })).rejects.toThrow('broken');
  });

  test('throws a TimeoutError that names the wait when the time is up', async () => {
    const waiting = failure(withTimeout(never, { timeoutMs: 100, what: "the kernel's reply" }));
    await vi.advanceTimersByTimeAsync(100);
    expect(await waiting).toMatchObject({
      code: 'ERR_TIMEOUT',
      timeoutMs: 100,
      message: "the kernel's reply: nothing within 100 ms",
    });
  });

  test('aborts the signal of the work when the time is up', async () => {
    let given: AbortSignal | undefined;
    const work = (signal: AbortSignal): Promise<never> => {
      given = signal;
      return never();
    };
    const waiting = failure(withTimeout(work, { timeoutMs: 100, what: 'work' }));
    await vi.advanceTimersByTimeAsync(100);
    expect(given?.reason).toBe(await waiting);
  });

  test("throws the reason of the caller's signal when that is aborted", async () => {
    const stopped = new AbortController();
    const waiting = failure(withTimeout(never, { timeoutMs: 100, what: 'work', signal: stopped.signal }));
    stopped.abort('enough');
    expect(await waiting).toBe('enough');
    expect(vi.getTimerCount()).toBe(0);
  });

  test("does not begin when the caller's signal is aborted already", async () => {
    const work = vi.fn<() => Promise<never>>(never);
    const waiting = failure(withTimeout(work, { timeoutMs: 100, what: 'work', signal: AbortSignal.abort('enough') }));
    expect(await waiting).toBe('enough');
    expect(work).not.toHaveBeenCalled();
  });

  test.each([Infinity, 2 ** 31])('does not end a wait of %d ms at once', async (timeoutMs) => {
    const work = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('done'), 1000));
    const waiting = withTimeout(work, { timeoutMs, what: 'work' });
    await vi.advanceTimersByTimeAsync(1000);
    await expect(waiting).resolves.toBe('done');
  });
});
