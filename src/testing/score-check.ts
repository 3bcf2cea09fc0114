import { InvalidArgumentError } from '../base/errors.ts';
import { type CheckResult, checkResult, type Interval, type Verdict } from './check-result.ts';
import type { ClassificationOptions } from './classification-metrics.ts';
import type { LabelledData } from './dataset.ts';
import { isHigherBetter, type Metric, requireMetric } from './metric.ts';
import { type Model, predictionsOn } from './model.ts';
import { requireBetween } from './require-between.ts';
import { moreRows } from './rows-needed.ts';
import { scoreInterval } from './score-interval.ts';

/** Options of `scoreCheck`: `min` for metrics where more is better, `max` for errors. */
export interface ScoreCheckOptions extends ClassificationOptions {
  /** The metric, by name. */
  readonly metric: Metric;
  /** The data set to score on. The model must not have seen it. */
  readonly on: LabelledData;
  /** The least value that passes, for `r2`, `accuracy`, `precision`, `recall` and `f1`. */
  readonly min?: number;
  /** The largest value that passes, for `mae`, `mse` and `rmse`. */
  readonly max?: number;
  /** The confidence of the interval, in 0–1. Default: 0.95. */
  readonly ci?: number;
}

/**
 * Checks that a model's score on a data set reaches a threshold.
 *
 * `pass` when the whole confidence interval does, `fail` when none of it does, else `inconclusive`:
 * either verdict is wrong for at most about `(1 - ci) / 2` of samples.
 *
 * @throws InvalidArgumentError for an unknown metric, a missing threshold or an option out of range
 * @throws what the metric throws: ShapeError, EmptyDataError, NotFiniteError, ConstantDataError
 */
export async function scoreCheck(model: Model, options: ScoreCheckOptions): Promise<CheckResult> {
  const { metric, on, ci = 0.95 } = options;
  requireMetric(metric, 'score');
  requireBetween(ci, 0, 1, 'score: ci');
  const bound = isHigherBetter(metric) ? 'min' : 'max';
  const threshold = options[bound];
  if (
    threshold === undefined ||
    !Number.isFinite(threshold) ||
    (options.min !== undefined && options.max !== undefined)
  ) {
    throw new InvalidArgumentError(
      `score: expected a finite ${bound} and nothing else for ${metric}, got ` +
        JSON.stringify({ min: options.min, max: options.max }),
    );
  }
  const predicted = await predictionsOn(model, on, 'score');
  const estimate = scoreInterval(metric, on.y, predicted, ci, options);
  const verdict = verdictOf(estimate.ci, threshold, bound);
  const n = on.y.length;
  return checkResult({
    check: 'score',
    measure: metric,
    ...(on.name === undefined ? {} : { data: on.name }),
    ...estimate,
    threshold,
    bound,
    n,
    verdict,
    reason: reasonFor(verdict, estimate, threshold, n),
  });
}

function verdictOf([low, high]: Interval, threshold: number, bound: 'min' | 'max'): Verdict {
  const [worst, best] = bound === 'min' ? [low, high] : [-high, -low];
  const limit = bound === 'min' ? threshold : -threshold;
  if (worst >= limit) return 'pass';
  return best < limit ? 'fail' : 'inconclusive';
}

function reasonFor(
  verdict: Verdict,
  { value, ci }: { value: number; ci: Interval },
  threshold: number,
  n: number,
): string {
  if (verdict === 'pass') return 'The whole interval reaches the threshold.';
  if (verdict === 'fail') {
    return (
      'The whole interval misses the threshold: the model is not that good on this data. ' +
      'Likely cause: a wrong kind of model, too little training data, or data unlike the training data.'
    );
  }
  const margin = value < threshold ? ci[1] - value : value - ci[0];
  return `The interval holds the threshold: ${moreRows(n, (margin / (value - threshold)) ** 2)}`;
}
