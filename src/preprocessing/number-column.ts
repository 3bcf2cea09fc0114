import { ColumnError, EmptyDataError, NotFiniteError } from '../base/errors.ts';
import type { Column } from '../data/column.ts';

/** Returns the numbers of a column, NaN for missing ones. Throws a `ColumnError` for strings, a `NotFiniteError` for infinities. */
export function numbersOf(column: Column, where: string): Float64Array {
  if (column.type !== 'number') {
    throw new ColumnError(`${where}: expected numbers, got strings. Encode them (OneHotEncoder) or leave them out.`);
  }
  const infinite = column.values.findIndex((value) => value === Infinity || value === -Infinity);
  if (infinite !== -1) {
    throw new NotFiniteError(
      `${where}: expected finite numbers or NaN, got ${column.values[infinite]} in row ${infinite}`,
    );
  }
  return column.values;
}

/** Returns the numbers that are not missing. Throws an `EmptyDataError` when there are none. */
export function presentNumbers(column: Column, where: string): Float64Array {
  const present = numbersOf(column, where).filter((value) => !Number.isNaN(value));
  if (present.length === 0) throw noValues(where);
  return present;
}

/** Returns the error for a column in which every value is missing. */
export function noValues(where: string): EmptyDataError {
  return new EmptyDataError(`${where}: expected at least one value, got only missing ones. Leave the column out.`);
}

/** Returns a number column whose values are changed one by one; NaN stays NaN under arithmetic. */
export function mapNumbers(column: Column, where: string, change: (value: number) => number): Column {
  return { type: 'number', values: numbersOf(column, where).map(change) };
}
