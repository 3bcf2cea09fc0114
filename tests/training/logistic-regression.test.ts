import { loadBreastCancer, loadIris, loadWine } from 'labmill/data';
import { StandardScaler } from 'labmill/preprocessing';
import { LogisticRegression } from 'labmill/training';
import { describe, expect, test } from 'vitest';
import { misses } from '../support/misses.ts';
import { fixture } from '../support/fixture.ts';

interface Case {
  readonly name: string;
  readonly data: 'iris' | 'breast cancer';
  readonly options: { C: number; fitIntercept: boolean };
  readonly coef: number[][];
  readonly intercept: number[];
  readonly loss: number;
  readonly accuracy: number;
  readonly probabilities: number[][];
}

// Expected values: scikit-learn with tol=1e-12, see tests/fixtures/sklearn-training.py.
const { logistic } = fixture('sklearn-training') as { logistic: Case[] };
const iris = loadIris();
const cancer = loadBreastCancer();
const data = { iris, 'breast cancer': { X: new StandardScaler().fitTransform(cancer.X), y: cancer.y } };

/** Returns C · Σ cross-entropy + ½ ‖coef‖², written out from its definition. */
function lossOf(model: LogisticRegression, { X, y }: { X: typeof iris.X; y: readonly string[] }): number {
  const { data: probabilities, columns } = model.predictProba(X);
  const losses = y.map((label, i) => -Math.log(probabilities[i * columns + model.classes.indexOf(label)]!));
  const squares = model.coef.flatMap((row) => [...row]).map((weight) => weight ** 2);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return model.getParams().C * sum(losses) + sum(squares) / 2;
}

describe.each(logistic)('LogisticRegression on $name', ({ data: name, options, ...expected }) => {
  const { X, y } = data[name];
  const model = new LogisticRegression({ ...options, tol: 1e-8, maxIter: 1000 }).fit(X, y);

  test('reaches the loss of scikit-learn to 6 digits', () => {
    expect(lossOf(model, { X, y }) / expected.loss).toBeCloseTo(1, 7);
  });

  test('learns the coefficients of scikit-learn to 1e-4', () => {
    expect(
      misses(
        model.coef.flatMap((row) => [...row]),
        expected.coef.flat(),
        1e-4,
      ),
    ).toEqual([]);
    expect(misses(model.intercept, expected.intercept, 1e-4)).toEqual([]);
  });

  test('has the accuracy and the probabilities of scikit-learn', () => {
    const { data: all, columns } = model.predictProba(X);
    const rows = expected.probabilities.map((_, k) => [...all.subarray(k * 25 * columns, (k * 25 + 1) * columns)]);
    expect(model.score(X, y)).toBeCloseTo(expected.accuracy, 12);
    expect(misses(rows.flat(), expected.probabilities.flat(), 1e-4)).toEqual([]);
  });
});

