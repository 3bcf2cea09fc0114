import fc from 'fast-check';
import { random } from 'labmill';
import { describe, expect, test } from 'vitest';
import fixture from '../fixtures/xoshiro128.json' with { type: 'json' };

const draw = (n: number, one: () => number): number[] => Array.from({ length: n }, one);
const ascending = (a: number, b: number): number => a - b;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

// The numbers of an implementation of its own in Python (tests/fixtures/xoshiro128.py), whose generator gives the vector
// that the Rust crate rand_xoshiro tests with.
describe.each(fixture.references)('random($randomState) agrees with the reference', (reference) => {
  test('in uniform, to the last bit', () => {
    const source = random(reference.randomState);
    expect(draw(5, () => source.uniform())).toEqual(reference.uniform);
  });

  test('in normal, to the rounding of log', () => {
    const source = random(reference.randomState);
    const differences = draw(5, () => source.normal()).map((value, i) => Math.abs(value - reference.normal[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-14);
  });

  test('in integer', () => {
    const source = random(reference.randomState);
    expect(draw(5, () => source.integer(-3, 1000))).toEqual(reference.integer);
  });

  test('in shuffle', () => {
    expect(random(reference.randomState).shuffle([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual(reference.shuffle);
  });
});

describe('random', () => {
  test('gives different sequences for seeds that differ above bit 32 only', () => {
    expect(random(2 ** 32).uniform()).not.toBe(random(0).uniform());
    expect(random(2 ** 32).uniform()).not.toBe(random(0x9e3779b9).uniform());
  });

  test.each([-1, 0.5, NaN, Infinity, 2 ** 53])('refuses the randomState %d', (randomState) => {
    expect(() => random(randomState)).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARGUMENT',
        message: `randomState: expected a whole number of 0 … 2^53 - 1, got ${randomState}`,
      }),
    );
  });
});

describe('uniform', () => {
  test('stays within [low, high)', () => {
    const range = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(fc.nat(), range, (randomState, [low, width]) => {
        const value = random(randomState).uniform(low, low + width);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThan(low + width);
      }),
    );
  });

  // 16 cells: the 0.001 quantile of chi-squared with 15 degrees of freedom is 3.48, the 0.999 quantile 37.70.
  test('fills 16 equal cells evenly (chi-squared of 16,000 draws)', () => {
    const source = random(1);
    const counts = new Array<number>(16).fill(0);
    draw(16_000, () => counts[Math.floor(source.uniform(0, 16))]!++);
    const chiSquared = sum(counts.map((count) => (count - 1000) ** 2 / 1000));
    expect(chiSquared).toBeGreaterThan(3.48);
    expect(chiSquared).toBeLessThan(37.7);
  });
});

describe('normal', () => {
  const source = random(2);
  const values = draw(20_000, () => source.normal(5, 2)).map((value) => (value - 5) / 2);

  // Standard errors of the k-th sample moment of 20,000 standard normal values; four of them are allowed.
  test.each([
    { moment: 1, expected: 0, standardError: Math.sqrt(1 / 20_000) },
    { moment: 2, expected: 1, standardError: Math.sqrt(2 / 20_000) },
    { moment: 3, expected: 0, standardError: Math.sqrt(15 / 20_000) },
    { moment: 4, expected: 3, standardError: Math.sqrt(96 / 20_000) },
  ])('has moment $moment of the normal distribution', ({ moment, expected, standardError }) => {
    const found = sum(values.map((value) => value ** moment)) / values.length;
    expect(Math.abs(found - expected)).toBeLessThan(4 * standardError);
  });

  // Φ(1.959964) - Φ(-1.959964) = 0.95; the standard error of the share is 0.00154.
  test('has 5 % of its values beyond 1.96 standard deviations', () => {
    const beyond = values.filter((value) => Math.abs(value) > 1.959964).length / values.length;
    expect(Math.abs(beyond - 0.05)).toBeLessThan(4 * 0.00154);
  });
});

describe('integer', () => {
  test('takes every value of [low, high) equally often', () => {
    const source = random(3);
    const counts = new Array<number>(6).fill(0);
    draw(12_000, () => counts[source.integer(-3, 3) + 3]!++);
    // The 0.999 quantile of chi-squared with 5 degrees of freedom.
    expect(sum(counts.map((count) => (count - 2000) ** 2 / 2000))).toBeLessThan(20.52);
  });

  test.each([
    [1, 1, 'expected whole numbers low < high, got 1 and 1'],
    [0.5, 2, 'expected whole numbers low < high, got 0.5 and 2'],
    [-(2 ** 53 - 1), 2 ** 53 - 1, 'expected a range below 2^53'],
  ])('refuses the range %d … %d', (low, high, message) => {
    expect(() => random(0).integer(low, high)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(message) as string }),
    );
  });
});

describe('shuffle', () => {
  test('keeps the values and leaves the argument alone', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.integer()), (randomState, values) => {
        const before = [...values];
        const shuffled = random(randomState).shuffle(values);
        expect(shuffled.toSorted(ascending)).toEqual(before.toSorted(ascending));
        expect(values).toEqual(before);
      }),
    );
  });

  // The 0.999 quantile of chi-squared with 5 degrees of freedom.
  test('makes each of the six orders of three values equally often', () => {
    const source = random(4);
    const counts = new Map<string, number>();
    const orders = Array.from({ length: 6000 }, () => source.shuffle(['a', 'b', 'c']).join(''));
    for (const order of orders) counts.set(order, (counts.get(order) ?? 0) + 1);
    expect(counts.size).toBe(6);
    expect(sum([...counts.values()].map((count) => (count - 1000) ** 2 / 1000))).toBeLessThan(20.52);
  });
});

describe('split', () => {
  test('gives another generator at each call, and the same ones for the same seed', () => {
    const firsts = (): number[] => {
      const source = random(5);
      return draw(1000, () => source.split().uniform());
    };
    expect(new Set(firsts()).size).toBe(1000);
    expect(firsts()).toEqual(firsts());
  });
});
