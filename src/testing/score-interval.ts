import { mean } from 'simple-statistics';
import { betaQuantile } from '../base/beta.ts';
import type { Interval } from './check-result.ts';
import {
  classProportions,
  type ClassificationOptions,
  correctRows,
  f1OfJaccard,
  type Proportion,
} from './classification-metrics.ts';
import { type IntervalOf, jackknife, skewCorrectedInterval } from './jackknife.ts';
import { type ClassificationMetric, isRegressionMetric, type Metric, type RegressionMetric, score } from './metric.ts';
import { residuals } from './regression-metrics.ts';
import type { Targets } from './targets.ts';

/** A metric's value on a sample and its confidence interval. */
export interface ScoreEstimate {
  readonly value: number;
  readonly ci: Interval;
}

/**
 * Returns a metric with its two-sided interval of confidence `ci`, `(1 - ci) / 2` on each side.
 * Nothing is drawn at random.
 *
 * - Regression: jackknife on the scale of the logarithm (of 1 - R², of the error), with Student's t corrected
 *   for skewness. Errors that are all exactly zero leave nothing to estimate: the interval has no width.
 * - Classification: Jeffreys' interval of the proportion behind the metric (Brown, Cai and DasGupta, "Interval
 *   estimation for a binomial proportion", 2001); the macro average joins those of its classes. It has width even
 *   when every row is right.
 *
 * For a difference of two scores, whose skewness cancels, `limits` is `studentInterval`.
 */
export function scoreInterval(
  metric: Metric,
  y: Targets,
  predicted: Targets,
  ci: number,
  options: ClassificationOptions = {},
  limits: IntervalOf = skewCorrectedInterval,
): ScoreEstimate {
  const value = score(metric, y, predicted, options);
  if (isRegressionMetric(metric)) return { value, ci: regressionInterval(metric, y, predicted, ci, limits) };
  return { value, ci: classificationInterval(metric, y, predicted, ci, options) };
}

/**
 * Returns the difference `a - b` of two independent estimates with its interval, from theirs: Zou and Donner,
 * "Construction of confidence limits about effect measures: a general approach" (Statistics in Medicine 27, 2008).
 */
export function differenceInterval(a: ScoreEstimate, b: ScoreEstimate): ScoreEstimate {
  const value = a.value - b.value;
  const below = Math.hypot(a.value - a.ci[0], b.ci[1] - b.value);
  const above = Math.hypot(a.ci[1] - a.value, b.value - b.ci[0]);
  return { value, ci: [value - below, value + above] };
}

function regressionInterval(
  metric: RegressionMetric,
  y: Targets,
  predicted: Targets,
  ci: number,
  limits: IntervalOf,
): Interval {
  const { truth, errors } = residuals(y, predicted, metric);
  const centre = mean(truth);
  const centred = truth.map((value) => value - centre);
  const squares = (values: readonly number[]) => values.map((value) => value * value);
  const logOf = {
    r2: () =>
      jackknife([squares(errors), centred, squares(centred)], ([sse, total, totalSquares], n) =>
        Math.log(sse! / (totalSquares! - total! ** 2 / n)),
      ),
    mae: () => jackknife([errors.map(Math.abs)], ([total], n) => Math.log(total! / n)),
    mse: () => jackknife([squares(errors)], ([total], n) => Math.log(total! / n)),
    rmse: () => jackknife([squares(errors)], ([total], n) => Math.log(total! / n) / 2),
  }[metric]();
  const isExact = logOf.value === -Infinity && errors.length > 2;
  const [logLow, logHigh] = isExact ? [-Infinity, -Infinity] : limits(logOf, ci);
  const low = Math.exp(logLow);
  const high = Math.exp(logHigh);
  return metric === 'r2' ? [1 - high, 1 - low] : [low, high];
}

function classificationInterval(
  metric: ClassificationMetric,
  y: Targets,
  predicted: Targets,
  ci: number,
  options: ClassificationOptions,
): Interval {
  const proportions =
    metric === 'accuracy' ? [correctRows(y, predicted)] : classProportions(metric, y, predicted, options);
  const scale = metric === 'f1' ? f1OfJaccard : (value: number) => value;
  const classes = proportions.map((proportion) => {
    const [low, high] = jeffreysInterval(proportion, ci);
    return {
      value: scale(proportion.n === 0 ? 0 : proportion.hits / proportion.n),
      low: scale(low),
      high: scale(high),
    };
  });
  const value = mean(classes.map((one) => one.value));
  // A wrong row lowers the F1 of two classes at once, so their errors add up to at most √2 times as much.
  const shared = metric === 'f1' && classes.length > 1 ? Math.SQRT2 : 1;
  const below = Math.hypot(...classes.map((one) => one.value - one.low));
  const above = Math.hypot(...classes.map((one) => one.high - one.value));
  return [
    Math.max(0, value - (shared * below) / classes.length),
    Math.min(1, value + (shared * above) / classes.length),
  ];
}

/** Jeffreys' interval; a bound where all rows agree is 0 or 1, and without rows nothing is known. */
function jeffreysInterval({ hits, n }: Proportion, ci: number): Interval {
  const tail = (1 - ci) / 2;
  return [
    hits === 0 ? 0 : betaQuantile(tail, hits + 0.5, n - hits + 0.5),
    hits === n ? 1 : betaQuantile(1 - tail, hits + 0.5, n - hits + 0.5),
  ];
}
