import { ExponentialRegression, PolynomialRegression, PowerRegression, TheilSenRegression } from 'labmill/training';
import { describe, expect, test } from 'vitest';
import { misses } from '../support/misses.ts';
import { fixture } from '../support/fixture.ts';

interface Curves {
  readonly x: number[];
  readonly polynomial: { y: number[]; coef: number[] };
  readonly years: { x: number[]; y: number[]; predicted: number[] };
  readonly exponential: { y: number[]; rate: number; factor: number };
  readonly power: { y: number[]; exponent: number; factor: number };
  readonly theilSen: { y: number[]; slope: number; intercept: number };
}

// Expected values: NumPy, Theil–Sen also held against SciPy, see tests/fixtures/sklearn-training.py.
const { curves } = fixture('sklearn-training') as { curves: Curves };
const column = (values: readonly number[]) => values.map((value) => [value]);
const X = column(curves.x);

describe('PolynomialRegression', () => {
  test('learns what numpy.polyfit does', () => {
    expect(
      misses(new PolynomialRegression({ degree: 3 }).fit(X, curves.polynomial.y).coef, curves.polynomial.coef, 1e-8),
    ).toEqual([]);
  });

  test('predicts as numpy does far from the origin', () => {
    const { x, y, predicted } = curves.years;
    expect(
      misses(new PolynomialRegression({ degree: 4 }).fit(column(x), y).predict(column(x)), predicted, 1e-8),
    ).toEqual([]);
  });

  test.each([
    [0, 'got 0'],
    [1.5, 'got 1.5'],
    [25, 'expected more than 25 (degree) different values in X, got 25'],
  ])('refuses a degree of %s', (degree, message) => {
    expect(() => new PolynomialRegression({ degree }).fit(X, curves.x)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(message) }),
    );
  });
});

describe('ExponentialRegression', () => {
  test('learns the line through log y that numpy.polyfit finds', () => {
    const { y, rate, factor } = curves.exponential;
    const model = new ExponentialRegression().fit(X, y);
    expect(misses([model.rate, model.factor], [rate, factor], 1e-9)).toEqual([]);
    expect(misses(model.predict([[0]]), [factor], 1e-9)).toEqual([]);
  });

  test('fits time stamps, where the factor at 0 is too small for a number', () => {
    const seconds = column([1.7e9, 1.7e9 + 1, 1.7e9 + 2]);
    const model = new ExponentialRegression().fit(seconds, [1, 2, 4]);
    expect(misses(model.predict(seconds), [1, 2, 4], 1e-9)).toEqual([]);
  });
});

describe('PowerRegression', () => {
  test('learns the line through log y over log x that numpy.polyfit finds', () => {
    const { y, exponent, factor } = curves.power;
    const model = new PowerRegression().fit(X, y);
    expect(misses([model.exponent, model.factor], [exponent, factor], 1e-9)).toEqual([]);
    expect(misses(model.predict([[1]]), [factor], 1e-9)).toEqual([]);
  });
});

describe('TheilSenRegression', () => {
  test('learns the median of all slopes, whatever a few rows say', () => {
    const { y, slope, intercept } = curves.theilSen;
    const model = new TheilSenRegression().fit(X, y);
    expect(misses([model.slope, model.intercept], [slope, intercept], 1e-12)).toEqual([]);
    expect(misses(model.predict([[10]]), [10 * slope + intercept], 1e-12)).toEqual([]);
  });

  test('refuses more rows than memory has room for', () => {
    const many = Array.from({ length: 5001 }, (_, i) => i);
    expect(() => new TheilSenRegression().fit(column(many), many)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining('got 5001') }),
    );
  });
});

describe.each([
  ['PolynomialRegression', () => new PolynomialRegression({ degree: 1 })],
  ['ExponentialRegression', () => new ExponentialRegression()],
  ['PowerRegression', () => new PowerRegression()],
  ['TheilSenRegression', () => new TheilSenRegression()],
] as const)('%s', (name, create) => {
  test('scores R² like any regressor', () => {
    expect(
      create()
        .fit([[1], [2], [4]], [3, 4, 7])
        .score([[1], [2], [4]], [3, 4, 7]),
    ).toBeGreaterThan(0.9);
  });

  test.each([
    ['two columns', () => create().fit([[1, 2]], [1]), 'ERR_SHAPE', `${name}.fit: expected an X of one column, got 2`],
    ['a y of another length', () => create().fit([[1], [2]], [1]), 'ERR_SHAPE', 'expected y of length 2'],
    ['no rows', () => create().fit([], []), 'ERR_EMPTY_DATA', 'expected at least one row'],
    ['NaN in X', () => create().fit([[NaN], [2]], [1, 2]), 'ERR_NOT_FINITE', 'got NaN in row 0'],
    ['infinities in y', () => create().fit([[1], [2]], [1, Infinity]), 'ERR_NOT_FINITE', 'got Infinity in row 1'],
    [
      'a constant X',
      () => create().fit([[2], [2]], [1, 2]),
      'ERR_CONSTANT_DATA',
      'expected X to vary, got 2 rows with 2',
    ],
    ['no fit', () => create().predict([[1]]), 'ERR_NOT_FITTED', `${name}: expected fit(X, y) to be called first`],
    [
      'two columns at predict',
      () =>
        create()
          .fit([[1], [2]], [1, 2])
          .predict([[1, 2]]),
      'ERR_SHAPE',
      'expected 1 columns',
    ],
  ])('refuses %s', (_what, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});

test.each([
  ['ExponentialRegression', 'y', () => new ExponentialRegression().fit([[1], [2]], [1, 0]), 'got 0 in row 1'],
  ['PowerRegression', 'X', () => new PowerRegression().fit([[-1], [2]], [1, 2]), 'expected X above 0'],
  ['PowerRegression', 'y', () => new PowerRegression().fit([[1], [2]], [-3, 2]), 'got -3 in row 0'],
  [
    'PowerRegression',
    'X at predict',
    () => new PowerRegression().fit([[1], [2]], [3, 2]).predict([[0]]),
    'got 0 in row 0',
  ],
])('%s refuses a value of %s without a logarithm', (_name, _where, act, message) => {
  expect(act).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(message) }),
  );
});
