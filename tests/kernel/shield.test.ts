import { runInThisContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { question, Shield, shieldMemory, terminateUnshielded, withdrawQuestion } from '../../src/kernel/shield.ts';

const timeoutMs = 1;

/** Asks a shield in this very thread, as the inspector does in the other one. */
function askHere(): void {
  runInThisContext(question(false));
}

/** The answer of a runtime thread that stands still to be terminated. */
const EXPOSED = 3;

describe('a shield', () => {
  test("keeps a termination off the kernel's own work, also where that nests", () => {
    const memory = shieldMemory();
    const shield = new Shield(memory);
    shield.listen();
    const terminate = vi.fn<() => void>();
    const attempt = shield.protect(() => {
      shield.protect(() => {});
      return terminateUnshielded(memory, { ask: askHere, terminate, timeoutMs });
    });
    expect(attempt).toBe('spared');
    expect(terminate).not.toHaveBeenCalled();
  });

  test('does nothing when nobody has asked', () => {
    const shield = new Shield();
    shield.listen();
    expect(askHere).not.toThrow();
  });

  test('lets work throw', () => {
    expect(() => new Shield().protect(() => JSON.parse('{') as void)).toThrow(SyntaxError);
  });
});

describe('a termination', () => {
  test('is sent while the runtime thread stands still', () => {
    const memory = shieldMemory();
    const terminate = vi.fn<() => void>(() => expect(Atomics.load(memory, 0)).toBe(EXPOSED));
    const ask = (): void => void Atomics.store(memory, 0, EXPOSED);
    expect(terminateUnshielded(memory, { ask, terminate, timeoutMs })).toBe('terminated');
    expect(terminate).toHaveBeenCalledOnce();
    expect(Atomics.load(memory, 0)).toBe(0);
  });

  test('is sent as soon as a thread that was in a system call has come out of it', () => {
    const memory = shieldMemory();
    const [ask, terminate] = [vi.fn<() => void>(), vi.fn<() => void>()];
    expect(terminateUnshielded(memory, { ask, terminate, timeoutMs })).toBe('silent');
    Atomics.store(memory, 0, EXPOSED);
    expect(terminateUnshielded(memory, { ask, terminate, timeoutMs })).toBe('terminated');
    expect(ask).toHaveBeenCalledOnce();
  });

  test('that is called off lets a thread that stands still go on', () => {
    const memory = shieldMemory();
    Atomics.store(memory, 0, EXPOSED);
    withdrawQuestion(memory);
    expect(Atomics.load(memory, 0)).toBe(0);
  });
});
