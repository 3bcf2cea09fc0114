import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countBins, roundBins } from '../../src/plot/bins.ts';

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });

describe('roundBins', () => {
  test('are round and hold all values', () => {
    expect(roundBins([0.3, 1.7, 2.2, 4.9], 5)).toEqual({ start: 0, end: 5, size: 1 });
  });

  test('reach beyond a largest value that is round itself', () => {
    expect(roundBins([0, 1, 2, 3, 4, 5], 5)).toEqual({ start: 0, end: 6, size: 1 });
  });

  test('are one bin around a single value', () => {
    expect(roundBins([3, 3])).toEqual({ start: 2.5, end: 3.5, size: 1 });
  });

  test.each([[[0, 5e-324]], [[1, 1 + Number.EPSILON]], [[-1e6, -1e6 + 1e-9]], [[1e15, 1e15 + 1000]]])(
    'are one bin around %j, which is too narrow to divide',
    (values) => {
      expect(countBins(values, roundBins(values))).toEqual([2]);
    },
  );

  test('are as many as Sturges asks for when half of the values are equal', () => {
    // log2(8) + 1 = 4 bins over 4, so a width of 1
    expect(roundBins([0, 2, 2, 2, 2, 2, 2, 4]).size).toBe(1);
  });

  test('count each value once', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const counts = countBins(values, roundBins(values));
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(values.length);
      }),
    );
  });
});

describe('countBins', () => {
  test('gives a value on an edge to the bin above it', () => {
    expect(countBins([0, 1, 1, 2], { start: 0, end: 3, size: 1 })).toEqual([1, 2, 1]);
  });

  test('leaves out what lies beyond the bins', () => {
    expect(countBins([-1, 0.5, 7], { start: 0, end: 2, size: 1 })).toEqual([1, 0]);
  });

  test('is not led astray by 0.1 + 0.2', () => {
    expect(countBins([0.1 + 0.2, 0.3], { start: 0, end: 0.4, size: 0.1 })).toEqual([0, 0, 0, 2]);
  });
});