describe('LogisticRegression', () => {
  const X = [[0], [1], [2], [3]];

  test('reaches the loss on iris to 6 digits with its defaults', () => {
    const model = new LogisticRegression().fit(iris.X, iris.y);
    expect(model.converged).toBe(true);
    expect(lossOf(model, iris)).toBeCloseTo(logistic[0]!.loss, 4);
  });

  test('converges on columns of very different size', () => {
    expect(new LogisticRegression().fit(loadWine().X, loadWine().y).converged).toBe(true);
  });

  test('says when it did not converge', () => {
    const model = new LogisticRegression({ maxIter: 3 }).fit(iris.X, iris.y);
    expect([model.converged, model.nIter]).toEqual([false, 3]);
  });

  test('meets the condition of a minimum: no gradient is larger than tol', () => {
    // With C = 1 and one column, d/dw = Σ (p - y) x + w and d/db = Σ (p - y).
    const model = new LogisticRegression({ tol: 1e-9 }).fit(X, [0, 1, 0, 1]);
    const { data: p } = model.predictProba(X);
    const residuals = [0, 1, 0, 1].map((target, i) => p[2 * i + 1]! - target);
    const slope = residuals.reduce((sum, r, i) => sum + r * X[i]![0]!, model.coef[0]![0]!);
    expect(misses([slope, residuals.reduce((a, b) => a + b)], [0, 0], 1e-8)).toEqual([]);
  });

  test.each([
    ['strings', ['no', 'no', 'yes', 'yes']],
    ['numbers', [5, 5, -1, -1]],
  ])('predicts the labels it was given: %s', (_kind, y) => {
    expect(new LogisticRegression({ C: 100 }).fit(X, y).predict(X)).toEqual(y);
  });

  test('sorts classes: numbers by value', () => {
    expect(new LogisticRegression().fit(X, [10, 9, 100, 9]).classes).toEqual([9, 10, 100]);
  });

  test('gives probabilities that add up to 1, also far away', () => {
    const { data: p } = new LogisticRegression().fit(X, ['a', 'b', 'c', 'c']).predictProba([[1e6], [-1e6]]);
    expect(misses([p[0]! + p[1]! + p[2]!, p[3]! + p[4]! + p[5]!], [1, 1])).toEqual([]);
  });

  test('returns its options, and takes new ones for the next fit', () => {
    const params = { C: 2, tol: 1e-4, maxIter: 100, fitIntercept: true };
    expect(new LogisticRegression().setParams({ C: 2 }).getParams()).toEqual(params);
  });

  const fitted = new LogisticRegression().fit(X, ['a', 'a', 'b', 'b']);
  test.each([
    [
      'numbers that overflow',
      () => new LogisticRegression().fit([[1e200], [-1e200]], [1, 2]),
      'ERR_NOT_FINITE',
      'Scale X and y first',
    ],
    [
      'one class only',
      () => new LogisticRegression().fit(X, ['a', 'a', 'a', 'a']),
      'ERR_CONSTANT_DATA',
      'expected at least 2 classes in y, got only "a"',
    ],
    [
      'a y of another length',
      () => new LogisticRegression().fit(X, ['a']),
      'ERR_SHAPE',
      'expected y of length 4 (rows of X), got 1',
    ],
    [
      'labels of both types',
      () => new LogisticRegression().fit(X, ['a', 1, 'a', 'b']),
      'ERR_INVALID_ARGUMENT',
      'expected strings in y, got 1 in row 1',
    ],
    ['NaN as a label', () => new LogisticRegression().fit(X, [1, NaN, 2, 1]), 'ERR_NOT_FINITE', 'got NaN in row 1'],
    [
      'NaN in X',
      () => new LogisticRegression().fit([[NaN], [1]], [1, 2]),
      'ERR_NOT_FINITE',
      'got NaN in row 0, column 0',
    ],
    ['no rows', () => new LogisticRegression().fit([], []), 'ERR_EMPTY_DATA', 'expected at least one row'],
    [
      'a C of 0',
      () => new LogisticRegression({ C: 0 }).fit(X, [1, 2, 1, 2]),
      'ERR_INVALID_ARGUMENT',
      'expected a finite C above 0, got 0',
    ],
    [
      'a tol of 0',
      () => new LogisticRegression({ tol: 0 }).fit(X, [1, 2, 1, 2]),
      'ERR_INVALID_ARGUMENT',
      'tol above 0',
    ],
    [
      'half a step',
      () => new LogisticRegression({ maxIter: 0.5 }).fit(X, [1, 2, 1, 2]),
      'ERR_INVALID_ARGUMENT',
      'got 0.5',
    ],
    [
      'no fit',
      () => new LogisticRegression().predictProba(X),
      'ERR_NOT_FITTED',
      'LogisticRegression: expected fit(X, y)',
    ],
    [
      'another width at predict',
      () => fitted.predict([[1, 2]]),
      'ERR_SHAPE',
      'LogisticRegression.predict: expected 1 columns (as in fit), got 2',
    ],
    [
      'infinities at predict',
      () => fitted.predictProba([[Infinity]]),
      'ERR_NOT_FINITE',
      'LogisticRegression.predictProba',
    ],
    [
      'a y of another length at score',
      () => fitted.score(X, ['a']),
      'ERR_SHAPE',
      'LogisticRegression.score: expected y of length 4',
    ],
  ])('refuses %s', (_what, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
