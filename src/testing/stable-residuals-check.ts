import { mean, sampleVariance } from 'simple-statistics';
import { ConstantDataError, EmptyDataError } from '../base/errors.ts';
import { brownForsythe, rowsFactor } from './brown-forsythe.ts';
import { type CheckResult, checkResult, type Interval } from './check-result.ts';
import type { LabelledData } from './dataset.ts';
import { type Estimate, jackknife } from './jackknife.ts';
import { likelyCause } from './likely-cause.ts';
import { type Model, predictionsOn } from './model.ts';
import { residuals } from './regression-metrics.ts';
import { requireBetween } from './require-between.ts';
import { moreRows } from './rows-needed.ts';
import { studentTQuantile } from './student-t.ts';

/** Options of `stableResidualsCheck`. */
export interface StableResidualsCheckOptions {
  /** The data set that sets the standard. The model must not have been fitted on it: its errors there are too small. */
  readonly from: LabelledData;
  /** The data set that is judged. */
  readonly to: LabelledData;
  /** The tolerated ratio of the residuals' variances, to / from, above 1. Default: 1.5. */
  readonly maxVarianceRatio?: number;
  /** The level of the test: the share of sound data sets that may fail. Default: 0.04. */
  readonly alpha?: number;
}

/**
 * Checks that a regression model's errors do not spread wider on one data set than on another. Unlike R² it sees
 * label noise that is small against the spread of y, and unlike a drift test of the inputs it sees label noise at all.
 *
 * - `fail`: the variance ratio is above `maxVarianceRatio`, and the one-sided Brown–Forsythe test, which heavy tails
 *   do not mislead, finds the wider spread at level `alpha`.
 * - `pass`: the ratio is at most `maxVarianceRatio`, and there are enough rows for the test to find twice that
 *   ratio in 80 % of samples.
 * - `inconclusive`: anything else.
 *
 * The error rates that were measured are in `docs/testing.md`.
 *
 * @throws InvalidArgumentError for an option out of range or targets that are not numbers
 * @throws EmptyDataError below three rows, ConstantDataError when the errors on `from` do not vary
 */
export async function stableResidualsCheck(model: Model, options: StableResidualsCheckOptions): Promise<CheckResult> {
  const { from, to, maxVarianceRatio = 1.5, alpha = 0.04 } = options;
  requireBetween(maxVarianceRatio, 1, Infinity, 'stable residuals: maxVarianceRatio');
  requireBetween(alpha, 0, 0.5, 'stable residuals: alpha');
  const before = await errorsOn(model, from, 'stable residuals: from');
  const after = await errorsOn(model, to, 'stable residuals: to');
  if (sampleVariance(before) === 0) {
    throw new ConstantDataError(
      `stable residuals: expected errors that vary on from, got ${before.length} times ${before[0]}. ` +
        'Use data that the model does not predict exactly.',
    );
  }
  const value = sampleVariance(after) / sampleVariance(before);
  const { p } = brownForsythe(before, after);
  const isLarger = value > maxVarianceRatio;
  const factor = isLarger
    ? rowsFactor(before, after.length, value, alpha)
    : rowsFactor(before, after.length, 2 * maxVarianceRatio, alpha);
  const verdict = isLarger ? (p < alpha ? 'fail' : 'inconclusive') : factor <= 1 ? 'pass' : 'inconclusive';
  const sizes = `Brown–Forsythe p = ${p.toPrecision(2)} (level ${alpha}; n = ${before.length} and ${after.length}). `;
  return checkResult({
    check: 'stable residuals',
    measure: 'variance ratio',
    ...(to.name === undefined ? {} : { data: to.name }),
    value,
    ci: ratioInterval(before, after, alpha),
    threshold: maxVarianceRatio,
    bound: 'max',
    n: after.length,
    verdict,
    reason:
      sizes +
      {
        pass: 'The errors spread no wider than is tolerated.',
        fail: likelyCause(before, after),
        inconclusive: moreRows(after.length, factor) + (isLarger ? ` ${likelyCause(before, after)}` : ''),
      }[verdict],
  });
}

async function errorsOn(model: Model, data: LabelledData, where: string): Promise<number[]> {
  const predicted = await predictionsOn(model, data, where);
  const { errors } = residuals(data.y, predicted, where);
  if (errors.length < 3) throw new EmptyDataError(`${where}: expected at least 3 rows, got ${errors.length}`);
  return errors;
}

/** Miller's jackknife of the logarithm of the variances ("Jackknifing variances", 1968), `alpha` on each side. */
function ratioInterval(from: readonly number[], to: readonly number[], alpha: number): Interval {
  const a = logVariance(from);
  const b = logVariance(to);
  if (b.value === -Infinity) return [0, 0];
  const margin =
    studentTQuantile(1 - alpha, from.length + to.length - 2) * Math.hypot(a.standardError, b.standardError);
  return [Math.exp(b.value - a.value - margin), Math.exp(b.value - a.value + margin)];
}

function logVariance(values: readonly number[]): Estimate {
  const centre = mean(values);
  const centred = values.map((value) => value - centre);
  return jackknife([centred, centred.map((value) => value * value)], ([total, squares], n) =>
    Math.log((squares! - total! ** 2 / n) / (n - 1)),
  );
}
