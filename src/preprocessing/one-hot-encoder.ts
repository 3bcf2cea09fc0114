import { ColumnError, InvalidArgumentError } from '../base/errors.ts';
import type { MatrixLike } from '../base/matrix.ts';
import type { Column } from '../data/column.ts';
import { Table } from '../data/table.ts';
import { Columnwise } from './columnwise.ts';
import { type Category, featureTable, isTable } from './features.ts';
import { numbersOf } from './number-column.ts';
import type { ColumnCategories, OneHotEncoderState } from './transformer-state.ts';

/** Options of `OneHotEncoder`. */
export interface OneHotEncoderOptions {
  /** The categories of each column, in the order of the output, or 'auto': those that `fit` sees, sorted. Default: 'auto'. */
  readonly categories?: 'auto' | readonly (readonly Category[])[];
  /**
   * The category of each column that gets no output column: its first ('first'), its first when it has two
   * ('if_binary'), those listed, or none (null). Default: null.
   */
  readonly drop?: 'first' | 'if_binary' | readonly Category[] | null;
  /** Throw at a category that `fit` did not see ('error'), or encode it as zeros ('ignore'). Default: 'error'. */
  readonly handleUnknown?: 'error' | 'ignore';
}

/**
 * Makes a column of 0 and 1 for each category of each column, as scikit-learn does (dense). The columns are called
 * `column_category`. A missing value is a category of its own, `null`, sorted last.
 *
 * ```ts
 * const sex = new OneHotEncoder().fit([['male'], ['female']]);
 * sex.featureNamesOut; // ['x0_female', 'x0_male']
 * ```
 */
export class OneHotEncoder extends Columnwise<Required<OneHotEncoderOptions>, ColumnCategories> {
  constructor({ categories = 'auto', drop = null, handleUnknown = 'error' }: OneHotEncoderOptions = {}) {
    super({ categories, drop, handleUnknown });
  }

  /** Returns the encoder of a state that `toJSON` returned. */
  static fromJSON({ params, schema, learned }: OneHotEncoderState): OneHotEncoder {
    return new OneHotEncoder(params).restore(schema, learned);
  }

  /** The categories of each column, the dropped one included. */
  get categories(): readonly (readonly Category[])[] {
    return this.fitted.learned.map(({ categories }) => categories);
  }

