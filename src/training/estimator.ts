import type { Matrix } from '../base/matrix.ts';
import type { Label } from '../preprocessing/class-targets.ts';
import type { Features, FeatureSchema } from '../preprocessing/features.ts';
import type { ClassifierState, RegressorState } from './estimator-state.ts';

interface Fitted {
  /** The names and types of the columns that `fit` saw. Throws a `NotFittedError` before `fit`. */
  readonly schema: FeatureSchema;
  /** Returns the options, with their defaults. */
  getParams(): object;
  /** Changes options; what has been learned stays until the next `fit`. */
  setParams(params: object): this;
}

/** A model that predicts a number for each row. */
export interface Regressor extends Fitted {
  readonly task: 'regression';
  /** Learns from X and y; a second `fit` forgets the first. */
  fit(X: Features, y: ArrayLike<number>): this;
  /** Returns the predicted value of each row. */
  predict(X: Features): Float64Array;
  /** Returns R² on X and y. */
  score(X: Features, y: ArrayLike<number>): number;
  /** Returns everything `estimatorFromJSON` needs to make an equal model. */
  toJSON(): RegressorState;
}

/** A model that predicts a class for each row. */
export interface Classifier extends Fitted {
  readonly task: 'classification';
  /** The classes, sorted: numbers by value, strings by code unit. */
  readonly classes: readonly Label[];
  /** Learns from X and y; a second `fit` forgets the first. */
  fit(X: Features, y: ArrayLike<Label>): this;
  /** Returns the most probable class of each row. */
  predict(X: Features): Label[];
  /** Returns the probability of each class (column) for each row. */
  predictProba(X: Features): Matrix;
  /** Returns the accuracy on X and y: the share of rows whose class is predicted. */
  score(X: Features, y: ArrayLike<Label>): number;
  /** Returns everything `estimatorFromJSON` needs to make an equal model. */
  toJSON(): ClassifierState;
}

/** A model that can be fitted, saved and put into a `Pipeline`. */
export type Estimator = Regressor | Classifier;
