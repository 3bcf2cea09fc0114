import { describe, expect, test, vi } from 'vitest';
import { shieldMemory } from '../../../../src/kernel/shield.ts';
import type { ToRuntime } from '../../../../src/kernel/thread-messages.ts';
import { Interrupter } from '../../../../src/kernel/worker/interrupts/interrupter.ts';
import type { Attempt, Terminator } from '../../../../src/kernel/worker/interrupts/terminator.ts';

/** An interrupter whose attempts come out as given, the last one again and again, and whose runtime thread answers after `answersAfter`. */
function anInterrupter(attempts: readonly Attempt[], answersAfter: number) {
  const posted: ToRuntime[] = [];
  const answer = (): void => interrupter.onInterrupted(1);
  const post = (message: ToRuntime): void => {
    posted.push(message);
    if (answersAfter === 0) answer();
  };
  let count = 0;
  const attempt = vi.fn<Terminator['attempt']>(() => {
    count++;
    if (count === answersAfter) setImmediate(answer);
    return attempts[count - 1] ?? attempts.at(-1)!;
  });
  const terminator = { attempt, force: vi.fn<Terminator['force']>(), close: vi.fn<() => void>() };
  const signalAwaitedChild = vi.fn<(signal: NodeJS.Signals) => Promise<void>>();
  const parts = { post, shield: shieldMemory(), openTerminator: async () => terminator, signalAwaitedChild };
  const interrupter: Interrupter = new Interrupter(parts);
  return { interrupter, posted, ...terminator, signalAwaitedChild };
}

describe('an interrupter', () => {
  test('terminates nothing when the runtime thread answers', async () => {
    const { interrupter, posted, attempt } = anInterrupter(['spared'], 0);
    await interrupter.interrupt();
    expect(posted).toEqual([{ type: 'interrupt', request: 1 }]);
    expect(attempt).not.toHaveBeenCalled();
  });

  test('tries until what runs may be terminated, and says again what may have been lost with it', async () => {
    const { interrupter, posted, attempt, close } = anInterrupter(['spared', 'spared', 'terminated'], 3);
    await interrupter.interrupt();
    expect([posted.length, attempt.mock.calls.length]).toEqual([2, 3]);
    expect(close).toHaveBeenCalledOnce();
  });

  test("spares the kernel's own code at first, not for ever", async () => {
    const { interrupter, attempt } = anInterrupter(['spared'], 20);
    await interrupter.interrupt();
    expect(attempt.mock.calls.map(([isUrgent]) => isUrgent)).toEqual([
      ...Array(12).fill(false),
      ...Array(8).fill(true),
    ]);
  });

  test('signals the process that the runtime thread waits for', async () => {
    const { interrupter, signalAwaitedChild } = anInterrupter(['silent'], 5);
    await interrupter.interrupt();
    expect(signalAwaitedChild.mock.calls).toEqual([['SIGINT']]);
  });

  test('takes interrupts that come meanwhile for the same', async () => {
    const { interrupter, posted } = anInterrupter(['terminated'], 1);
    await Promise.all([interrupter.interrupt(), interrupter.interrupt()]);
    expect(new Set(posted.map((message) => 'request' in message && message.request))).toEqual(new Set([1]));
  });

  test('does not take the late answer to an interrupt for one to the next', async () => {
    const { interrupter, attempt } = anInterrupter(['terminated'], 1);
    await interrupter.interrupt();
    const again = interrupter.interrupt();
    interrupter.onInterrupted(1);
    await vi.waitFor(() => expect(attempt.mock.calls.length).toBeGreaterThan(1));
    interrupter.onInterrupted(2);
    await expect(again).resolves.toBeUndefined();
  });

  test('holds back what is to run next while it is at work', async () => {
    const { interrupter } = anInterrupter(['terminated'], 1);
    const order: string[] = [];
    const interrupted = interrupter.interrupt().then(() => order.push('interrupted'));
    await interrupter.quiet().then(() => order.push('quiet'));
    await interrupted;
    expect(order.toSorted()).toEqual(['interrupted', 'quiet']);
    await expect(interrupter.quiet()).resolves.toBeUndefined();
  });
});
