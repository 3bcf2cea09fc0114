/** The testing room's door: metrics, checks with verdicts, and what a lab reports. No test runner is needed. */
export {
  type CheckFindings,
  type CheckResult,
  describeResult,
  type Interval,
  type Verdict,
  type VerdictTable,
  verdictTable,
} from './check-result.ts';
export { accuracy, type ClassificationOptions, f1, precision, recall } from './classification-metrics.ts';
export { type ConfusionMatrix, confusionMatrix, type ConfusionMatrixOptions } from './confusion-matrix.ts';
export { type LabelledData, dataset, type DatasetOptions } from './dataset.ts';
export { holdQualityCheck, type HoldQualityCheckOptions } from './hold-quality-check.ts';
export { type LabMeasurement, type LabResult, labResult, labResultMime } from './lab-result.ts';
export type { ClassificationMetric, Metric, RegressionMetric } from './metric.ts';
export type { Model } from './model.ts';
export {
  type FeatureImportance,
  type PermutationImportance,
  permutationImportance,
  type PermutationImportanceOptions,
  type TableModel,
} from './permutation-importance.ts';
export { mae, medianAbsoluteError, mse, r2, rmse } from './regression-metrics.ts';
export { scoreCheck, type ScoreCheckOptions } from './score-check.ts';
export { type ScoreEstimate, scoreInterval } from './score-interval.ts';
export type { Shown } from './show.ts';
export { stableResidualsCheck, type StableResidualsCheckOptions } from './stable-residuals-check.ts';
export type { Label, Targets } from './targets.ts';
