import { InvalidArgumentError, NotFiniteError } from '../base/errors.ts';
import { requireLength } from '../preprocessing/class-targets.ts';

/**
 * Returns y as numbers, without a copy when it is a Float64Array; infinities and NaN are the caller's to find.
 *
 * @throws ShapeError when y has not one value per row, InvalidArgumentError for a value that is not a number
 */
export function numericTargets(y: ArrayLike<number>, rows: number, where: string): Float64Array {
  requireLength(y, rows, where);
  if (y instanceof Float64Array) return y;
  return Float64Array.from(y, (value: unknown, i) => {
    if (typeof value === 'number') return value;
    throw new InvalidArgumentError(`${where}: expected numbers in y, got ${JSON.stringify(value)} in row ${i}`);
  });
}

/** Throws a `NotFiniteError` that names the first value of y that is NaN or infinite, if there is one. */
export function requireFiniteTargets(y: Float64Array, where: string): void {
  const row = y.findIndex((value) => !Number.isFinite(value));
  if (row !== -1) throw new NotFiniteError(`${where}: expected finite numbers in y, got ${y[row]} in row ${row}`);
}
