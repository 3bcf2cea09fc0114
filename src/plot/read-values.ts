import { InvalidArgumentError, NotFiniteError } from '../base/errors.ts';
import type { PlotlyValue } from './plotly-json.ts';

/** Coordinates as users hold them: numbers (NaN is a gap), dates, ISO dates or categories as text, `null` for a gap. */
export type Values = ArrayLike<number> | readonly (number | string | Date | null)[];

/**
 * Returns `values` as Plotly JSON holds them: NaN, `undefined` and `null` become `null`, dates become ISO text in UTC.
 *
 * @throws NotFiniteError for an infinite number
 * @throws InvalidArgumentError for a value that has no place on an axis
 */
export function readValues(where: string, values: Values): PlotlyValue[] {
  if (!isList(values)) throw new InvalidArgumentError(`${where}: expected an array, got ${typeof values}`);
  return Array.from(values, (value, index) => readValue(`${where}[${index}]`, value));
}

function isList(values: unknown): boolean {
  return Array.isArray(values) || (ArrayBuffer.isView(values) && 'length' in values);
}

function readValue(where: string, value: unknown): PlotlyValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (Math.abs(value) !== Infinity) return Number.isNaN(value) ? null : value;
    throw new NotFiniteError(`${where}: expected a finite number (or NaN for a gap), got ${value}`);
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : dateText(value);
  throw new InvalidArgumentError(`${where}: expected a number, text, Date or null, got ${typeof value}`);
}

/** Midnight is written as the bare day, as in files with one row per day. */
function dateText(date: Date): string {
  return date
    .toISOString()
    .replace(/T00:00:00\.000Z$/, '')
    .replace('Z', '');
}

/** Returns `values` as numbers or gaps. Throws an InvalidArgumentError for text. */
export function readNumbers(where: string, values: Values): (number | null)[] {
  return readValues(where, values).map((value, index) => {
    if (typeof value !== 'string') return value;
    throw new InvalidArgumentError(`${where}[${index}]: expected a number, got ${JSON.stringify(value.slice(0, 80))}`);
  });
}
