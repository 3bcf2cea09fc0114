/** The preprocessing room's door: scaling, imputing, encoding, splitting; all of it learned, saved and loaded. */
export { ColumnTransformer, type ColumnSteps, type ColumnTransformerOptions } from './column-transformer.ts';
export type { Category, Feature, Features, FeatureSchema, Rows } from './features.ts';
export { type AnovaScores, fClassif } from './f-classif.ts';
export { MinMaxScaler, type MinMaxScalerOptions } from './min-max-scaler.ts';
export { OneHotEncoder, type OneHotEncoderOptions } from './one-hot-encoder.ts';
export { SelectKBest, type SelectKBestOptions } from './select-k-best.ts';
export { SimpleImputer, type SimpleImputerOptions } from './simple-imputer.ts';
export { StandardScaler, type StandardScalerOptions } from './standard-scaler.ts';
export {
  type TrainTestIndices,
  trainTestIndices,
  type TrainTestSplit,
  trainTestSplit,
  type TrainTestSplitOptions,
} from './train-test-split.ts';
export type { Transformer } from './transformer.ts';
export { loadTransformer, type LoadTransformerOptions, saveTransformer } from './transformer-file.ts';
export { transformerFromJSON } from './transformer-from-json.ts';
export type { TransformerState } from './transformer-state.ts';
