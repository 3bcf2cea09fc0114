import type { PlotlyAxis, PlotlyAxisType, PlotlyValue } from '../plotly-json.ts';

const isoDate = /^\d{4}-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?)?$/;

/** Returns the kind of axis that `values` need: dates and categories are text, everything else is linear. */
export function axisType(values: readonly PlotlyValue[]): PlotlyAxisType {
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length === 0) return 'linear';
  if (texts.every((text) => isoDate.test(text))) return 'date';
  return texts.length === values.length && texts.every((text) => text.trim() !== '' && Number.isFinite(Number(text)))
    ? 'linear'
    : 'category';
}

/** Maps the values of one axis to numbers on its ruler; what has no place on it becomes NaN. */
export interface Ruler {
  readonly type: PlotlyAxisType;
  readonly categories: readonly string[];
  readonly place: (value: PlotlyValue | undefined) => number;
}

/** Returns the ruler of `axis` for all `values` drawn on it: log10, milliseconds, the category's rank, or the number itself. */
export function ruler(axis: PlotlyAxis, values: readonly PlotlyValue[]): Ruler {
  const type = axis.type === undefined || axis.type === '-' ? axisType(values) : axis.type;
  if (type === 'date') return { type, categories: [], place: placeDate };
  if (type === 'log') {
    return { type, categories: [], place: (value) => (placeNumber(value) > 0 ? Math.log10(placeNumber(value)) : NaN) };
  }
  if (type === 'linear') return { type, categories: [], place: placeNumber };
  const categories = [...new Set(values.filter((value) => value !== null).map(String))];
  const ranks = new Map(categories.map((category, rank) => [category, rank]));
  const place = (value: PlotlyValue | undefined) =>
    isGap(value) ? NaN : (ranks.get(String(value)) ?? placeNumber(value));
  return { type, categories, place };
}

function isGap(value: PlotlyValue | undefined): value is null | undefined {
  return value === null || value === undefined;
}

function placeNumber(value: PlotlyValue | undefined): number {
  return isGap(value) || value === '' ? NaN : Number(value);
}

/** Text without a zone is read as UTC, as plotly.js reads it: no machine's zone may move a day. */
function placeDate(value: PlotlyValue | undefined): number {
  if (isGap(value)) return NaN;
  if (typeof value === 'number') return value;
  const text = value.replace(' ', 'T');
  return Date.parse(text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text);
}
