import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCodePoints, toUtf16 } from '../../../src/kernel/worker/cursor.ts';

describe('cursor positions', () => {
  test.each([
    ['abc', 2, 2],
    ['😀.a', 1, 2],
    ['😀😀', 2, 4],
    ['', 3, 0],
    ['ab', 9, 2],
  ])('of %j: %i code points are %i UTF-16 units', (text, codePoints, units) => {
    expect(toUtf16(text, codePoints)).toBe(units);
  });

  test('go there and back for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, number) => {
        const codePoints = Math.min(number, [...text].length);
        expect(toCodePoints(text, toUtf16(text, codePoints))).toBe(codePoints);
      }),
    );
  });
});
