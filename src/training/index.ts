/** The training room's door: estimators, pipelines of preprocessing and estimator, model files. */
export type { Label } from '../preprocessing/class-targets.ts';
export { dataHash, type TrainingData } from './data-hash.ts';
export type { Classifier, Estimator, Regressor } from './estimator.ts';
export type { EstimatorState } from './estimator-state.ts';
export { ExponentialRegression } from './exponential-regression.ts';
export { LinearRegression, type LinearRegressionOptions } from './linear-regression.ts';
export { LogisticRegression, type LogisticRegressionOptions } from './logistic-regression.ts';
export { type LoadedModel, loadModel, type LoadModelOptions, saveModel, type SaveModelOptions } from './model-file.ts';
export { Pipeline, type PipelineOptions } from './pipeline.ts';
export { PolynomialRegression, type PolynomialRegressionOptions } from './polynomial-regression.ts';
export { PowerRegression } from './power-regression.ts';
export { TheilSenRegression } from './theil-sen-regression.ts';
