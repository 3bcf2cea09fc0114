import { describe, expect, test, vi } from 'vitest';
import { shieldMemory } from '../../../src/kernel/shield.ts';
import type { ToRuntime } from '../../../src/kernel/thread-messages.ts';
import { Interrupter } from '../../../src/kernel/worker/interrupter.ts';

/** An interrupter whose runtime thread answers the interrupt with the number `answers`, and no other. */
function anInterrupter(answers: number, terminate: () => Promise<void> = () => Promise.resolve()) {
  const posted: ToRuntime[] = [];
  const post = (message: ToRuntime): void => {
    posted.push(message);
    const asked = posted.filter(({ type }) => type === 'interrupt').length;
    if (message.type === 'interrupt' && asked === answers) interrupter.onInterrupted(message.request);
  };
  const ended = vi.fn<() => Promise<void>>(terminate);
  const interrupter: Interrupter = new Interrupter({ post, shield: shieldMemory(), terminate: ended });
  return { interrupter, posted, ended };
}

describe('an interrupter', () => {
  test('terminates nothing when the runtime thread answers', async () => {
    const { interrupter, posted, ended } = anInterrupter(1);
    await interrupter.interrupt();
    expect(posted).toEqual([{ type: 'interrupt', request: 1 }]);
    expect(ended).not.toHaveBeenCalled();
  });

  test('terminates what runs until the message is answered', async () => {
    const { interrupter, posted, ended } = anInterrupter(3);
    await interrupter.interrupt();
    expect([posted.length, ended.mock.calls.length]).toEqual([3, 2]);
  });

  test('does not ask again when the answer came during the termination', async () => {
    const { interrupter, posted } = anInterrupter(0, () => Promise.resolve(interrupter.onInterrupted(1)));
    await interrupter.interrupt();
    expect(posted).toHaveLength(1);
  });

  test('gives a termination something to hit where nothing runs any more', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { interrupter, posted } = anInterrupter(2, () => promise);
    const interrupted = interrupter.interrupt();
    await vi.waitFor(() => expect(posted).toContainEqual({ type: 'nothing' }));
    resolve();
    await interrupted;
    expect(posted.at(-1)).toMatchObject({ type: 'interrupt' });
  });

  test('holds back what is to run next while a termination is under way', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { interrupter, ended } = anInterrupter(2, () => promise);
    const interrupted = interrupter.interrupt();
    await vi.waitFor(() => expect(ended).toHaveBeenCalled());
    const order: string[] = [];
    const quiet = interrupter.quiet().then(() => order.push('quiet'));
    order.push('ended');
    resolve();
    await Promise.all([quiet, interrupted]);
    expect(order).toEqual(['ended', 'quiet']);
  });
});
