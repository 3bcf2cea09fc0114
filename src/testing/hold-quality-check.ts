import { type CheckResult, checkResult, type Verdict } from './check-result.ts';
import { type ClassificationOptions, resolveAverage } from './classification-metrics.ts';
import type { LabelledData } from './dataset.ts';
import { studentInterval } from './jackknife.ts';
import { likelyCause } from './likely-cause.ts';
import { isHigherBetter, isRegressionMetric, type Metric, requireMetric } from './metric.ts';
import { type Model, predictionsOn } from './model.ts';
import { residuals } from './regression-metrics.ts';
import { requireBetween } from './require-between.ts';
import { moreRows } from './rows-needed.ts';
import { differenceInterval, type ScoreEstimate, scoreInterval } from './score-interval.ts';
import { studentTQuantile } from './student-t.ts';
import { distinctLabels, type Targets } from './targets.ts';

/** Options of `holdQualityCheck`. */
export interface HoldQualityCheckOptions extends ClassificationOptions {
  /** The metric, by name. */
  readonly metric: Metric;
  /** The data set that sets the standard. The model must not have been fitted on it. */
  readonly from: LabelledData;
  /** The data set that is judged. */
  readonly to: LabelledData;
  /** The loss that is tolerated, above 0: of score, or the rise of an error, in the metric's own unit. */
  readonly maxDrop: number;
  /** The confidence of the interval, in 0–1. Default: 0.98, so that a sound data set fails at most 1 % of the time. */
  readonly ci?: number;
}

/**
 * Checks that a metric is not worse on one data set than on another. The two are taken as independent samples;
 * for a noisy copy of the same rows the interval is wider than it need be.
 *
 * - `fail`: the drop is larger than `maxDrop`, and the interval excludes that there is none.
 * - `pass`: the drop is at most `maxDrop`, and there are enough rows to find one twice as large in 80 % of samples.
 * - `inconclusive`: anything else.
 *
 * @throws InvalidArgumentError for an unknown metric or an option out of range
 * @throws what the metric throws: ShapeError, EmptyDataError, NotFiniteError, ConstantDataError
 */
export async function holdQualityCheck(model: Model, options: HoldQualityCheckOptions): Promise<CheckResult> {
  const { metric, from, to, maxDrop, ci = 0.98 } = options;
  requireMetric(metric, 'hold quality');
  requireBetween(maxDrop, 0, Infinity, 'hold quality: maxDrop');
  requireBetween(ci, 0, 1, 'hold quality: ci');
  const predictedFrom = await predictionsOn(model, from, 'hold quality: from');
  const predictedTo = await predictionsOn(model, to, 'hold quality: to');
  const average = isRegressionMetric(metric)
    ? {}
    : resolveAverage(distinctLabels([from.y, predictedFrom, to.y, predictedTo], 'hold quality'), options, metric);
  const before = scoreInterval(metric, from.y, predictedFrom, ci, average, studentInterval);
  const after = scoreInterval(metric, to.y, predictedTo, ci, average, studentInterval);
  const drop = isHigherBetter(metric) ? differenceInterval(before, after) : differenceInterval(after, before);
  const { verdict, factor } = judge(drop, maxDrop, ci);
  const n = to.y.length;
  return checkResult({
    check: 'hold quality',
    measure: isHigherBetter(metric) ? `drop of ${metric}` : `rise of ${metric}`,
    ...(to.name === undefined ? {} : { data: to.name }),
    ...drop,
    threshold: maxDrop,
    bound: 'max',
    n,
    verdict,
    reason:
      verdict === 'inconclusive'
        ? moreRows(n, factor)
        : `${metric} went from ${before.value.toFixed(3)} (n = ${from.y.length}) to ${after.value.toFixed(3)}. ` +
          (verdict === 'pass'
            ? 'No more than is tolerated.'
            : causeOf(metric, from.y, predictedFrom, to.y, predictedTo)),
  });
}

/** Returns the verdict, and by which factor the rows must grow where they do not decide. */
function judge(drop: ScoreEstimate, maxDrop: number, ci: number): { verdict: Verdict; factor: number } {
  const margin = drop.value - drop.ci[0];
  if (drop.value > maxDrop) {
    return { verdict: drop.ci[0] > 0 ? 'fail' : 'inconclusive', factor: (margin / drop.value) ** 2 };
  }
  // The margin is z(ci) standard errors; to be found in 80 % of samples a drop must be z(0.8) of them beyond it.
  const beyond = 1 + normalQuantile(0.8) / normalQuantile((1 + ci) / 2);
  const factor = ((margin * beyond) / (2 * maxDrop)) ** 2;
  return { verdict: factor <= 1 ? 'pass' : 'inconclusive', factor };
}

function causeOf(metric: Metric, yFrom: Targets, predictedFrom: Targets, yTo: Targets, predictedTo: Targets): string {
  if (!isRegressionMetric(metric)) {
    return 'Likely cause: wrong labels, noisy inputs, or classes mixed in another proportion; compare the confusion matrices.';
  }
  return likelyCause(residuals(yFrom, predictedFrom, metric).errors, residuals(yTo, predictedTo, metric).errors);
}

/** The normal distribution is Student's t with many degrees of freedom. */
function normalQuantile(p: number): number {
  return studentTQuantile(p, 1e6);
}
