import { InvalidArgumentError, NotFittedError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Table } from '../data/table.ts';
import type { Label } from './class-targets.ts';
import { anovaScores } from './f-classif.ts';
import { type Features, type FeatureSchema, featureTable, likeInput, schemaOf, toTable } from './features.ts';
import type { Transformer } from './transformer.ts';
import type { FeatureScore, SelectKBestState } from './transformer-state.ts';

/** Options of `SelectKBest`. */
export interface SelectKBestOptions {
  /** How many columns to keep; of fewer columns, all. Default: 10. */
  readonly k?: number;
}

interface Fitted {
  readonly schema: FeatureSchema;
  readonly scores: Float64Array;
  readonly pvalues: Float64Array;
  readonly support: readonly boolean[];
}

/**
 * Keeps the `k` columns that tell the classes of y apart best by the F of `fClassif`, as scikit-learn does: in their
 * original order, of equal scores the later column, a constant column last of all.
 *
 * Fit it on training rows only: a column that was picked with the help of the test rows has seen their answers.
 *
 * ```ts
 * new SelectKBest({ k: 2 }).fit(table, species).featureNamesOut; // ['petal length (cm)', 'petal width (cm)']
 * ```
 */
export class SelectKBest implements Transformer {
  #params: Required<SelectKBestOptions>;
  #fitted: Fitted | undefined;

  constructor({ k = 10 }: SelectKBestOptions = {}) {
    this.#params = { k };
  }

  /** Returns the selector of a state that `toJSON` returned. */
  static fromJSON({ params, schema, learned }: SelectKBestState): SelectKBest {
    const selector = new SelectKBest(params);
    selector.#fitted = {
      schema,
      scores: Float64Array.from(learned, ({ score }) => Number(score)),
      pvalues: Float64Array.from(learned, ({ pvalue }) => Number(pvalue)),
      support: learned.map(({ isSelected }) => isSelected),
    };
    return selector;
  }

  /** Returns the options, with their defaults. */
  getParams(): Required<SelectKBestOptions> {
    return { ...this.#params };
  }

  /** Changes options; what has been learned stays until the next `fit`. */
  setParams(params: SelectKBestOptions): this {
    this.#params = { ...this.#params, ...params };
    return this;
  }

  /**
   * Scores the columns of X by the classes of y; a second `fit` forgets the first.
   *
   * @throws InvalidArgumentError when `k` is not a whole number of at least 1, or y is missing; and as `fClassif` does
   */
  fit(X: Features, y: ArrayLike<Label>): this {
    const where = 'SelectKBest.fit';
    const { k } = this.#params;
    if (!Number.isInteger(k) || k < 1) {
      throw new InvalidArgumentError(`${where}: expected a whole k of at least 1, got ${String(k)}`);
    }
    // A `Transformer` may be called without y, so the compiler can't insist.
    if ((y as unknown) === undefined) {
      throw new InvalidArgumentError(`${where}: expected y, the class of each row, got none`);
    }
    const table = toTable(X, where);
    const schema = schemaOf(X, table);
    const { F, pvalues } = anovaScores(table, y, { where, isNamed: schema.isNamed });
    this.#fitted = { schema, scores: F, pvalues, support: largest(F, k) };
    return this;
  }

  /**
   * Returns the kept columns of X: a table for a table, else a matrix.
   *
   * @throws NotFittedError before `fit`
   * @throws ColumnError when a column is missing or of another type, ShapeError for a matrix of another width
   */
  transform(X: Table): Table;
  transform(X: Exclude<Features, Table>): Matrix;
  transform(X: Features): Table | Matrix;
  transform(X: Features): Table | Matrix {
    const where = 'SelectKBest.transform';
    const table = featureTable(X, this.#state.schema, where);
    return likeInput(X, table.select(this.featureNamesOut), where);
  }

  /** Scores the columns and returns those that are kept. Throws as `fit` does. */
  fitTransform(X: Table, y: ArrayLike<Label>): Table;
  fitTransform(X: Exclude<Features, Table>, y: ArrayLike<Label>): Matrix;
  fitTransform(X: Features, y: ArrayLike<Label>): Table | Matrix;
  fitTransform(X: Features, y: ArrayLike<Label>): Table | Matrix {
    return this.fit(X, y).transform(X);
  }

  /** Returns, for each column that `fit` saw, whether it is kept. */
  getSupport(): boolean[] {
    return [...this.#state.support];
  }

  /** The F of each column. */
  get scores(): Float64Array {
    return this.#state.scores.slice();
  }

  /** The p-value of each column. */
  get pvalues(): Float64Array {
    return this.#state.pvalues.slice();
  }

  /** The names and types of the columns that `fit` saw; a matrix has x0, x1, … */
  get schema(): FeatureSchema {
    return this.#state.schema;
  }

  /** The names of the kept columns. */
  get featureNamesOut(): readonly string[] {
    const { schema, support } = this.#state;
    return schema.features.filter((_, j) => support[j]).map(({ name }) => name);
  }

  /** Returns the options and what was learned. */
  toJSON(): SelectKBestState {
    const { schema, scores, pvalues, support } = this.#state;
    const learned = support.map((isSelected, j) => ({
      score: asJson(scores[j]!),
      pvalue: asJson(pvalues[j]!),
      isSelected,
    }));
    return { kind: 'SelectKBest', params: this.getParams(), schema, learned };
  }

  get #state(): Fitted {
    if (this.#fitted === undefined) throw new NotFittedError('SelectKBest: expected fit(X, y) to be called first');
    return this.#fitted;
  }
}

/** Returns which scores are among the `k` largest; NaN is the smallest, and of equal ones the later is larger. */
function largest(scores: Float64Array, k: number): boolean[] {
  const rank = (j: number) => (Number.isNaN(scores[j]) ? -Infinity : scores[j]!);
  const order = Array.from(scores.keys()).sort((a, b) => (rank(a) === rank(b) ? b - a : rank(b) - rank(a)));
  const kept = new Set(order.slice(0, k));
  return Array.from(scores, (_, j) => kept.has(j));
}

/** Returns a number as it can stand in a file: JSON has no NaN and no Infinity, so they become words. */
function asJson(value: number): FeatureScore['score'] {
  if (Number.isNaN(value)) return 'NaN';
  return value === Infinity ? 'Infinity' : value;
}
