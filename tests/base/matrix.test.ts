import { toMatrix } from 'labmill';
import { describe, expect, test } from 'vitest';
import { requireFinite } from '../../src/base/matrix.ts';

describe('toMatrix', () => {
  test('lays rows out one after the other', () => {
    const rows = [[1, 2, 3], Float32Array.of(4, 5, 6)];
    expect(toMatrix(rows)).toEqual({ data: Float64Array.of(1, 2, 3, 4, 5, 6), rows: 2, columns: 3 });
  });

  test('returns a matrix as it is', () => {
    const matrix = { data: Float64Array.of(1, 2), rows: 1, columns: 2 };
    expect(toMatrix(matrix)).toBe(matrix);
  });

  test('returns a matrix without rows for an empty array', () => {
    expect(toMatrix([])).toEqual({ data: new Float64Array(0), rows: 0, columns: 0 });
  });

  test.each([
    ['rows of different lengths', [[1, 2], [3]], 'X: expected 2 values in row 1 (as in row 0), got 1'],
    ['too few values', { data: Float64Array.of(1), rows: 2, columns: 2 }, 'X: expected 2 × 2 = 4 values, got 1'],
  ])('refuses %s', (_, X, message) => {
    expect(() => toMatrix(X)).toThrow(expect.objectContaining({ code: 'ERR_SHAPE', message }));
  });
});

describe('requireFinite', () => {
  test('accepts finite numbers', () => {
    expect(() => requireFinite(toMatrix([[1, -0, Number.MAX_VALUE]]), 'fit')).not.toThrow();
  });

  test.each([
    [NaN, 'fit: expected finite numbers, got NaN in row 1, "height"'],
    [-Infinity, 'fit: expected finite numbers, got -Infinity in row 1, "height"'],
  ])('names the place of %d', (value, message) => {
    const X = toMatrix([
      [1, 2],
      [value, NaN],
    ]);
    expect(() => requireFinite(X, 'fit', ['height', 'weight'])).toThrow(
      expect.objectContaining({ code: 'ERR_NOT_FINITE', message: expect.stringContaining(message) as string }),
    );
  });

  test('numbers the column that has no name', () => {
    expect(() => requireFinite(toMatrix([[1, NaN]]), 'fit')).toThrow('got NaN in row 0, column 1');
  });
});
