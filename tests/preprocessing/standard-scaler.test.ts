import fc from 'fast-check';
import { Table } from 'labmill/data';
import { StandardScaler } from 'labmill/preprocessing';
import { describe, expect, test } from 'vitest';
import { misses, matrixMisses, withNaN } from '../support/misses.ts';
import { fixture } from '../support/fixture.ts';

interface Case {
  readonly name: string;
  readonly options: { withMean?: boolean; withStd?: boolean };
  readonly learned: Readonly<Record<string, (number | null)[]>>;
  readonly transformed: (number | null)[][];
  readonly unseen: (number | null)[][];
  readonly inverse: (number | null)[][];
}

// Expected values: scikit-learn, see tests/fixtures/sklearn-preprocessing.py.
const { standard, ...data } = fixture('sklearn-preprocessing') as {
  standard: Case[];
  X: (number | null)[][];
  unseen: (number | null)[][];
};
const X = withNaN(data.X);
const unseen = withNaN(data.unseen);

describe.each(standard)('StandardScaler with $name', ({ options, learned, ...expected }) => {
  test('learns what scikit-learn does', () => {
    const scaler = new StandardScaler(options).fit(X);
    expect(misses(scaler.mean, learned['mean']!)).toEqual([]);
    expect(misses(scaler.variance, learned['variance'] ?? [...scaler.variance])).toEqual([]);
    expect(misses(scaler.scale, learned['scale'] ?? [...scaler.scale])).toEqual([]);
  });

  test('transforms what fit saw as scikit-learn does', () => {
    expect(matrixMisses(new StandardScaler(options).fitTransform(X), expected.transformed)).toEqual([]);
  });

  test('transforms unseen rows as scikit-learn does', () => {
    expect(matrixMisses(new StandardScaler(options).fit(X).transform(unseen), expected.unseen)).toEqual([]);
  });

  test('inverts as scikit-learn does', () => {
    const scaler = new StandardScaler(options);
    expect(matrixMisses(scaler.inverseTransform(scaler.fitTransform(X)), expected.inverse)).toEqual([]);
  });
});

describe('StandardScaler', () => {
  test('only centres a constant column', () => {
    const scaler = new StandardScaler();
    expect(misses(scaler.fitTransform([[0.1], [0.1], [0.1]]).data, [0, 0, 0], 1e-16)).toEqual([]);
    expect(scaler.scale).toEqual(Float64Array.of(1));
  });

  test('makes a table of a table, whatever the order of its columns and whatever else it holds', () => {
    const scaler = new StandardScaler().fit(Table.fromColumns({ a: [0, 2], b: [10, 30] }));
    const scaled = scaler.transform(Table.fromColumns({ name: ['x'], b: [20], a: [3] }));
    expect(scaled.records()).toEqual([{ a: 2, b: 0 }]);
  });

  test('forgets the first fit at the second', () => {
    const scaler = new StandardScaler().fit([[0], [100]]).fit([
      [0, 1],
      [2, 3],
    ]);
    expect([...scaler.mean]).toEqual([1, 2]);
  });

  test('returns its options, and takes new ones for the next fit', () => {
    const scaler = new StandardScaler({ withMean: false }).setParams({ withStd: false });
    expect(scaler.getParams()).toEqual({ withMean: false, withStd: false });
  });

  test('inverseTransform undoes transform', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 }), (rows) => {
        const scaler = new StandardScaler();
        expect(matrixMisses(scaler.inverseTransform(scaler.fitTransform(rows)), rows, 1e-9)).toEqual([]);
      }),
    );
  });

  test.each([
    ['no rows', () => new StandardScaler().fit([]), 'ERR_EMPTY_DATA', 'StandardScaler.fit: expected at least one row'],
    [
      'only missing values',
      () => new StandardScaler().fit([[NaN], [NaN]]),
      'ERR_EMPTY_DATA',
      'column "x0": expected at least one value',
    ],
    ['an infinity', () => new StandardScaler().fit([[1], [Infinity]]), 'ERR_NOT_FINITE', 'got Infinity in row 1'],
    [
      'rows of different lengths',
      () => new StandardScaler().fit([[1, 2], [1]]),
      'ERR_SHAPE',
      'expected 2 values in row 1 (as in row 0), got 1',
    ],
    [
      'strings',
      () => new StandardScaler().fit(Table.fromColumns({ a: ['x'] })),
      'ERR_COLUMN',
      'column "a": expected numbers, got strings',
    ],
    [
      'no fit',
      () => new StandardScaler().transform([[1]]),
      'ERR_NOT_FITTED',
      'StandardScaler: expected fit(X) to be called first',
    ],
    ['no fit before a learned value', () => new StandardScaler().mean, 'ERR_NOT_FITTED', 'expected fit(X)'],
    [
      'another width',
      () => new StandardScaler().fit([[1]]).transform([[1, 2]]),
      'ERR_SHAPE',
      'StandardScaler.transform: expected 1 columns (as in fit), got 2',
    ],
    [
      'a missing column',
      () => new StandardScaler().fit(Table.fromColumns({ a: [1], b: [2] })).transform(Table.fromColumns({ a: [1] })),
      'ERR_COLUMN',
      'expected the columns "a", "b", got none named "b"',
    ],
    [
      'a column of another type',
      () => new StandardScaler().fit(Table.fromColumns({ a: [1] })).transform(Table.fromColumns({ a: ['x'] })),
      'ERR_COLUMN',
      'expected numbers (as in fit) in column "a", got strings',
    ],
  ])('refuses %s', (_what, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
