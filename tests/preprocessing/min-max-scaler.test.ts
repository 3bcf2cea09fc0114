import fc from 'fast-check';
import { MinMaxScaler, type MinMaxScalerOptions } from 'labmill/preprocessing';
import { describe, expect, test } from 'vitest';
import { misses, matrixMisses, withNaN } from '../support/misses.ts';
import { fixture } from '../support/fixture.ts';

interface Case {
  readonly name: string;
  readonly options: MinMaxScalerOptions;
  readonly learned: Readonly<Record<'dataMin' | 'dataMax', number[]>>;
  readonly transformed: (number | null)[][];
  readonly unseen: (number | null)[][];
  readonly inverse: (number | null)[][];
}

// Expected values: scikit-learn, see tests/fixtures/sklearn-preprocessing.py.
const { minMax, ...data } = fixture('sklearn-preprocessing') as {
  minMax: Case[];
  X: (number | null)[][];
  unseen: (number | null)[][];
};
const X = withNaN(data.X);
const unseen = withNaN(data.unseen);

describe.each(minMax)('MinMaxScaler with $name', ({ options, learned, ...expected }) => {
  test('learns what scikit-learn does', () => {
    const scaler = new MinMaxScaler(options).fit(X);
    expect(misses(scaler.dataMin, learned.dataMin)).toEqual([]);
    expect(misses(scaler.dataMax, learned.dataMax)).toEqual([]);
  });

  test('transforms what fit saw as scikit-learn does', () => {
    expect(matrixMisses(new MinMaxScaler(options).fitTransform(X), expected.transformed)).toEqual([]);
  });

  test('transforms unseen rows as scikit-learn does', () => {
    expect(matrixMisses(new MinMaxScaler(options).fit(X).transform(unseen), expected.unseen)).toEqual([]);
  });

  test('inverts as scikit-learn does', () => {
    const scaler = new MinMaxScaler(options);
    expect(matrixMisses(scaler.inverseTransform(scaler.fitTransform(X)), expected.inverse)).toEqual([]);
  });
});

describe('MinMaxScaler', () => {
  test('puts what fit saw into the range', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value), { minLength: 1 }), (rows) => {
        const { data: scaled } = new MinMaxScaler({ featureRange: [-1, 1] }).fitTransform(rows);
        expect(Math.min(...scaled)).toBeCloseTo(-1, 6);
        expect(Math.max(...scaled)).toBeLessThan(1 + 1e-6);
      }),
    );
  });

  test('makes the lower end of a constant column', () => {
    expect([...new MinMaxScaler({ featureRange: [2, 3] }).fitTransform([[7], [7]]).data]).toEqual([2, 2]);
  });

  test.each([
    [[1, 1], 'got [1, 1]'],
    [[2, -1], 'got [2, -1]'],
    [[0, Infinity], 'got [0, Infinity]'],
  ] as const)('refuses the range %j', (featureRange, message) => {
    expect(() => new MinMaxScaler({ featureRange }).fit([[1]])).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(message) }),
    );
  });
});
