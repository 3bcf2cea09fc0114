import { InvalidArgumentError, NotFittedError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { Table } from '../data/table.ts';
import type { Label } from './class-targets.ts';
import {
  type Features,
  type FeatureSchema,
  featureTable,
  isTable,
  likeInput,
  requireColumns,
  schemaOf,
  toTable,
} from './features.ts';
import type { Transformer } from './transformer.ts';
import type { ColumnTransformerState, TransformerState } from './transformer-state.ts';

/** Some columns and what is done with them. */
export interface ColumnSteps {
  /** The names of the columns; x0, x1, … for those of a matrix. */
  readonly columns: readonly string[];
  /** The transformers these columns go through, one after the other. */
  readonly steps: readonly Transformer[];
}

/** Options of `ColumnTransformer`. */
export interface ColumnTransformerOptions {
  readonly transformers: readonly ColumnSteps[];
  /** What becomes of columns that no transformer names: left out, or kept at the end. Default: 'drop'. */
  readonly remainder?: 'drop' | 'passthrough';
}

/**
 * Sends columns through different transformers and puts the results side by side, in the order of `transformers`.
 *
 * ```ts
 * new ColumnTransformer({
 *   transformers: [
 *     { columns: ['Age'], steps: [new SimpleImputer(), new StandardScaler()] },
 *     { columns: ['Sex'], steps: [new OneHotEncoder({ drop: 'first' })] },
 *   ],
 *   remainder: 'passthrough',
 * });
 * ```
 */
export class ColumnTransformer implements Transformer {
  readonly #transformers: readonly ColumnSteps[];
  readonly #remainder: 'drop' | 'passthrough';
  #fitted: { readonly schema: FeatureSchema; readonly namesOut: readonly string[] } | undefined;

  constructor({ transformers, remainder = 'drop' }: ColumnTransformerOptions) {
    this.#transformers = transformers;
    this.#remainder = remainder;
  }

  /** Returns the transformer of a state that `toJSON` returned; `fromJSON` makes those inside. */
  static fromJSON(
    { params, schema, namesOut, transformers }: ColumnTransformerState,
    fromJSON: (state: TransformerState) => Transformer,
  ): ColumnTransformer {
    const restored = transformers.map(({ columns, steps }) => ({ columns, steps: steps.map(fromJSON) }));
    const transformer = new ColumnTransformer({ ...params, transformers: restored });
    transformer.#fitted = { schema, namesOut };
    return transformer;
  }

  /**
   * Fits the transformers, each on its columns as the one before it leaves them, and on y.
   *
   * @throws ColumnError when a column is missing, or two results have the same name
   * @throws InvalidArgumentError for an unknown `remainder`; and what the transformers throw
   */
  fit(X: Features, y?: ArrayLike<Label>): this {
    this.fitTransform(X, y);
    return this;
  }

  /** Returns the changed columns: a table for a table, else a matrix. Throws as the transformers do. */
  transform(X: Table): Table;
  transform(X: Exclude<Features, Table>): Matrix;
  transform(X: Features): Table | Matrix;
  transform(X: Features): Table | Matrix {
    const where = 'ColumnTransformer.transform';
    const table = featureTable(X, this.#state.schema, where);
    return likeInput(
      X,
      this.#apply(table, (step, columns) => step.transform(columns)),
      where,
    );
  }

  /** Fits the transformers and returns the changed columns. Throws as `fit` does. */
  fitTransform(X: Table, y?: ArrayLike<Label>): Table;
  fitTransform(X: Exclude<Features, Table>, y?: ArrayLike<Label>): Matrix;
  fitTransform(X: Features, y?: ArrayLike<Label>): Table | Matrix;
  fitTransform(X: Features, y?: ArrayLike<Label>): Table | Matrix {
    const where = 'ColumnTransformer.fit';
    const given = toTable(X, where);
    if (this.#remainder !== 'drop' && this.#remainder !== 'passthrough') {
      throw new InvalidArgumentError(
        `${where}: expected remainder 'drop' or 'passthrough', got ${JSON.stringify(this.#remainder)}`,
      );
    }
    for (const { columns } of this.#transformers) requireColumns(given, columns, where);
    // A column of a table that is dropped need not be there later; in a matrix it holds the others' places.
    const table = isTable(X) && this.#remainder === 'drop' ? this.#used(given) : given;
    const changed = this.#apply(table, (step, columns) => step.fitTransform(columns, y));
    this.#fitted = { schema: schemaOf(X, table), namesOut: changed.columnNames };
    return likeInput(X, changed, where);
  }

  /** The names and types of the columns that `fit` saw. */
  get schema(): FeatureSchema {
    return this.#state.schema;
  }

  /** The names of the columns that `transform` returns. */
  get featureNamesOut(): readonly string[] {
    return this.#state.namesOut;
  }

  /** Returns the options and what the transformers learned. */
  toJSON(): ColumnTransformerState {
    return {
      kind: 'ColumnTransformer',
      params: { remainder: this.#remainder },
      ...this.#state,
      transformers: this.#transformers.map(({ columns, steps }) => ({
        columns,
        steps: steps.map((step) => step.toJSON()),
      })),
    };
  }

  #apply(table: Table, through: (step: Transformer, columns: Table) => Table): Table {
    const parts = this.#transformers.map(({ columns, steps }) =>
      steps.reduce((part, step) => through(step, part), table.select(columns)),
    );
    if (this.#remainder === 'passthrough') parts.push(table.drop(this.#used(table).columnNames));
    return new Table(parts.flatMap((part) => part.columnNames.map((name) => [name, part.column(name)] as const)));
  }

  #used(table: Table): Table {
    const used = new Set(this.#transformers.flatMap(({ columns }) => columns));
    return table.select(table.columnNames.filter((name) => used.has(name)));
  }

  get #state(): { readonly schema: FeatureSchema; readonly namesOut: readonly string[] } {
    if (this.#fitted === undefined) throw new NotFittedError('ColumnTransformer: expected fit(X) to be called first');
    return this.#fitted;
  }
}
