import { describe, expect, test } from 'vitest';
import { callUserCode } from '../../../src/kernel/runtime/call-user-code.ts';

describe('callUserCode', () => {
  test('returns what the work returns', () => {
    expect(callUserCode(() => 42)).toBe(42);
  });

  test('throws what the work throws', () => {
    const error = new TypeError('bad');
    expect(() =>
      callUserCode(() => {
        throw error;
      }),
    ).toThrow(error);
  });

  test('can be nested', () => {
    expect(callUserCode(() => [callUserCode(() => 1), callUserCode(() => 2)])).toEqual([1, 2]);
  });
});
