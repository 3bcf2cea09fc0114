import fc from 'fast-check';
import { Table } from 'labmill/data';
import { LinearRegression } from 'labmill/training';
import { describe, expect, test } from 'vitest';
import { misses } from '../support/misses.ts';
import { fixture } from '../support/fixture.ts';

interface Case {
  readonly name: string;
  readonly fitIntercept: boolean;
  readonly X: number[][];
  readonly y: number[];
  readonly coef: number[];
  readonly intercept: number;
  readonly score: number | null;
  readonly predicted: number[];
}

// Expected values: scikit-learn, see tests/fixtures/sklearn-training.py.
const { linear } = fixture('sklearn-training') as { linear: Case[] };
const withScore = linear.filter(({ score }) => score !== null);

describe('LinearRegression', () => {
  test.each(linear)('learns what scikit-learn does: $name', ({ fitIntercept, X, y, coef, intercept }) => {
    const model = new LinearRegression({ fitIntercept }).fit(X, y);
    expect(misses(model.coef, coef, 1e-9)).toEqual([]);
    expect(misses([model.intercept], [intercept], 1e-9)).toEqual([]);
  });

  test.each(linear)('predicts what scikit-learn does: $name', ({ fitIntercept, X, y, predicted }) => {
    expect(misses(new LinearRegression({ fitIntercept }).fit(X, y).predict(X), predicted, 1e-7)).toEqual([]);
  });

  test.each(withScore)('scores what scikit-learn does: $name', ({ fitIntercept, X, y, score }) => {
    expect(new LinearRegression({ fitIntercept }).fit(X, y).score(X, y)).toBeCloseTo(score!, 7);
  });

  test('leaves residuals that are orthogonal to every column', () => {
    const value = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { minLength: 4, maxLength: 30 }), (rows) => {
        const X = rows.map(([a, b]) => [a, b]);
        const predicted = new LinearRegression()
          .fit(
            X,
            rows.map(([, , y]) => y),
          )
          .predict(X);
        const residuals = rows.map(([, , y], i) => y - predicted[i]!);
        const products = [0, 1].map((j) => residuals.reduce((sum, r, i) => sum + r * X[i]![j]!, 0));
        expect(misses([...products, residuals.reduce((a, b) => a + b, 0)], [0, 0, 0], 1e-3)).toEqual([]);
      }),
    );
  });

  test('does not care for the units of dependent columns', () => {
    const rows = Array.from({ length: 20 }, (_, i) => [i % 3, (i * 7) % 5, (i % 3) + ((i * 7) % 5)]);
    const y = rows.map(([a, b]) => 2 * a! - b! + 1);
    const units = [1e8, 1e-9, 1];
    const X = rows.map((row) => row.map((value, j) => value * units[j]!));
    expect(misses(new LinearRegression().fit(X, y).predict(X), y, 1e-9)).toEqual([]);
  });

  test('solves a nearly dependent pair of columns to many digits', () => {
    const X = Array.from({ length: 50 }, (_, i) => [i, i + 1e-3 * ((i * 37) % 11)]);
    const model = new LinearRegression().fit(
      X,
      X.map(([a, b]) => 3 * a! - 2 * b! + 1),
    );
    expect(misses(model.coef, [3, -2], 1e-8)).toEqual([]);
  });

  test('learns the same from more rows than fit into a block', () => {
    const X = Array.from({ length: 5000 }, (_, i) => [Math.sin(i), 1e6 + Math.cos(i * 1.7), (i % 17) - 8]);
    const model = new LinearRegression().fit(
      X,
      X.map(([a, b, c]) => a! + 2 * b! - 3 * c! + 0.5),
    );
    expect(misses(model.coef, [1, 2, -3], 1e-10)).toEqual([]);
  });

  test('finds the columns of a table by name', () => {
    const train = Table.fromColumns({ a: [1, 2, 4, 3], b: [0, 1, 0, 5] });
    const model = new LinearRegression().fit(train, [3, 6, 9, 12]);
    const shuffled = Table.fromColumns({ label: ['x'], b: [1], a: [2] });
    expect(model.predict(shuffled)[0]).toBeCloseTo(6, 12);
  });

  test('forgets the first fit at the second', () => {
    const model = new LinearRegression()
      .fit(
        [
          [1, 1],
          [2, 0],
        ],
        [1, 2],
      )
      .fit([[1], [2]], [10, 20]);
    expect(misses(model.coef, [10])).toEqual([]);
  });

  test('returns its options, and takes new ones for the next fit', () => {
    const model = new LinearRegression().setParams({ fitIntercept: false });
    expect(model.getParams()).toEqual({ fitIntercept: false, tol: 1e-6 });
    expect(model.fit([[1], [2]], [5, 5]).intercept).toBe(0);
  });

  const fitted = new LinearRegression().fit(
    [
      [1, 2],
      [3, 5],
      [4, 4],
    ],
    [1, 2, 3],
  );
  const named = new LinearRegression().fit(Table.fromColumns({ a: [1, 2] }), [1, 2]);
  test.each([
    [
      'a y of another length',
      () => fitted.fit([[1], [2]], [1]),
      'ERR_SHAPE',
      'LinearRegression.fit: expected y of length 2 (rows of X), got 1',
    ],
    ['no rows', () => fitted.fit([], []), 'ERR_EMPTY_DATA', 'expected at least one row and one column, got 0 × 0'],
    ['rows of different lengths', () => fitted.fit([[1], [1, 2]], [1, 2]), 'ERR_SHAPE', 'values in row 1'],
    ['NaN in X', () => fitted.fit([[1], [NaN]], [1, 2]), 'ERR_NOT_FINITE', 'got NaN in row 1, column 0'],
    ['an infinity in X', () => fitted.fit([[1], [-Infinity]], [1, 2]), 'ERR_NOT_FINITE', 'got -Infinity in row 1'],
    ['NaN in y', () => fitted.fit([[1], [2]], [NaN, 2]), 'ERR_NOT_FINITE', 'finite numbers in y, got NaN in row 0'],
    [
      'NaN without an intercept',
      () => new LinearRegression({ fitIntercept: false }).fit([[NaN], [2]], [1, 2]),
      'ERR_NOT_FINITE',
      'got NaN in row 0',
    ],
    ['numbers that overflow', () => fitted.fit([[1e200], [-1e200]], [1, 2]), 'ERR_NOT_FINITE', 'Scale X and y first'],
    ['strings in y', () => fitted.fit([[1], [2]], [1, '2'] as never), 'ERR_INVALID_ARGUMENT', 'got "2" in row 1'],
    [
      'strings in X',
      () => fitted.fit(Table.fromColumns({ s: ['a'] }), [1]),
      'ERR_COLUMN',
      'got strings in column "s". Encode it',
    ],
    ['a bad tol', () => new LinearRegression({ tol: -1 }).fit([[1]], [1]), 'ERR_INVALID_ARGUMENT', 'got -1'],
    [
      'no fit',
      () => new LinearRegression().predict([[1]]),
      'ERR_NOT_FITTED',
      'LinearRegression: expected fit(X, y) to be called first',
    ],
    ['no fit before a learned value', () => new LinearRegression().coef, 'ERR_NOT_FITTED', 'expected fit'],
    [
      'another width at predict',
      () => fitted.predict([[1]]),
      'ERR_SHAPE',
      'LinearRegression.predict: expected 2 columns (as in fit), got 1',
    ],
    [
      'NaN at predict',
      () => fitted.predict([[1, NaN]]),
      'ERR_NOT_FINITE',
      'LinearRegression.predict: expected finite numbers, got NaN in row 0, column 1',
    ],
    [
      'a missing column at predict',
      () => named.predict(Table.fromColumns({ b: [1] })),
      'ERR_COLUMN',
      'got none named "a"',
    ],
    ['NaN in a named column', () => named.predict(Table.fromColumns({ a: [NaN] })), 'ERR_NOT_FINITE', 'row 0, "a"'],
    [
      'a constant y at score',
      () =>
        fitted.score(
          [
            [1, 2],
            [2, 3],
          ],
          [1, 1],
        ),
      'ERR_CONSTANT_DATA',
      'LinearRegression.score: expected y to vary, got 2 rows with y = 1',
    ],
    ['a y of another length at score', () => fitted.score([[1, 2]], [1, 1]), 'ERR_SHAPE', 'expected y of length 1'],
  ])('refuses %s', (_what, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
