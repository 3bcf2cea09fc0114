import fc from 'fast-check';
import { linear } from 'labmill/data';
import { describe, expect, test } from 'vitest';

describe('linear', () => {
  test('lies on the plane it names when there is no noise', () => {
    const { X, y, truth } = linear({ n: 50, coef: [2, -3], intercept: 5, randomState: 1 });
    const plane = Array.from(y, (_, i) => 5 + 2 * X.data[2 * i]! - 3 * X.data[2 * i + 1]!);
    expect([...y]).toEqual(plane);
    expect(truth).toEqual({ coef: [2, -3], intercept: 5, noise: 0, clean: y });
  });

  test('gives the same data as a table', () => {
    const { table, X, y, featureNames } = linear({ n: 10, coef: [1, 2, 3], noise: 1 });
    expect(table.columnNames).toEqual([...featureNames, 'y']);
    expect(table.toMatrix(featureNames)).toEqual(X);
    expect(table.numbers('y')).toEqual(y);
  });

  test('keeps the features within the range', () => {
    fc.assert(
      fc.property(fc.nat(), (randomState) => {
        const { X } = linear({ n: 100, range: [-2, 3], randomState });
        expect(Math.min(...X.data)).toBeGreaterThanOrEqual(-2);
        expect(Math.max(...X.data)).toBeLessThan(3);
      }),
    );
  });

  // Four standard errors of the standard deviation, σ/√(2n), of n = 5,000 values with σ = 2.
  test('has the noise asked for around the clean values', () => {
    const { y, truth } = linear({ n: 5000, noise: 2, randomState: 3 });
    const sumOfSquares = y.reduce((sum, value, i) => sum + (value - truth.clean[i]!) ** 2, 0);
    expect(Math.abs(Math.sqrt(sumOfSquares / 5000) - 2)).toBeLessThan(0.08);
  });

  test('draws the same features whatever the noise', () => {
    expect(linear({ noise: 5 }).X).toEqual(linear({ noise: 0 }).X);
  });

  test.each([
    [{ n: 0 }, 'linear: n: expected a whole number of at least 1, got 0'],
    [{ coef: [] }, 'linear: expected at least one value in coef, got none'],
    [{ coef: [1, NaN] }, 'linear: coef and range: expected a finite number, got NaN'],
    [{ intercept: Infinity }, 'linear: intercept: expected a finite number, got Infinity'],
  ])('refuses %o', (options, message) => {
    expect(() => linear(options)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message }));
  });
});