  /**
   * Returns the categories of encoded rows: as a table for a table, else as rows. Where a row is all zeros stands
   * the dropped category, or `null` for an unknown one.
   *
   * @throws InvalidArgumentError when a row is all zeros and neither can be meant
   */
  inverseTransform(X: Table): Table;
  inverseTransform(X: MatrixLike): Category[][];
  inverseTransform(X: Table | MatrixLike): Table | Category[][] {
    const { schema, learned } = this.fitted;
    const encoded = this.featureNamesOut.map((name) => ({ name, type: 'number' as const }));
    const table = featureTable(X, { isNamed: schema.isNamed, features: encoded }, this.where('inverseTransform'));
    const columns = schema.features.map(({ name }, j) => [name, this.#decode(table, name, learned[j]!)] as const);
    if (!isTable(X)) return Array.from({ length: table.rowCount }, (_, i) => columns.map(([, values]) => values[i]!));
    return new Table(columns.map(([name, values]) => [name, values as (string | null)[]]));
  }

  /** Returns the options and what was learned. */
  toJSON(): OneHotEncoderState {
    return { kind: 'OneHotEncoder', params: this.getParams(), ...this.fitted };
  }

  protected override checkParams(table: Table, where: string): void {
    const { categories, drop, handleUnknown } = this.getParams();
    const width = table.columnNames.length;
    if (handleUnknown !== 'error' && handleUnknown !== 'ignore') {
      throw new InvalidArgumentError(
        `${where}: expected handleUnknown 'error' or 'ignore', got ${JSON.stringify(handleUnknown)}`,
      );
    }
    for (const [option, value] of Object.entries({ categories, drop })) {
      if (!Array.isArray(value) || value.length === width) continue;
      throw new InvalidArgumentError(`${where}: expected ${option} for ${width} columns, got ${value.length}`);
    }
  }

  protected override learn(column: Column, where: string, index: number): ColumnCategories {
    const { categories, drop, handleUnknown } = this.getParams();
    const seen = distinct(categoriesOf(column, where));
    const known = categories === 'auto' ? seen : categories[index]!;
    if (new Set(known).size !== known.length) {
      throw new InvalidArgumentError(`${where}: expected distinct categories, got ${shown(known)}`);
    }
    const unknown = seen.find((category) => !known.includes(category));
    if (unknown !== undefined && handleUnknown === 'error') throw unknownCategory(where, known, unknown);
    return { categories: known, dropped: droppedIndex(drop, known, index, where) };
  }

  protected override change(column: Column, { categories, dropped }: ColumnCategories, where: string): Column[] {
    const values = categoriesOf(column, where);
    const encoded = categories.map(() => new Float64Array(values.length));
    const indices = new Map(categories.map((category, index) => [category, index]));
    values.forEach((value, i) => {
      const index = indices.get(value);
      if (index !== undefined) encoded[index]![i] = 1;
      else if (this.getParams().handleUnknown === 'error')
        throw unknownCategory(`${where}, row ${i}`, categories, value);
    });
    return encoded.filter((_, index) => index !== dropped).map((ones) => ({ type: 'number', values: ones }));
  }

  protected override namesOut(name: string, { categories, dropped }: ColumnCategories): readonly string[] {
    return categories.filter((_, index) => index !== dropped).map((category) => `${name}_${category}`);
  }

  #decode(table: Table, name: string, learned: ColumnCategories): Category[] {
    const { categories, dropped } = learned;
    const kept = categories.filter((_, index) => index !== dropped);
    const columns = this.namesOut(name, learned).map((out) => table.numbers(out));
    return Array.from({ length: table.rowCount }, (_, i) => {
      const row = columns.map((values) => values[i]!);
      if (row.some((value) => value !== 0)) return kept[row.indexOf(Math.max(...row))]!;
      if (dropped !== null) return categories[dropped]!;
      if (this.getParams().handleUnknown === 'ignore') return null;
      throw new InvalidArgumentError(
        `${this.where('inverseTransform')}: expected a category in row ${i}, column ${JSON.stringify(name)}, got only zeros`,
      );
    });
  }
}

function categoriesOf(column: Column, where: string): readonly Category[] {
  if (column.type === 'string') return column.values;
  return Array.from(numbersOf(column, where), (value) => (Number.isNaN(value) ? null : value));
}

/** Returns the categories that occur, sorted; `null` last. */
function distinct(values: readonly Category[]): Category[] {
  const present = new Set(values);
  const hasMissing = present.delete(null);
  const sorted = [...(present as Set<string | number>)].sort((a, b) => (a < b ? -1 : 1));
  return hasMissing ? [...sorted, null] : sorted;
}

function droppedIndex(
  drop: Required<OneHotEncoderOptions>['drop'],
  categories: readonly Category[],
  column: number,
  where: string,
): number | null {
  if (drop === null) return null;
  if (drop === 'first') return 0;
  if (drop === 'if_binary') return categories.length === 2 ? 0 : null;
  const index = categories.indexOf(drop[column]!);
  if (index !== -1) return index;
  throw new InvalidArgumentError(
    `${where}: expected to drop one of ${shown(categories)}, got ${JSON.stringify(drop[column])}`,
  );
}

function unknownCategory(where: string, known: readonly Category[], got: Category): ColumnError {
  return new ColumnError(
    `${where}: expected one of the categories ${shown(known)}, got ${JSON.stringify(got)}. ` +
      "handleUnknown: 'ignore' encodes what fit did not see as zeros.",
  );
}

function shown(categories: readonly Category[]): string {
  const text = JSON.stringify(categories);
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}
