import { ColumnError } from '../base/errors.ts';

/** A column of numbers; `NaN` marks a missing value. */
export interface NumberColumn {
  readonly type: 'number';
  readonly values: Float64Array;
}

/** A column of strings; `null` marks a missing value. */
export interface StringColumn {
  readonly type: 'string';
  readonly values: readonly (string | null)[];
}

/** One column of a `Table`. The values are the table's own: read them, don't write to them. */
export type Column = NumberColumn | StringColumn;

/** What a column can be made of: numbers or strings, with `null` for a missing value. */
export type ColumnInput = Column | ArrayLike<number> | readonly (number | null)[] | readonly (string | null)[];

/**
 * Returns `input` as a column, with a copy of its values. Without any value it is a number column.
 *
 * @throws ColumnError when the values are neither all numbers nor all strings
 */
export function toColumn(name: string, input: ColumnInput): Column {
  if ('type' in input) return input;
  const values: readonly unknown[] = Array.from(input as ArrayLike<unknown>);
  const type = values.some((value) => typeof value === 'string') ? 'string' : 'number';
  const foreign = values.findIndex((value) => value !== null && value !== undefined && typeof value !== type);
  if (foreign !== -1) {
    const value = values[foreign];
    throw new ColumnError(
      `column ${JSON.stringify(name)}: expected ${type}s or null, got ${describeValue(value)} in row ${foreign}. ` +
        'A column holds either numbers or strings.',
    );
  }
  return type === 'number'
    ? {
        type,
        values: Float64Array.from(values, (value) => (value ?? NaN) as number),
      }
    : { type, values: values.map((value) => (value ?? null) as string | null) };
}

/** Returns the column of the given rows, in their order. */
export function takeRows(column: Column, indices: readonly number[]): Column {
  return column.type === 'number'
    ? {
        type: 'number',
        values: Float64Array.from(indices, (index) => column.values[index]!),
      }
    : { type: 'string', values: indices.map((index) => column.values[index]!) };
}

function describeValue(value: unknown): string {
  const type = typeof value;
  return type === 'number' || type === 'string' || type === 'boolean'
    ? `the ${type} ${JSON.stringify(value).slice(0, 80)}`
    : `a value of type ${type}`;
}
