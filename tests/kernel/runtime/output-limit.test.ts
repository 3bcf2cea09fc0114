import { describe, expect, test } from 'vitest';
import { OutputLimit } from '../../../src/kernel/runtime/output-limit.ts';

describe('an output limit', () => {
  test.each([
    ['2', 2],
    [undefined, 128],
    ['', 128],
    ['0', 128],
    ['-1', 128],
    ['much', 128],
  ])('of %j is %d MB', (text, megabytes) => {
    expect(new OutputLimit(text).megabytes).toBe(megabytes);
  });

  test('says what is left, and once that it is exceeded', () => {
    const limit = new OutputLimit('1');
    expect([limit.take(1, 600_000), limit.take(1, 600_000), limit.take(1, 600_000)]).toEqual([
      { left: 1_000_000, isExceeded: false },
      { left: 400_000, isExceeded: true },
      { left: 0, isExceeded: false },
    ]);
  });

  test('is exceeded by what comes when exactly nothing is left', () => {
    const limit = new OutputLimit('1');
    expect([limit.take(1, 1_000_000), limit.take(1, 1), limit.take(1, 1)].map(({ isExceeded }) => isExceeded)).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('counts each cell for itself, and anew after its output was cleared', () => {
    const limit = new OutputLimit('1');
    limit.take(1, 900_000);
    limit.take(2, 100_000);
    limit.forget(2);
    expect([limit.take(1, 1).left, limit.take(2, 1).left]).toEqual([100_000, 1_000_000]);
  });
});
