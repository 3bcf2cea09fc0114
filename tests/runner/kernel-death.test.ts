import { describe, expect, test } from 'vitest';
import { kernelDeath } from '../../src/runner/kernel-death.ts';

const bySignal = (signal: string) => ({ exitStatus: null, signal });
const outOfMemory = `<--- Last few GCs --->
[1:0x1] 100 ms: Mark-Compact 60.1 (83.7) -> 60.0 (83.7) MB
FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
----- Native stack trace -----
 1: 0xe1 node::OOMErrorHandler`;

describe('kernelDeath', () => {
  test.each([
    [{ exitStatus: 3, signal: null }, 'ended with exit status 3'],
    [bySignal('SIGKILL'), 'was killed by SIGKILL, as systems do that run out of memory'],
    [bySignal('SIGTERM'), 'was killed by SIGTERM'],
    [bySignal('SIGSEGV'), 'crashed in native code (SIGSEGV)'],
  ])('says how the process ended: %j', (end, how) => {
    const error = kernelDeath(7, end, '');
    expect(error).toMatchObject({ code: 'ERR_KERNEL_DIED', ...end });
    expect(error.message).toBe(`kernel died: the process (pid 7) ${how}`);
  });

  test('knows when V8 was out of memory, and says what to do', () => {
    expect(kernelDeath(7, bySignal('SIGABRT'), outOfMemory).message).toBe(
      "kernel died: the process (pid 7) ran out of memory: V8's heap reached its limit " +
        '(NODE_OPTIONS=--max-old-space-size=MEGABYTES raises it)',
    );
  });

  test('leaves out the native stack of a crash', () => {
    const { message } = kernelDeath(
      7,
      bySignal('SIGABRT'),
      'assertion failed\n----- Native stack trace -----\n 1: 0xe1',
    );
    expect(message).toMatch(/\(SIGABRT\)\. It wrote:\nassertion failed$/);
  });

  test('quotes what the process wrote last', () => {
    expect(kernelDeath(7, { exitStatus: 1, signal: null }, '\nno room\n').message).toMatch(
      /status 1\. It wrote:\nno room$/,
    );
  });
});
