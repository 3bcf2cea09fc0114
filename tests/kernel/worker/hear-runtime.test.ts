import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { Backlog, backlogMemory } from '../../../src/kernel/backlog.ts';
import { textMemory, TextRing } from '../../../src/kernel/text-ring.ts';
import type { FromRuntime } from '../../../src/kernel/thread-messages.ts';
import { hearRuntime } from '../../../src/kernel/worker/hear-runtime.ts';

/** The protocol thread's ear, with a runtime thread that a test plays. */
function aHearing() {
  const memory = { text: textMemory(), backlog: backlogMemory() };
  const ring = new TextRing(memory.text);
  const backlog = new Backlog(memory.backlog);
  const port = new EventEmitter();
  const heard: FromRuntime[] = [];
  const state = { isHeldUp: false };
  hearRuntime({ port, memory, isHeldUp: () => state.isHeldUp, onMessage: (message) => void heard.push(message) });
  const post = (message: FromRuntime, bytes = 0): void => {
    backlog.add(bytes);
    port.emit('message', { message, printed: ring.written, bytes });
  };
  return { ring, heard, post, state, unsent: () => Atomics.load(memory.backlog, 0) };
}

const clear = { type: 'clear', cell: 1, wait: false } as const;
const stream = (text: string) => ({ type: 'stream', cell: 1, name: 'stdout', text });

describe('hearRuntime', () => {
  test('hands on text without being told of it', async () => {
    const { ring, heard } = aHearing();
    ring.write(1, 'stdout', 'a');
    await vi.waitFor(() => expect(heard).toEqual([stream('a')]));
    ring.write(1, 'stdout', 'b');
    await vi.waitFor(() => expect(heard).toEqual([stream('a'), stream('b')]));
  });

  test('hands on what was printed before a message before it, and what was printed behind it behind it', async () => {
    const { ring, heard, post } = aHearing();
    ring.write(1, 'stdout', 'before');
    post(clear);
    ring.write(1, 'stdout', 'behind');
    await vi.waitFor(() => expect(heard).toEqual([stream('before'), clear, stream('behind')]));
  });

  test('lets text wait while it is held up, but not a message, nor what was printed before it', async () => {
    const { ring, heard, post, state } = aHearing();
    state.isHeldUp = true;
    ring.write(1, 'stdout', 'a');
    post(clear);
    expect(heard).toEqual([stream('a'), clear]);
    ring.write(1, 'stdout', 'b');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(heard).toHaveLength(2);
    state.isHeldUp = false;
    await vi.waitFor(() => expect(heard).toHaveLength(3));
  });

  test('counts big messages as sent when it is not held up any more', async () => {
    const { post, state, unsent } = aHearing();
    state.isHeldUp = true;
    post(clear, 1000);
    post(clear, 500);
    expect(unsent()).toBe(1500);
    state.isHeldUp = false;
    await vi.waitFor(() => expect(unsent()).toBe(0));
  });
});
