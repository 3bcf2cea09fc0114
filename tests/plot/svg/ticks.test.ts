import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearTicks, logTicks, multiples, niceStep, numberFormat } from '../../../src/plot/svg/ticks.ts';

const range = fc
  .tuple(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: 1e-6, max: 1e9, noNaN: true }))
  .map(([low, width]) => [low, low + width] as const)
  .filter(([low, high]) => (high - low) / Math.max(Math.abs(low), Math.abs(high)) > 1e-6);

describe('niceStep', () => {
  // The steps of d3-array's tickStep(start, stop, count).
  test.each([
    [0, 1, 10, 0.1],
    [0, 1, 9, 0.1],
    [0, 1, 8, 0.1],
    [0, 1, 7, 0.2],
    [0, 1, 4, 0.2],
    [0, 1, 3, 0.5],
    [0, 1, 1, 1],
    [0, 10, 4, 2],
    [-10, 10, 5, 5],
    [0, 1000, 5, 200],
  ])('of %d to %d in about %d parts is %d, as in d3', (low, high, count, step) => {
    expect(niceStep(low, high, count)).toBeCloseTo(step, 12);
  });
});

describe('linearTicks', () => {
  test('are exact decimals, not sums of a rounded step', () => {
    expect(linearTicks(0, 1, 10).map(({ value }) => value)).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
    ]);
  });

  test('are written with as many decimals as the step needs', () => {
    expect(linearTicks(-0.5, 0.5, 4).map(({ label }) => label)).toEqual(['−0.4', '−0.2', '0.0', '0.2', '0.4']);
  });

  test('lie in the range, rise, and are told apart by their labels', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 2, max: 12 }), ([low, high], count) => {
        const ticks = linearTicks(low, high, count);
        const slack = (high - low) * 1e-6;
        expect(ticks.every(({ value }) => value >= low - slack && value <= high + slack)).toBe(true);
        expect(new Set(ticks.map(({ value }) => value)).size).toBe(ticks.length);
      }),
    );
  });

  test('are about as many as asked for', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 2, max: 12 }), ([low, high], count) => {
        const { length } = linearTicks(low, high, count);
        expect(length).toBeGreaterThanOrEqual(Math.floor(count / 2));
        expect(length).toBeLessThanOrEqual(1.5 * count + 2);
      }),
    );
  });

  test('are equally far apart', () => {
    fc.assert(
      fc.property(range, ([low, high]) => {
        const values = linearTicks(low, high, 6).map(({ value }) => value);
        const steps = values.slice(1).map((value, i) => value - values[i]!);
        expect(Math.max(...steps, 0) - Math.min(...steps, Infinity)).toBeLessThanOrEqual((high - low) * 1e-6);
      }),
    );
  });
});

describe('multiples', () => {
  test('include both ends', () => {
    expect(multiples(-4, 4, 2)).toEqual([-4, -2, 0, 2, 4]);
  });

  test('are none where no multiple lies', () => {
    expect(multiples(0.1, 0.9, 1)).toEqual([]);
  });
});

describe('numberFormat', () => {
  test.each([
    [1, 10, 5, '5'],
    [0.05, 1, 0.25, '0.25'],
    [2000, 10_000, 8000, '8,000'],
    [2000, 90_000, -42_000, '−42,000'],
    [100_000, 400_000, 200_000, '200k'],
    [500_000, 2e6, 1.5e6, '1.5M'],
    [2e9, 8e9, 4e9, '4B'],
    [2e12, 8e12, 4e12, '4T'],
    [1e6, 5e6, 0, '0'],
    [0.0001, 0.0005, 0.0003, '3×10⁻⁴'],
    [1e-7, 1e-6, -1e-7, '−10⁻⁷'],
    [1e15, 1e16, 1e16, '10¹⁶'],
    [1, 10, -0.2, '0'],
  ])('with step %d up to %d writes %d as %s', (step, largest, value, label) => {
    expect(numberFormat(step, largest)(value)).toBe(label);
  });
});

describe('logTicks', () => {
  const labels = (low: number, high: number, count: number) => logTicks(low, high, count).map(({ label }) => label);

  test('are powers of ten over many decades', () => {
    expect(labels(0.001, 1000, 7)).toEqual(['0.001', '0.01', '0.1', '1', '10', '100', '1,000']);
  });

  test('skip powers when there are too many', () => {
    expect(labels(1e-9, 1e9, 6)).toEqual(['10⁻⁹', '10⁻⁶', '0.001', '1', '1,000', '1M', '1B']);
  });

  test('include 2 and 5 over few decades', () => {
    expect(labels(1, 100, 8)).toEqual(['1', '2', '5', '10', '20', '50', '100']);
  });

  test('are those of a linear axis within one decade', () => {
    expect(labels(20, 60, 4)).toEqual(['20', '30', '40', '50', '60']);
  });
});
