import { scoreInterval } from 'labmill/testing';
import { describe, expect, test } from 'vitest';
import { differenceInterval } from '../../src/testing/score-interval.ts';
import fixture from '../fixtures/sklearn-metrics.json' with { type: 'json' };
import { echoData, echoModel, lineData, lineModel } from '../support/line-data.ts';

const regressionNames = ['r2', 'mae', 'mse', 'rmse'] as const;

describe('scoreInterval of numbers', () => {
  test.each(regressionNames)('holds the value of %s', (metric) => {
    const { y, predicted } = fixture.regression;
    const { value, ci } = scoreInterval(metric, y, predicted, 0.95);
    expect(value).toBeCloseTo(fixture.regression[metric], 12);
    expect(ci[0]).toBeLessThan(value);
    expect(ci[1]).toBeGreaterThan(value);
  });

  test('narrows with the square root of the rows', () => {
    const width = (n: number) => {
      const { X, y } = lineData(n, 1);
      const { ci } = scoreInterval('rmse', y, lineModel.predict(X), 0.95);
      return ci[1] - ci[0];
    };
    expect(width(400) / width(6400)).toBeGreaterThan(3);
    expect(width(400) / width(6400)).toBeLessThan(5);
  });

  test('the interval of mse is the square of that of rmse', () => {
    const { y, predicted } = fixture.regression;
    const [low, high] = scoreInterval('rmse', y, predicted, 0.9).ci;
    const squared = scoreInterval('mse', y, predicted, 0.9).ci;
    expect(squared[0]).toBeCloseTo(low ** 2, 10);
    expect(squared[1]).toBeCloseTo(high ** 2, 10);
  });

  test('has no width when every prediction is exact', () => {
    expect(scoreInterval('r2', [1, 2, 3], [1, 2, 3], 0.95)).toEqual({ value: 1, ci: [1, 1] });
  });

  test('knows nothing from one row', () => {
    expect(scoreInterval('mae', [1], [2], 0.95).ci).toEqual([0, Infinity]);
  });
});

describe('scoreInterval of labels', () => {
  test.each(fixture.jeffreys)("for %d right of %d is SciPy's Jeffreys interval", (hits, n, low, high) => {
    const { X, y } = echoData(n, n - hits);
    const { ci } = scoreInterval('accuracy', y, echoModel.predict(X), 0.95);
    expect(ci[0]).toBeCloseTo(low, 9);
    expect(ci[1]).toBeCloseTo(high, 9);
  });

  test.each(['accuracy', 'precision', 'recall', 'f1'] as const)('has width when all rows are right (%s)', (metric) => {
    const { X, y } = echoData(12, 0, 3);
    const { value, ci } = scoreInterval(metric, y, echoModel.predict(X), 0.95);
    expect(value).toBe(1);
    expect(ci[0]).toBeLessThan(0.9);
    expect(ci[1]).toBe(1);
  });

  test('of a class that never occurs reaches over all of 0–1', () => {
    expect(scoreInterval('recall', [0, 0], [0, 0], 0.95)).toEqual({ value: 0, ci: [0, 1] });
  });
});

test("differenceInterval is Newcombe's when the two are proportions", () => {
  // Newcombe, "Interval estimation for the difference between independent proportions" (1998), method 10,
  // table II (a): 56/70 - 48/80 is 0.2 [0.0524, 0.3339], from Wilson's intervals.
  const a = { value: 56 / 70, ci: [0.69183, 0.87695] as const };
  const b = { value: 48 / 80, ci: [0.49045, 0.70038] as const };
  const { value, ci } = differenceInterval(a, b);
  expect(value).toBeCloseTo(0.2, 12);
  expect(ci[0]).toBeCloseTo(0.0524, 4);
  expect(ci[1]).toBeCloseTo(0.3339, 4);
});
