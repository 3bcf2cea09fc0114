import { ConstantDataError } from '../base/errors.ts';
import type { Label } from '../preprocessing/class-targets.ts';
import { numericTargets, requireFiniteTargets } from './targets.ts';

/**
 * Returns the coefficient of determination, 1 - Σ(y - ŷ)² / Σ(y - ȳ)².
 *
 * @throws ConstantDataError when y does not vary; ShapeError, NotFiniteError for a y that does not fit
 */
export function rSquared(y: ArrayLike<number>, predicted: Float64Array, where: string): number {
  const truth = numericTargets(y, predicted.length, where);
  requireFiniteTargets(truth, where);
  const mean = truth.reduce((a, b) => a + b, 0) / truth.length;
  const total = truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (total === 0) {
    throw new ConstantDataError(`${where}: expected y to vary, got ${truth.length} rows with y = ${truth[0]}`);
  }
  return 1 - truth.reduce((sum, value, i) => sum + (value - predicted[i]!) ** 2, 0) / total;
}

/** Returns the share of rows whose label was predicted. */
export function accuracy(y: ArrayLike<Label>, predicted: readonly Label[]): number {
  return predicted.filter((label, i) => label === y[i]).length / predicted.length;
}
