import { InvalidArgumentError, NotFittedError } from '../base/errors.ts';
import type { Features, FeatureSchema } from '../preprocessing/features.ts';
import type { Regressor } from './estimator.ts';
import type { LinearRegressionState } from './estimator-state.ts';
import { featureMatrix, numericSchema } from './feature-matrix.ts';
import { overflow, requireFiniteFeatures } from './finite.ts';
import { type LeastSquares, leastSquares } from './least-squares.ts';
import { rSquared } from './scores.ts';
import { numericTargets, requireFiniteTargets } from './targets.ts';

/** Options of `LinearRegression`. */
export interface LinearRegressionOptions {
  /** Fit an intercept; without one the plane goes through the origin. Default: true. */
  readonly fitIntercept?: boolean;
  /**
   * How nearly columns must depend on each other to count as dependent: the ratio of singular values of the
   * columns, centred and scaled to length 1. Default: 1e-6.
   */
  readonly tol?: number;
}

/**
 * Ordinary least squares: y = X · coef + intercept with the smallest Σ(y - ŷ)².
 * Columns that depend on each other, or more columns than rows, give the solution with the smallest coefficients.
 *
 * ```ts
 * const model = new LinearRegression().fit([[1], [2], [3]], [3, 5, 7]);
 * model.predict([[4]]); // Float64Array [9]
 * ```
 */
export class LinearRegression implements Regressor {
  readonly task = 'regression';
  #params: Required<LinearRegressionOptions>;
  #fitted: (LeastSquares & { readonly schema: FeatureSchema }) | undefined;

  constructor({ fitIntercept = true, tol = 1e-6 }: LinearRegressionOptions = {}) {
    this.#params = { fitIntercept, tol };
  }

  /** Returns the model of a state that `toJSON` returned. */
  static fromJSON({ params, schema, learned: { coef, intercept } }: LinearRegressionState): LinearRegression {
    const model = new LinearRegression(params);
    model.#fitted = { schema, coef: Float64Array.from(coef), intercept };
    return model;
  }

  /** Returns the options, with their defaults. */
  getParams(): Required<LinearRegressionOptions> {
    return { ...this.#params };
  }

  /** Changes options; what has been learned stays until the next `fit`. */
  setParams(params: LinearRegressionOptions): this {
    this.#params = { ...this.#params, ...params };
    return this;
  }

  /**
   * Learns the coefficients, in one pass over X (n × p) and O(n p²); a second `fit` forgets the first.
   *
   * @throws ShapeError when y has not n values, EmptyDataError when there are none
   * @throws NotFiniteError for NaN and infinities, ColumnError for strings, InvalidArgumentError for a bad `tol`
   */
  fit(X: Features, y: ArrayLike<number>): this {
    const where = 'LinearRegression.fit';
    const { tol } = this.#params;
    if (!(tol >= 0 && tol < 1)) throw new InvalidArgumentError(`${where}: expected a tol of 0–1, got ${tol}`);
    const matrix = featureMatrix(X, where);
    const targets = numericTargets(y, matrix.rows, where);
    const schema = numericSchema(X, matrix.columns);
    const plane = leastSquares(matrix, targets, this.#params);
    if (plane === undefined) {
      // Looking for the value to blame costs only those who have one.
      requireFiniteFeatures(matrix, schema, where);
      requireFiniteTargets(targets, where);
      throw overflow(where);
    }
    this.#fitted = { ...plane, schema };
    return this;
  }

  /**
   * Returns the predicted value of each row.
   *
   * @throws NotFittedError before `fit`; ShapeError, ColumnError, NotFiniteError for an X that is not like that of `fit`
   */
  predict(X: Features): Float64Array {
    const { coef, intercept, schema } = this.#state;
    const matrix = featureMatrix(X, 'LinearRegression.predict', schema);
    requireFiniteFeatures(matrix, schema, 'LinearRegression.predict');
    const { data, rows, columns } = matrix;
    const predicted = new Float64Array(rows);
    for (let i = 0, at = 0; i < rows; i++) {
      let value = intercept;
      for (let j = 0; j < columns; j++) value += data[at++]! * coef[j]!;
      predicted[i] = value;
    }
    return predicted;
  }

  /** Returns R² on X and y. Throws as `predict` does, and a `ConstantDataError` when y does not vary. */
  score(X: Features, y: ArrayLike<number>): number {
    return rSquared(y, this.predict(X), 'LinearRegression.score');
  }

  /** The coefficient of each column. */
  get coef(): Float64Array {
    return this.#state.coef.slice();
  }

  /** The value where all columns are 0; 0 without `fitIntercept`. */
  get intercept(): number {
    return this.#state.intercept;
  }

  /** The names and types of the columns that `fit` saw. */
  get schema(): FeatureSchema {
    return this.#state.schema;
  }

  /** Returns the options and what was learned. */
  toJSON(): LinearRegressionState {
    const { coef, intercept, schema } = this.#state;
    return {
      kind: 'LinearRegression',
      params: this.getParams(),
      schema,
      learned: { coef: [...coef], intercept },
    };
  }

  get #state(): LeastSquares & { readonly schema: FeatureSchema } {
    if (this.#fitted === undefined) throw new NotFittedError('LinearRegression: expected fit(X, y) to be called first');
    return this.#fitted;
  }
}
