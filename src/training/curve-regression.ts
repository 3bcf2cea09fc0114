import { ConstantDataError, InvalidArgumentError, NotFittedError, ShapeError } from '../base/errors.ts';
import type { Features, FeatureSchema } from '../preprocessing/features.ts';
import type { Regressor } from './estimator.ts';
import type { RegressorState } from './estimator-state.ts';
import { featureMatrix, numericSchema } from './feature-matrix.ts';
import { overflow, requireFiniteFeatures } from './finite.ts';
import { rSquared } from './scores.ts';
import { numericTargets, requireFiniteTargets } from './targets.ts';

/** A regressor of one variable: X has one column. */
export abstract class CurveRegression<Params extends object, Curve extends object> implements Regressor {
  readonly task = 'regression';
  #params: Params;
  #fitted: { readonly schema: FeatureSchema; readonly learned: Curve } | undefined;

  /** Only stores the options; `fit` checks them. */
  constructor(params: Params) {
    this.#params = params;
  }

  /** Returns the options, with their defaults. */
  getParams(): Params {
    return { ...this.#params };
  }

  /** Changes options; what has been learned stays until the next `fit`. */
  setParams(params: Partial<Params>): this {
    this.#params = { ...this.#params, ...params };
    return this;
  }

  /**
   * Learns the curve from X (n × 1) and y; a second `fit` forgets the first.
   *
   * @throws ShapeError when X has not one column or y not n values, EmptyDataError when there are none
   * @throws NotFiniteError for NaN, infinities and overflow, ConstantDataError when X does not vary
   * @throws InvalidArgumentError for values or options that this curve can't be fitted to
   */
  fit(X: Features, y: ArrayLike<number>): this {
    const where = this.#where('fit');
    const matrix = featureMatrix(X, where);
    if (matrix.columns !== 1) throw new ShapeError(`${where}: expected an X of one column, got ${matrix.columns}`);
    const schema = numericSchema(X, 1);
    const targets = numericTargets(y, matrix.rows, where);
    requireFiniteFeatures(matrix, schema, where);
    requireFiniteTargets(targets, where);
    const x = [...matrix.data];
    if (x.every((value) => value === x[0])) {
      throw new ConstantDataError(`${where}: expected X to vary, got ${x.length} rows with ${x[0]}`);
    }
    const learned = this.learn(x, [...targets], where);
    if (!Object.values(learned).flat().every(Number.isFinite)) throw overflow(where);
    this.#fitted = { schema, learned };
    return this;
  }

  /** Returns the value of the curve at each row. Throws as `fit` does, and a `NotFittedError` before it. */
  predict(X: Features): Float64Array {
    const { schema, learned } = this.fitted;
    const where = this.#where('predict');
    const matrix = featureMatrix(X, where, schema);
    requireFiniteFeatures(matrix, schema, where);
    return this.evaluate(matrix.data, learned, where);
  }

  /** Returns R² on X and y. Throws as `predict` does, and a `ConstantDataError` when y does not vary. */
  score(X: Features, y: ArrayLike<number>): number {
    return rSquared(y, this.predict(X), this.#where('score'));
  }

  /** The name and type of the column that `fit` saw. */
  get schema(): FeatureSchema {
    return this.fitted.schema;
  }

  /** Returns the options and what was learned. */
  abstract toJSON(): RegressorState;

  /** What was learned. Throws a `NotFittedError` before `fit`. */
  protected get fitted(): { readonly schema: FeatureSchema; readonly learned: Curve } {
    if (this.#fitted === undefined) {
      throw new NotFittedError(`${this.constructor.name}: expected fit(X, y) to be called first`);
    }
    return this.#fitted;
  }

  /** Takes over what another one has learned. */
  protected restore(schema: FeatureSchema, learned: Curve): this {
    this.#fitted = { schema, learned };
    return this;
  }

  protected abstract learn(x: readonly number[], y: readonly number[], where: string): Curve;
  protected abstract evaluate(x: Float64Array, curve: Curve, where: string): Float64Array;

  #where(method: string): string {
    return `${this.constructor.name}.${method}`;
  }
}

/** Throws an `InvalidArgumentError` that names the first value which is not above 0, for fits to its logarithm. */
export function requirePositive(values: ArrayLike<number>, name: string, where: string): void {
  const row = Array.from(values).findIndex((value) => value <= 0);
  if (row === -1) return;
  throw new InvalidArgumentError(
    `${where}: expected ${name} above 0 (the curve is fitted to its logarithm), got ${values[row]} in row ${row}`,
  );
}
