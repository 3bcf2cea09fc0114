import { mae, medianAbsoluteError, mse, r2, rmse } from 'labmill/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import fixture from '../fixtures/sklearn-metrics.json' with { type: 'json' };

const metrics = { r2, mae, mse, rmse, medianAbsoluteError };
const names = Object.keys(metrics) as (keyof typeof metrics)[];
const { y, predicted } = fixture.regression;

describe('regression metrics', () => {
  test.each(names)('%s is the value of scikit-learn', (name) => {
    expect(metrics[name](y, predicted)).toBeCloseTo(fixture.regression[name], 12);
  });

  test.each(names)('%s refuses lengths that differ', (name) => {
    expect(() => metrics[name]([1, 2, 3], [1, 2])).toThrow(
      expect.objectContaining({
        code: 'ERR_SHAPE',
        message: `${name}: expected 3 predictions (rows of y), got 2`,
      }),
    );
  });

  test.each(names)('%s refuses no rows', (name) => {
    expect(() => metrics[name]([], [])).toThrow(expect.objectContaining({ code: 'ERR_EMPTY_DATA' }));
  });

  test.each(names)('%s names the place of a NaN', (name) => {
    expect(() => metrics[name]([1, 2], [1, NaN])).toThrow(
      expect.objectContaining({
        code: 'ERR_NOT_FINITE',
        message: `${name}: expected finite numbers, got NaN in predicted[1]`,
      }),
    );
  });

  test.each(names)('%s refuses strings', (name) => {
    expect(() => metrics[name](['a', 'b'], [1, 2])).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARGUMENT',
        message: `${name}: expected numbers, got "a" in y[0]`,
      }),
    );
  });

  test('r2 refuses a constant y', () => {
    expect(() => r2([4, 4], [4, 5])).toThrow(
      expect.objectContaining({
        code: 'ERR_CONSTANT_DATA',
        message: 'r2: expected y to vary, got 2 rows with y = 4',
      }),
    );
  });

  test('r2 of the mean of y is 0, and of y itself 1', () => {
    expect(r2([1, 2, 3], [2, 2, 2])).toBe(0);
    expect(r2([1, 2, 3], [1, 2, 3])).toBe(1);
  });

  test('r2 does not change when y and predictions are moved and scaled together', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (move, scale) => {
        const change = (values: readonly number[]) => values.map((value) => value * scale + move);
        expect(r2(change(y), change(predicted))).toBeCloseTo(fixture.regression.r2, 8);
      }),
    );
  });

  test('rmse is at least mae', () => {
    const pairs = fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 1 });
    fc.assert(
      fc.property(pairs, (rows) => {
        const [a, b] = [rows.map((row) => row[0]), rows.map((row) => row[1])];
        expect(rmse(a, b)).toBeGreaterThanOrEqual(mae(a, b) * (1 - 1e-12));
      }),
    );
  });
});
