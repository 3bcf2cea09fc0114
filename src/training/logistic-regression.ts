import { ConstantDataError, InvalidArgumentError, NotFittedError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { classTargets, type Label } from '../preprocessing/class-targets.ts';
import type { Features, FeatureSchema } from '../preprocessing/features.ts';
import type { Classifier } from './estimator.ts';
import type { LogisticRegressionState } from './estimator-state.ts';
import { featureMatrix, numericSchema } from './feature-matrix.ts';
import { requireFiniteFeatures } from './finite.ts';
import { minimise } from './lbfgs.ts';
import { logisticCoordinates } from './logistic-coordinates.ts';
import { binaryLoss, logSumExpAndSoftmax, multinomialLoss } from './logistic-loss.ts';
import { accuracy } from './scores.ts';

/** Options of `LogisticRegression`. */
export interface LogisticRegressionOptions {
  /** The inverse strength of the penalty: smaller is simpler. Default: 1. */
  readonly C?: number;
  /** Stop when no component of the gradient is larger, per coefficient divided by the root of its curvature. Default: 1e-4. */
  readonly tol?: number;
  /** The most steps. Default: 100. */
  readonly maxIter?: number;
  /** Fit an intercept for each class. Default: true. */
  readonly fitIntercept?: boolean;
}

interface Fitted<L extends Label> {
  readonly schema: FeatureSchema;
  readonly classes: readonly L[];
  /** One row for two classes, that of the second; else one for each class. */
  readonly coef: readonly Float64Array[];
  readonly intercept: Float64Array;
  readonly nIter: number;
  readonly converged: boolean;
}

/**
 * Logistic regression of any number of classes: the smallest C · Σ cross-entropy + ½ ‖coef‖², which is
 * scikit-learn's objective, found by L-BFGS. The labels may be numbers or strings; `predict` returns the same.
 *
 * The columns need not be scaled to be found quickly, but the penalty depends on their units. scikit-learn stops by
 * another measure, and often earlier: it agrees when both have converged. After `maxIter` steps `fit` stops where it is,
 * and `converged` is false.
 */
export class LogisticRegression<L extends Label = Label> implements Classifier {
  readonly task = 'classification';
  #params: Required<LogisticRegressionOptions>;
  #fitted: Fitted<L> | undefined;

  constructor({ C = 1, tol = 1e-4, maxIter = 100, fitIntercept = true }: LogisticRegressionOptions = {}) {
    this.#params = { C, tol, maxIter, fitIntercept };
  }

  /** Returns the model of a state that `toJSON` returned. */
  static fromJSON({ params, schema, learned }: LogisticRegressionState): LogisticRegression {
    const model = new LogisticRegression(params);
    const coef = learned.coef.map((row) => Float64Array.from(row));
    model.#fitted = { ...learned, schema, coef, intercept: Float64Array.from(learned.intercept) };
    return model;
  }

  /** Returns the options, with their defaults. */
  getParams(): Required<LogisticRegressionOptions> {
    return { ...this.#params };
  }

  /** Changes options; what has been learned stays until the next `fit`. */
  setParams(params: LogisticRegressionOptions): this {
    this.#params = { ...this.#params, ...params };
    return this;
  }

  /**
   * Learns the coefficients; a second `fit` forgets the first.
   *
   * @throws ShapeError when y has not a label per row, EmptyDataError when there are none
   * @throws ConstantDataError when all labels are the same, InvalidArgumentError for mixed labels or a bad option
   * @throws NotFiniteError for NaN and infinities, ColumnError for strings in X
   */
  fit(X: Features, y: ArrayLike<L>): this {
    const where = 'LogisticRegression.fit';
    this.#checkParams(where);
    const matrix = featureMatrix(X, where);
    const schema = numericSchema(X, matrix.columns);
    const { classes, indices } = classTargets(y, matrix.rows, where);
    requireFiniteFeatures(matrix, schema, where);
    if (classes.length < 2) {
      throw new ConstantDataError(`${where}: expected at least 2 classes in y, got only ${JSON.stringify(classes[0])}`);
    }
    const { C, fitIntercept } = this.#params;
    const { problem, scaled, original } = logisticCoordinates(
      { X: matrix, classIndices: indices, C, fitIntercept },
      where,
    );
    const isBinary = classes.length === 2;
    const objective = isBinary ? binaryLoss(problem) : multinomialLoss(problem, classes.length);
    const width = matrix.columns + 1;
    const start = new Float64Array((isBinary ? 1 : classes.length) * width);
    const { x, nIter, converged } = minimise(scaled(objective), start, this.#params);
    const weights = original(x);
    const rows = Array.from({ length: start.length / width }, (_, k) => weights.subarray(k * width, (k + 1) * width));
    this.#fitted = {
      schema,
      classes: classes as L[],
      coef: rows.map((row) => row.slice(0, -1)),
      intercept: Float64Array.from(rows, (row) => row[width - 1]!),
      nIter,
      converged,
    };
    return this;
  }

  /** Returns the most probable class of each row. Throws as `predictProba` does. */
  predict(X: Features): L[] {
    const { classes } = this.#state;
    const { data, rows, columns } = this.#probabilities(X, 'LogisticRegression.predict');
    return Array.from({ length: rows }, (_, i) => {
      const row = data.subarray(i * columns, (i + 1) * columns);
      return classes[row.indexOf(row.reduce((a, b) => Math.max(a, b)))]!;
    });
  }

  /**
   * Returns the probability of each class, in the order of `classes`: a row for each row of X.
   *
   * @throws NotFittedError before `fit`; ShapeError, ColumnError, NotFiniteError for an X that is not like that of `fit`
   */
  predictProba(X: Features): Matrix {
    return this.#probabilities(X, 'LogisticRegression.predictProba');
  }

  /** Returns the accuracy on X and y. Throws as `predict` does, and a `ShapeError` when y has another length. */
  score(X: Features, y: ArrayLike<L>): number {
    const predicted = this.predict(X);
    classTargets(y, predicted.length, 'LogisticRegression.score');
    return accuracy(y, predicted);
  }

  /** The classes, sorted: numbers by value, strings by code unit. */
  get classes(): readonly L[] {
    return this.#state.classes;
  }

  /** The coefficients of each class; of two classes only those of the second. */
  get coef(): readonly Float64Array[] {
    return this.#state.coef.map((row) => row.slice());
  }

  /** The intercept of each class; of two classes only that of the second. */
  get intercept(): Float64Array {
    return this.#state.intercept.slice();
  }

  /** How many steps `fit` took. */
  get nIter(): number {
    return this.#state.nIter;
  }

  /** Whether `fit` found the minimum; if not, scale X, or raise `maxIter` or `tol`. */
  get converged(): boolean {
    return this.#state.converged;
  }

  /** The names and types of the columns that `fit` saw. */
  get schema(): FeatureSchema {
    return this.#state.schema;
  }

  /** Returns the options and what was learned. */
  toJSON(): LogisticRegressionState {
    const { schema, coef, intercept, ...learned } = this.#state;
    return {
      kind: 'LogisticRegression',
      params: this.getParams(),
      schema,
      learned: { ...learned, coef: coef.map((row) => [...row]), intercept: [...intercept] },
    };
  }

  #checkParams(where: string): void {
    const { C, tol, maxIter } = this.#params;
    if (!(C > 0 && Number.isFinite(C))) {
      throw new InvalidArgumentError(`${where}: expected a finite C above 0, got ${C}`);
    }
    if (!(tol > 0)) throw new InvalidArgumentError(`${where}: expected a tol above 0, got ${tol}`);
    if (!Number.isInteger(maxIter) || maxIter < 1) {
      throw new InvalidArgumentError(`${where}: expected a whole maxIter of at least 1, got ${maxIter}`);
    }
  }

  #probabilities(X: Features, where: string): Matrix {
    const { coef, intercept, classes, schema } = this.#state;
    const matrix = featureMatrix(X, where, schema);
    requireFiniteFeatures(matrix, schema, where);
    const { rows, columns } = matrix;
    const K = classes.length;
    const data = new Float64Array(rows * K);
    for (let i = 0; i < rows; i++) {
      // With two classes the first has the score 0: its softmax is then the logistic function of the second.
      const scores = data.subarray(i * K, (i + 1) * K);
      coef.forEach((weights, k) => {
        let z = intercept[k]!;
        for (let j = 0; j < columns; j++) z += matrix.data[i * columns + j]! * weights[j]!;
        scores[K - coef.length + k] = z;
      });
      logSumExpAndSoftmax(scores);
    }
    return { data, rows, columns: K };
  }

  get #state(): Fitted<L> {
    if (this.#fitted === undefined) {
      throw new NotFittedError('LogisticRegression: expected fit(X, y) to be called first');
    }
    return this.#fitted;
  }
}
