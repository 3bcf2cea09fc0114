import { InvalidArgumentError } from '../base/errors.ts';
import { accuracy, type ClassificationOptions, f1, precision, recall } from './classification-metrics.ts';
import { mae, mse, r2, rmse } from './regression-metrics.ts';
import type { Targets } from './targets.ts';

/** A metric of predicted numbers that the checks know. */
export type RegressionMetric = 'r2' | 'mae' | 'mse' | 'rmse';

/** A metric of predicted labels that the checks know. */
export type ClassificationMetric = 'accuracy' | 'precision' | 'recall' | 'f1';

/** A metric that the checks know, by name. */
export type Metric = RegressionMetric | ClassificationMetric;

const regressionMetrics: Record<RegressionMetric, typeof r2> = { r2, mae, mse, rmse };
const classificationMetrics: Record<ClassificationMetric, typeof f1> = { accuracy, precision, recall, f1 };

/** Returns whether `metric` scores predicted numbers, not labels. */
export function isRegressionMetric(metric: Metric): metric is RegressionMetric {
  return metric in regressionMetrics;
}

/** Returns whether a larger value of `metric` is a better one. */
export function isHigherBetter(metric: Metric): boolean {
  return metric === 'r2' || !isRegressionMetric(metric);
}

/** Returns the value of a metric. Throws as the metric does. */
export function score(metric: Metric, y: Targets, predicted: Targets, options: ClassificationOptions = {}): number {
  return isRegressionMetric(metric)
    ? regressionMetrics[metric](y, predicted)
    : classificationMetrics[metric](y, predicted, options);
}

/** Throws an `InvalidArgumentError` unless `metric` is the name of a metric. */
export function requireMetric(metric: Metric, where: string): void {
  const names = Object.keys({ ...regressionMetrics, ...classificationMetrics });
  if (names.includes(metric)) return;
  throw new InvalidArgumentError(`${where}: expected a metric of ${names.join(', ')}, got ${JSON.stringify(metric)}`);
}
