import { mean, median, sum } from 'simple-statistics';
import { ConstantDataError } from '../base/errors.ts';
import { requireNumbers, requirePairs, type Targets } from './targets.ts';

/**
 * Returns the coefficient of determination, 1 - Σ(y - ŷ)² / Σ(y - ȳ)². 1 is perfect, 0 no better than the mean of y.
 *
 * @throws ConstantDataError when `y` does not vary, which leaves R² undefined
 * @throws ShapeError, EmptyDataError, NotFiniteError for unequal lengths, no rows, NaN or infinities
 */
export function r2(y: Targets, predicted: Targets): number {
  const { truth, errors } = residuals(y, predicted, 'r2');
  const centre = mean(truth);
  const total = sum(truth.map((value) => (value - centre) ** 2));
  if (total === 0) {
    throw new ConstantDataError(`r2: expected y to vary, got ${truth.length} rows with y = ${truth[0]}`);
  }
  return 1 - sum(errors.map(square)) / total;
}

/** Returns the mean absolute error, in the unit of `y`. Throws as `mse` does. */
export function mae(y: Targets, predicted: Targets): number {
  return mean(residuals(y, predicted, 'mae').errors.map(Math.abs));
}

/**
 * Returns the mean squared error.
 *
 * @throws ShapeError, EmptyDataError, NotFiniteError for unequal lengths, no rows, NaN or infinities
 */
export function mse(y: Targets, predicted: Targets): number {
  return mean(residuals(y, predicted, 'mse').errors.map(square));
}

/** Returns the root of the mean squared error, in the unit of `y`. Throws as `mse` does. */
export function rmse(y: Targets, predicted: Targets): number {
  return Math.sqrt(mean(residuals(y, predicted, 'rmse').errors.map(square)));
}

/** Returns the median absolute error, which single outliers do not move. Throws as `mse` does. */
export function medianAbsoluteError(y: Targets, predicted: Targets): number {
  return median(residuals(y, predicted, 'medianAbsoluteError').errors.map(Math.abs));
}

/** Returns the true values and the errors y - ŷ, both checked; `where` names the caller in messages. */
export function residuals(y: Targets, predicted: Targets, where: string): { truth: number[]; errors: number[] } {
  requirePairs(y, predicted, where);
  const truth = requireNumbers(y, 'y', where);
  const guess = requireNumbers(predicted, 'predicted', where);
  return { truth: [...truth], errors: Array.from(truth, (value, i) => value - guess[i]!) };
}

function square(value: number): number {
  return value * value;
}
