import { NotFittedError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Column } from '../data/column.ts';
import { Table } from '../data/table.ts';
import { type Features, type FeatureSchema, featureTable, likeInput, schemaOf, toTable } from './features.ts';

/** A transformer that learns one thing from each column and makes columns of it. */
export abstract class Columnwise<Params extends object, Learned> {
  #params: Params;
  #fitted: { readonly schema: FeatureSchema; readonly learned: readonly Learned[] } | undefined;

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
   * Learns from X; a second `fit` forgets the first.
   *
   * @throws EmptyDataError when there are no rows or no columns, or a column has no value
   * @throws NotFiniteError for infinities, ColumnError for strings where numbers are needed
   * @throws InvalidArgumentError for an option that can't be used
   */
  fit(X: Features): this {
    const where = this.where('fit');
    const table = toTable(X, where);
    this.checkParams(table, where);
    const learned = table.columnNames.map((name, j) =>
      this.learn(table.column(name), `${where}: column ${JSON.stringify(name)}`, j),
    );
    this.#fitted = { schema: schemaOf(X, table), learned };
    return this;
  }

  /**
   * Returns X changed as learned: a table for a table (its other columns are left out), else a matrix.
   *
   * @throws NotFittedError before `fit`
   * @throws ColumnError when a column is missing or of another type, ShapeError for a matrix of another width
   */
  transform(X: Table): Table;
  transform(X: Exclude<Features, Table>): Matrix;
  transform(X: Features): Table | Matrix;
  transform(X: Features): Table | Matrix {
    const { learned } = this.fitted;
    const where = this.where('transform');
    const table = featureTable(X, this.fitted.schema, where);
    const columns = table.columnNames.flatMap((name, j) => {
      const changed = this.change(table.column(name), learned[j]!, `${where}: column ${JSON.stringify(name)}`);
      return this.namesOut(name, learned[j]!).map((out, k) => [out, changed[k]!] as const);
    });
    return likeInput(X, new Table(columns), where);
  }

  /** Learns from X and returns it changed. Throws as `fit` does. */
  fitTransform(X: Table): Table;
  fitTransform(X: Exclude<Features, Table>): Matrix;
  fitTransform(X: Features): Table | Matrix;
  fitTransform(X: Features): Table | Matrix {
    return this.fit(X).transform(X);
  }

  /** The names and types of the columns that `fit` saw; a matrix has x0, x1, … */
  get schema(): FeatureSchema {
    return this.fitted.schema;
  }

  /** The names of the columns that `transform` returns. */
  get featureNamesOut(): readonly string[] {
    const { schema, learned } = this.fitted;
    return schema.features.flatMap(({ name }, j) => this.namesOut(name, learned[j]!));
  }

  /** What each column taught, with the schema. Throws a `NotFittedError` before `fit`. */
  protected get fitted(): { readonly schema: FeatureSchema; readonly learned: readonly Learned[] } {
    if (this.#fitted === undefined) {
      throw new NotFittedError(`${this.constructor.name}: expected fit(X) to be called first`);
    }
    return this.#fitted;
  }

  /** Takes over what another one has learned. */
  protected restore(schema: FeatureSchema, learned: readonly Learned[]): this {
    this.#fitted = { schema, learned };
    return this;
  }

  /** Returns the features out of columns that `transform` could have returned, as a table for a table. */
  protected revert(X: Features, change: (column: Column, learned: Learned) => Column): Table | Matrix {
    const { schema, learned } = this.fitted;
    const where = this.where('inverseTransform');
    const table = featureTable(X, schema, where);
    const columns = table.columnNames.map((name, j) => [name, change(table.column(name), learned[j]!)] as const);
    return likeInput(X, new Table(columns), where);
  }

  protected where(method: string): string {
    return `${this.constructor.name}.${method}`;
  }

  protected abstract checkParams(table: Table, where: string): void;
  protected abstract learn(column: Column, where: string, index: number): Learned;
  protected abstract change(column: Column, learned: Learned, where: string): readonly Column[];
  protected abstract namesOut(name: string, learned: Learned): readonly string[];
}
