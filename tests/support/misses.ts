import type { Matrix } from 'labmill';

/** A value that is not close to what was expected. */
interface Miss {
  readonly index: number | 'length';
  readonly expected: number | null;
  readonly got: number | undefined;
}

/**
 * Returns the values that differ from the expected ones by more than `tolerance`, which is relative but not below
 * absolute; null in `expected` stands for NaN. Tests expect the list to be empty.
 */
export function misses(got: ArrayLike<number>, expected: readonly (number | null)[], tolerance = 1e-12): Miss[] {
  if (got.length !== expected.length) return [{ index: 'length', expected: expected.length, got: got.length }];
  return expected.flatMap((value, index) => {
    const limit = tolerance * Math.max(1, Math.abs(value ?? 0));
    const isClose = value === null ? Number.isNaN(got[index]) : Math.abs(got[index]! - value) <= limit;
    return isClose ? [] : [{ index, expected: value, got: got[index] }];
  });
}

/** Returns the values of a matrix that differ from those of the expected rows, as `misses` does. */
export function matrixMisses(
  { data, rows }: Matrix,
  expected: readonly (readonly (number | null)[])[],
  tolerance?: number,
): Miss[] {
  if (rows !== expected.length) return [{ index: 'length', expected: expected.length, got: rows }];
  return misses(data, expected.flat(), tolerance);
}

/** Returns rows with NaN where JSON has null. */
export function withNaN(rows: readonly (readonly (number | null)[])[]): number[][] {
  return rows.map((row) => row.map((value) => value ?? NaN));
}
