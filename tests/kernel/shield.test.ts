import { describe, expect, test, vi } from 'vitest';
import { Shield, shieldMemory, terminateUnshielded } from '../../src/kernel/shield.ts';

describe('a shield', () => {
  test('lets a termination through when the kernel does nothing of its own', async () => {
    const terminate = vi.fn<() => Promise<void>>().mockResolvedValue();
    await terminateUnshielded(shieldMemory(), terminate);
    expect(terminate).toHaveBeenCalledOnce();
  });

  test("keeps it off the kernel's own work, also where that nests", async () => {
    const memory = shieldMemory();
    const shield = new Shield(memory);
    const terminate = vi.fn<() => Promise<void>>().mockResolvedValue();
    await shield.protect(() => {
      shield.protect(() => {});
      return terminateUnshielded(memory, terminate);
    });
    expect(terminate).not.toHaveBeenCalled();
  });

  test('is down again after work that throws', async () => {
    const memory = shieldMemory();
    const work = (): void => new Shield(memory).protect(() => JSON.parse('{') as void);
    expect(work).toThrow(SyntaxError);
    const terminate = vi.fn<() => Promise<void>>().mockResolvedValue();
    await terminateUnshielded(memory, terminate);
    expect(terminate).toHaveBeenCalledOnce();
  });
});
