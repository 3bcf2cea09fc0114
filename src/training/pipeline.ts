import { InvalidArgumentError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Features, FeatureSchema } from '../preprocessing/features.ts';
import type { Transformer } from '../preprocessing/transformer.ts';
import type { Estimator } from './estimator.ts';

/** Options of `Pipeline`. */
export interface PipelineOptions<E extends Estimator> {
  /** The transformers that X goes through, one after the other. Default: none. */
  readonly steps?: readonly Transformer[];
  /** The model that learns from what comes out of them. */
  readonly estimator: E;
}

/**
 * A model with its preprocessing: `fit` fits the steps and then the estimator, `predict` sends X through both.
 * Parts that are fitted already can be put together and used without another `fit`.
 *
 * ```ts
 * const model = new Pipeline({ steps: [new StandardScaler()], estimator: new LogisticRegression() });
 * model.fit(XTrain, yTrain).score(XTest, yTest);
 * ```
 */
export class Pipeline<E extends Estimator = Estimator> {
  readonly steps: readonly Transformer[];
  readonly estimator: E;

  constructor({ steps = [], estimator }: PipelineOptions<E>) {
    this.steps = steps;
    this.estimator = estimator;
  }

  /** Fits the steps, each on what the one before it returns and on y, then the estimator. Throws as they do. */
  fit(X: Features, y: Parameters<E['fit']>[1]): this {
    const prepared = this.steps.reduce<Features>((columns, step) => step.fitTransform(columns, y), X);
    this.estimator.fit(prepared, y as never);
    return this;
  }

  /** Returns the prediction for each row. Throws as the steps and the estimator do. */
  predict(X: Features): ReturnType<E['predict']> {
    return this.estimator.predict(this.#prepared(X)) as ReturnType<E['predict']>;
  }

  /**
   * Returns the probability of each class (column) for each row.
   *
   * @throws InvalidArgumentError when the estimator is a regressor; and what the steps and the estimator throw
   */
  predictProba(X: Features): Matrix {
    if (this.estimator.task === 'classification') return this.estimator.predictProba(this.#prepared(X));
    throw new InvalidArgumentError('Pipeline.predictProba: expected a classifier, got a regressor');
  }

  /** Returns the estimator's score on X and y: R² or accuracy. Throws as the steps and the estimator do. */
  score(X: Features, y: Parameters<E['fit']>[1]): number {
    return this.estimator.score(this.#prepared(X), y as never);
  }

  /** The names and types of the columns that `fit` saw, before any step. Throws a `NotFittedError` before `fit`. */
  get schema(): FeatureSchema {
    return this.steps[0]?.schema ?? this.estimator.schema;
  }

  #prepared(X: Features): Features {
    return this.steps.reduce<Features>((columns, step) => step.transform(columns), X);
  }
}
