import { ColumnError, EmptyDataError, ShapeError } from '../base/errors.ts';
import { type Matrix, type MatrixLike, toMatrix } from '../base/matrix.ts';
import type { Column, ColumnInput } from '../data/column.ts';
import { Table } from '../data/table.ts';

/** A value of a categorical feature; `null` is a missing one. */
export type Category = string | number | null;

/** Rows of values, numbers or categories: what transformers take beside tables and matrices. */
export type Rows = ReadonlyArray<readonly Category[]>;

/** What transformers and models take as X: a table, whose columns are found by name, a matrix, or rows. */
export type Features = Table | MatrixLike | Rows;

/** One feature as `fit` saw it. */
export interface Feature {
  readonly name: string;
  readonly type: Column['type'];
}

/** The features that `fit` saw. Those of a matrix have no names of their own and are called x0, x1, … */
export interface FeatureSchema {
  readonly isNamed: boolean;
  readonly features: readonly Feature[];
}

/** Returns whether X is a table, also one of another copy of the package. */
export function isTable(X: Features): X is Table {
  return 'columnNames' in X;
}

/** Returns X as a table; the columns of a matrix are called x0, x1, … `where` names the caller in messages. */
export function toTable(X: Features, where: string): Table {
  const table = isTable(X) ? X : new Table(columnsOf(X, where));
  if (table.rowCount === 0 || table.columnNames.length === 0) {
    throw new EmptyDataError(
      `${where}: expected at least one row and one column, got ${table.rowCount} × ${table.columnNames.length}`,
    );
  }
  return table;
}

/** Returns the schema of X, which `toTable` has made `table`. */
export function schemaOf(X: Features, table: Table): FeatureSchema {
  const features = table.columnNames.map((name) => ({ name, type: table.column(name).type }));
  return { isNamed: isTable(X), features };
}

/**
 * Returns the features of a schema as a table, taken from X by name when both sides have names, else by position.
 * Further columns of a table are left out.
 *
 * @throws ColumnError when a column is missing or of another type, ShapeError when a matrix has another width
 */
export function featureTable(X: Features, schema: FeatureSchema, where: string): Table {
  const table = toTable(X, where);
  const { features } = schema;
  const names = isTable(X) && schema.isNamed ? features.map(({ name }) => name) : table.columnNames;
  requireColumns(table, names, where);
  if (names.length !== features.length) {
    throw new ShapeError(`${where}: expected ${features.length} columns (as in fit), got ${names.length}`);
  }
  return new Table(features.map((feature, j) => [feature.name, typedColumn(table.column(names[j]!), feature, where)]));
}

/** Returns the number columns of a table as a matrix. Throws a `ColumnError` that says what to do about strings. */
export function matrixOf(table: Table, where: string): Matrix {
  const strings = table.columnNames.find((name) => table.column(name).type === 'string');
  if (strings !== undefined) {
    throw new ColumnError(
      `${where}: expected numbers, got strings in column ${JSON.stringify(strings)}. ` +
        'Encode it (OneHotEncoder) or leave it out.',
    );
  }
  return table.toMatrix();
}

/** Returns `table` when X is a table, else its numbers as a matrix. */
export function likeInput(X: Features, table: Table, where: string): Table | Matrix {
  return isTable(X) ? table : matrixOf(table, where);
}

/** Throws a `ColumnError` that lists the columns which `table` lacks, if there are any. */
export function requireColumns(table: Table, names: readonly string[], where: string): void {
  const known = table.columnNames;
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length === 0) return;
  throw new ColumnError(`${where}: expected the columns ${quoted(names)}, got none named ${quoted(missing)}`);
}

function columnsOf(X: MatrixLike | Rows, where: string): (readonly [string, ColumnInput])[] {
  const columns = 'data' in X ? matrixColumns(toMatrix(X, `${where}: X`)) : rowColumns(X, where);
  return columns.map((column, j) => [`x${j}`, column] as const);
}

function matrixColumns({ data, rows, columns }: Matrix): Column[] {
  return Array.from({ length: columns }, (_, j) => {
    const values = new Float64Array(rows);
    for (let i = 0; i < rows; i++) values[i] = data[i * columns + j]!;
    return { type: 'number', values };
  });
}

function rowColumns(rows: ReadonlyArray<ArrayLike<Category>>, where: string): ColumnInput[] {
  const width = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd !== -1) {
    throw new ShapeError(`${where}: expected ${width} values in row ${odd} (as in row 0), got ${rows[odd]!.length}`);
  }
  return Array.from({ length: width }, (_, j) => rows.map((row) => row[j]!) as (string | null)[]);
}

function typedColumn(column: Column, { name, type }: Feature, where: string): Column {
  if (column.type === type) return column;
  // A column without any value has no type of its own.
  if (column.type === 'number' && column.values.every(Number.isNaN)) {
    return { type: 'string', values: Array.from(column.values, () => null) };
  }
  if (column.type === 'string' && column.values.every((value) => value === null)) {
    return { type: 'number', values: new Float64Array(column.values.length).fill(NaN) };
  }
  throw new ColumnError(
    `${where}: expected ${type}s (as in fit) in column ${JSON.stringify(name)}, got ${column.type}s`,
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
