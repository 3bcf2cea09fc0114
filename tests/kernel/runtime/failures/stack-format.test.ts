import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { installStackFormat } from '../../../../src/kernel/runtime/failures/stack-format.ts';

const ownFile = new URL('../../../../src/kernel/runtime/session.ts', import.meta.url).href;

describe('installStackFormat', () => {
  beforeEach(() => {
    const format = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
    onTestFinished(() => void (format && Object.defineProperty(Error, 'prepareStackTrace', format)));
    installStackFormat();
  });
  const write = (error: unknown, frames: readonly string[]) =>
    Error.prepareStackTrace?.(error as Error, frames as unknown as NodeJS.CallSite[]);

  test('leaves out what lies in the kernel, and everything below the script that calls cells', () => {
    const frames = [
      'f (/a/cell-1.ts:1:2)',
      `load (${ownFile}:1:1)`,
      '/a/cell-1.ts:3:4',
      'node:labmill:1:39',
      'x (node:vm:1:1)',
    ];
    expect(write(new TypeError('no'), frames)).toBe(
      'TypeError: no\n    at f (/a/cell-1.ts:1:2)\n    at /a/cell-1.ts:3:4',
    );
  });

  test('leaves other stacks as they are', () => {
    const frames = ['f (/a/b.ts:1:2)', 'listOnTimeout (node:internal/timers:1:1)'];
    expect(write(new Error(), frames)).toBe(['Error', ...frames].join('\n    at '));
  });

  test('is what errors are made with', () => {
    expect(new Error('here').stack).toMatch(/^Error: here\n {4}at .*stack-format\.test\.ts:\d+:\d+/);
  });

  test('survives an error that cannot be written', () => {
    const error = Object.defineProperty(new Error(), 'name', {
      get: () => {
        throw new Error('trap');
      },
    });
    expect(write(error, ['f (/a/b.ts:1:2)'])).toBe('Error\n    at f (/a/b.ts:1:2)');
  });
});
