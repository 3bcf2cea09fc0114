import { inspect } from 'node:util';
import { ColumnError, EmptyDataError, InvalidArgumentError, ShapeError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { type Column, type ColumnInput, takeRows, toColumn } from './column.ts';
import { describeNumbers, type Summary } from './describe.ts';
import { tableToHtml, tableToText } from './show-table.ts';

/** One row: the value of each column by its name; NaN (numbers) and `null` (strings) are missing values. */
export type Row = Readonly<Record<string, number | string | null>>;

/**
 * Columns of equal length, each of numbers or of strings, under distinct names and in a fixed order.
 * A table does not change: what adds, drops or picks returns a new one.
 *
 * ```ts
 * const table = Table.fromColumns({ city: ['Oslo', 'Rome'], temperature: [4.5, 15.2] });
 * table.filter((row) => Number(row['temperature']) > 10).strings('city'); // ['Rome']
 * ```
 */
export class Table {
  static {
    // Defined here, not as methods: declarations are made file by file, which forbids computed method names.
    Object.defineProperties(Table.prototype, {
      [Symbol.for('Jupyter.display')]: { value: mimeBundle },
      [inspect.custom]: { value: toText },
    });
  }

  // Not a #field: those are invisible to the equality of test runners, for which all tables would be alike.
  private readonly byName: ReadonlyMap<string, Column>;
  /** How many rows there are. */
  readonly rowCount: number;

  /**
   * @throws ShapeError when the columns differ in length
   * @throws ColumnError when a name occurs twice or a column mixes numbers and strings
   */
  constructor(columns: Iterable<readonly [name: string, values: ColumnInput]>) {
    const byName = new Map<string, Column>();
    for (const [name, values] of columns) {
      if (byName.has(name)) throw new ColumnError(`table: expected distinct names, got ${JSON.stringify(name)} twice`);
      byName.set(name, toColumn(name, values));
    }
    const [first, ...others] = byName;
    this.rowCount = first?.[1].values.length ?? 0;
    for (const [name, { values }] of others) {
      if (values.length !== this.rowCount) {
        throw new ShapeError(
          `column ${JSON.stringify(name)}: expected ${this.rowCount} values (as in ${JSON.stringify(first![0])}), ` +
            `got ${values.length}`,
        );
      }
    }
    this.byName = byName;
  }

  /** Returns the table of `columns`, in the order of its keys. Throws as the constructor does. */
  static fromColumns(columns: Readonly<Record<string, ColumnInput>>): Table {
    return new Table(Object.entries(columns));
  }

  /** Returns the table of `records`; a key that a record lacks is a missing value. Throws as the constructor does. */
  static fromRecords(records: readonly Readonly<Record<string, number | string | null | undefined>>[]): Table {
    const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
    return new Table(
      names.map((name) => [name, records.map((record) => record[name] ?? null) as readonly (string | null)[]]),
    );
  }

  /** The names of the columns, in order. */
  get columnNames(): string[] {
    return [...this.byName.keys()];
  }

  /**
   * Returns a column with its type.
   *
   * @throws ColumnError when there is no column of that name
   */
  column(name: string): Column {
    const column = this.byName.get(name);
    if (column === undefined) {
      const names = this.columnNames.map((known) => JSON.stringify(known)).join(', ');
      throw new ColumnError(`table: expected one of the columns ${names || '(none)'}, got ${JSON.stringify(name)}`);
    }
    return column;
  }

  /**
   * Returns a copy of a column's numbers; NaN marks a missing value.
   *
   * @throws ColumnError when there is no such column or it holds strings
   */
  numbers(name: string): Float64Array {
    const column = this.column(name);
    if (column.type !== 'number') throw wrongType(name, 'numbers', 'strings');
    return column.values.slice();
  }

  /**
   * Returns a copy of a column's strings; `null` marks a missing value.
   *
   * @throws ColumnError when there is no such column or it holds numbers
   */
  strings(name: string): (string | null)[] {
    const column = this.column(name);
    if (column.type !== 'string') throw wrongType(name, 'strings', 'numbers');
    return [...column.values];
  }

  /** Returns the table of the named columns, in the order of `names`. Throws a `ColumnError` for an unknown name. */
  select(names: readonly string[]): Table {
    return new Table(names.map((name) => [name, this.column(name)]));
  }

  /** Returns the table without the named columns. Throws a `ColumnError` for an unknown name. */
  drop(names: readonly string[]): Table {
    for (const name of names) this.column(name);
    return this.select(this.columnNames.filter((name) => !names.includes(name)));
  }

  /** Returns the table with a column added at the end, or replaced in its place. Throws as the constructor does. */
  withColumn(name: string, values: ColumnInput): Table {
    return new Table(new Map<string, ColumnInput>(this.byName).set(name, values));
  }

  /** Returns the table of the rows for which `predicate` holds. */
  filter(predicate: (row: Row, index: number) => boolean): Table {
    return this.rows(this.#indices().filter((index) => predicate(this.#row(index), index)));
  }

  /**
   * Returns the table of the rows at `indices`, in their order; an index may occur more than once.
   *
   * @throws InvalidArgumentError when an index is not that of a row
   */
  rows(indices: ArrayLike<number>): Table {
    const chosen = Array.from(indices);
    const wrong = chosen.find((index) => !Number.isInteger(index) || index < 0 || index >= this.rowCount);
    if (wrong !== undefined) {
      throw new InvalidArgumentError(`rows: expected indices of 0 … ${this.rowCount - 1}, got ${wrong}`);
    }
    return new Table([...this.byName].map(([name, column]) => [name, takeRows(column, chosen)]));
  }

  /** Returns the rows of [start, end); negative numbers count from the end, as in `Array.prototype.slice`. */
  slice(start?: number, end?: number): Table {
    return this.rows(this.#indices().slice(start, end));
  }

  /** Returns the first `n` rows, or all when there are fewer. */
  head(n = 5): Table {
    return this.slice(0, n);
  }

  /**
   * Returns count, mean, standard deviation, extremes and quartiles of each number column: one row
   * per statistic, named in the column `statistic`; string columns are left out. Missing values don't count.
   */
  describe(): Table {
    const numbers = [...this.byName].filter(([, column]) => column.type === 'number');
    const summaries = numbers.map(([name, column]) => [name, describeNumbers(column.values as Float64Array)] as const);
    return new Table([
      ['statistic', statistics],
      ...summaries.map(([name, summary]) => [name, statistics.map((statistic) => summary[statistic])] as const),
    ]);
  }

  /** Returns the rows as objects. */
  records(): Row[] {
    return this.#indices().map((index) => this.#row(index));
  }

  /**
   * Returns the named number columns as a matrix with a row for each row; all columns unless given.
   * Missing values stay NaN.
   *
   * @throws ColumnError when a column is unknown or holds strings
   * @throws EmptyDataError when there are no rows or no columns
   */
  toMatrix(names: readonly string[] = this.columnNames): Matrix {
    const columns = names.map((name) => this.numbers(name));
    if (this.rowCount === 0 || columns.length === 0) {
      throw new EmptyDataError(
        `toMatrix: expected at least one row and one column, got ${this.rowCount} × ${columns.length}`,
      );
    }
    const data = new Float64Array(this.rowCount * columns.length);
    columns.forEach((values, j) => values.forEach((value, i) => (data[i * columns.length + j] = value)));
    return { data, rows: this.rowCount, columns: columns.length };
  }

  #indices(): number[] {
    return Array.from({ length: this.rowCount }, (_, index) => index);
  }

  #row(index: number): Row {
    return Object.fromEntries(Array.from(this.byName, ([name, column]) => [name, column.values[index]!]));
  }
}

const statistics: readonly (keyof Summary)[] = ['count', 'mean', 'std', 'min', '25%', '50%', '75%', 'max'];

/** Returns how a notebook shows a table: as HTML, and as text where there is no HTML. */
function mimeBundle(this: Table): Record<string, string> {
  return { 'text/html': tableToHtml(this), 'text/plain': tableToText(this) };
}

/** Returns what `console.log` prints of a table. */
function toText(this: Table): string {
  return tableToText(this);
}

function wrongType(name: string, expected: string, got: string): ColumnError {
  return new ColumnError(`column ${JSON.stringify(name)}: expected ${expected}, got ${got}`);
}
