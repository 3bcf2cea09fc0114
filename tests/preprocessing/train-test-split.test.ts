import fc from 'fast-check';
import { Table } from 'labmill/data';
import { trainTestIndices, trainTestSplit } from 'labmill/preprocessing';
import { describe, expect, test } from 'vitest';
import { fixture } from '../support/fixture.ts';

interface Size {
  readonly n: number;
  readonly testSize: number;
  readonly train: number | null;
  readonly test: number | null;
}

interface Stratum {
  readonly counts: number[];
  readonly testSize: number;
  readonly train: number[];
  readonly test: number[];
}

// Expected numbers of rows: scikit-learn, see tests/fixtures/sklearn-preprocessing.py.
const { sizes, strata } = fixture('sklearn-preprocessing') as { sizes: Size[]; strata: Stratum[] };
const possible = sizes.filter(({ test: rows }) => rows !== null);
const impossible = sizes.filter(({ test: rows }) => rows === null);

describe('trainTestIndices', () => {
  test.each(possible)('splits $n rows at $testSize into as many as scikit-learn', ({ n, testSize, ...expected }) => {
    const { train, test: tested } = trainTestIndices(n, { testSize });
    expect({ train: train.length, test: tested.length }).toEqual(expected);
  });

  test.each(impossible)('refuses to split $n rows at $testSize, as scikit-learn does', ({ n, testSize }) => {
    expect(() => trainTestIndices(n, { testSize })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
  });

  test.each(strata)('gives classes of $counts the rows that scikit-learn does', ({ counts, testSize, ...expected }) => {
    const y = counts.flatMap((count, label) => Array.from({ length: count }, () => label));
    const { train, test: tested } = trainTestIndices(y.length, { testSize, stratify: y });
    const perClass = (rows: readonly number[]) => counts.map((_, label) => rows.filter((i) => y[i] === label).length);
    expect({ train: perClass(train), test: perClass(tested) }).toEqual(expected);
  });

  test('puts every row into one part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.boolean(), (n, randomState, shuffle) => {
        const { train, test: tested } = trainTestIndices(n, { testSize: 1, randomState, shuffle });
        expect([...train, ...tested].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  test('draws the same rows for the same seed, others for another', () => {
    const rows = (randomState: number) => trainTestIndices(100, { randomState }).test;
    expect(rows(5)).toEqual(rows(5));
    expect(rows(5)).not.toEqual(rows(6));
  });

  test('takes the last rows to test on without a shuffle', () => {
    expect(trainTestIndices(5, { testSize: 2, shuffle: false })).toEqual({ train: [0, 1, 2], test: [3, 4] });
  });

  test.each([
    ['a testSize of 0', { testSize: 0 }, 'ERR_INVALID_ARGUMENT', 'got 0 for 4 rows'],
    ['a negative testSize', { testSize: -0.5 }, 'ERR_INVALID_ARGUMENT', 'got -0.5'],
    ['a testSize that is no number', { testSize: NaN }, 'ERR_INVALID_ARGUMENT', 'got NaN'],
    ['a testSize of half a row', { testSize: 1.5 }, 'ERR_INVALID_ARGUMENT', 'got 1.5'],
    ['all rows to test on', { testSize: 4 }, 'ERR_INVALID_ARGUMENT', 'got 4 for 4 rows'],
    ['a stratify of another length', { stratify: [1, 1] }, 'ERR_SHAPE', 'expected stratify of length 4, got 2'],
    ['a class with one row', { stratify: ['a', 'a', 'a', 'b'] }, 'ERR_INVALID_ARGUMENT', 'got 1 of "b"'],
    [
      'fewer rows than classes',
      { stratify: [1, 1, 2, 2], testSize: 1 },
      'ERR_INVALID_ARGUMENT',
      'at least 2 rows (the classes)',
    ],
    [
      'stratify without a shuffle',
      { stratify: [1, 1, 2, 2], shuffle: false },
      'ERR_INVALID_ARGUMENT',
      'got shuffle: false',
    ],
  ])('refuses %s', (_what, options, code, message) => {
    expect(() => trainTestIndices(4, options)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});

describe('trainTestSplit', () => {
  const y = ['a', 'b', 'c', 'd'];
  const options = { testSize: 1, shuffle: false };

  test('keeps the rows of X and y together', () => {
    const X = Array.from({ length: 50 }, (_, i) => [i, -i]);
    const { XTrain, yTrain } = trainTestSplit(
      X,
      Float64Array.from(X, ([i]) => i! * 2),
    );
    expect(XTrain.map(([i]) => i! * 2)).toEqual([...yTrain]);
  });

  test('splits tables into tables', () => {
    const { XTest, yTest } = trainTestSplit(Table.fromColumns({ n: [1, 2, 3, 4] }), y, options);
    expect(XTest.records()).toEqual([{ n: 4 }]);
    expect(yTest).toEqual(['d']);
  });

  test('splits matrices into matrices', () => {
    const X = { data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), rows: 4, columns: 2 };
    expect(trainTestSplit(X, y, options).XTest).toEqual({ data: Float64Array.of(7, 8), rows: 1, columns: 2 });
  });

  test('returns y in the type it came in', () => {
    expect(trainTestSplit([1, 2, 3, 4], Float64Array.of(1, 2, 3, 4), options).yTest).toEqual(Float64Array.of(4));
  });

  test('refuses a y of another length', () => {
    expect(() => trainTestSplit([[1], [2]], y)).toThrow(
      expect.objectContaining({
        code: 'ERR_SHAPE',
        message: 'trainTestSplit: expected y of length 2 (rows of X), got 4',
      }),
    );
  });
});
