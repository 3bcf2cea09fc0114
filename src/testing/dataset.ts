import { ColumnError, EmptyDataError, ShapeError } from '../base/errors.ts';
import { type MatrixLike, toMatrix } from '../base/matrix.ts';
import type { Table } from '../data/table.ts';
import type { Targets } from './targets.ts';

/** Rows to predict and their true values. */
export interface LabelledData {
  readonly X: MatrixLike;
  readonly y: Targets;
  /** The name shown in messages and tables. */
  readonly name?: string;
}

/** Options of `dataset` for a table. */
export interface DatasetOptions {
  /** The column to predict. */
  readonly target: string;
  /** The columns to predict from. Default: every other column. */
  readonly features?: readonly string[];
  /** The name shown in messages and tables. */
  readonly name?: string;
}

/**
 * Returns a data set made of a table's columns.
 *
 * @throws ColumnError when a column is missing, a feature is not numeric, or the target has gaps
 * @throws EmptyDataError when the table has no rows
 */
export function dataset(table: Table, options: DatasetOptions): LabelledData {
  const { target, features = table.columnNames.filter((column) => column !== target), name } = options;
  const y = [...table.column(target).values];
  const gap = y.findIndex((value) => value === null || Number.isNaN(value));
  if (gap !== -1) {
    throw new ColumnError(
      `dataset: expected a value in every row of ${JSON.stringify(target)}, got none in row ${gap}`,
    );
  }
  return { X: table.toMatrix(features), y: y as Targets, ...(name === undefined ? {} : { name }) };
}

/** Returns `data` after checking that it has rows and that X and y are equally long. */
export function checkedData(data: LabelledData, where: string): LabelledData {
  const { rows } = toMatrix(data.X);
  const name = data.name === undefined ? '' : ` on ${JSON.stringify(data.name)}`;
  if (rows !== data.y.length) {
    throw new ShapeError(`${where}${name}: expected y of length ${rows} (rows of X), got ${data.y.length}`);
  }
  if (rows === 0) throw new EmptyDataError(`${where}${name}: expected at least one row, got none`);
  return data;
}
