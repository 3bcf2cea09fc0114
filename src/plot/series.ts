import { EmptyDataError, InvalidArgumentError, ShapeError } from '../base/errors.ts';
import type { PlotlyErrorBars, PlotlyValue } from './plotly-json.ts';
import { type Values, readNumbers, readValues } from './read-values.ts';
import { plotlyText } from './svg/text.ts';
import { seriesColor } from './theme.ts';

/** One data series. */
export interface SeriesOptions {
  /** Shown in the legend. Default: none. */
  readonly name?: string;
  /** n positions: numbers, dates, ISO dates or categories. Default: 0 … n−1. */
  readonly x?: Values;
  /** n values; NaN and `null` are gaps. */
  readonly y: Values;
  /** n half widths of error bars along x. Default: none. */
  readonly errorX?: ArrayLike<number>;
  /** n half heights of error bars along y. Default: none. */
  readonly errorY?: ArrayLike<number>;
  /** Default: the next colour of the palette. */
  readonly color?: string;
}

/** Either one series (`x`, `y`, …) or several (`series`). */
export type OneOrMoreSeries<Series> = Partial<Series> & {
  readonly series?: readonly Series[];
};

/** Returns the series of a chart's options: those in `series`, else the one that the options themselves are. */
export function listSeries<Series extends object>(
  where: string,
  options: Partial<Series> & { readonly series?: readonly Series[] },
): readonly Series[] {
  const { series } = options;
  if (series === undefined) return [options as Series];
  if (series.length === 0) throw new EmptyDataError(`${where}: expected at least one series, got none`);
  return series;
}

/** What all traces made from a series have in common. */
export interface SeriesTrace {
  readonly name?: string;
  readonly x: readonly PlotlyValue[];
  readonly y: readonly PlotlyValue[];
  readonly error_x?: PlotlyErrorBars;
  readonly error_y?: PlotlyErrorBars;
}

/** Returns the checked parts of a trace, and the colour of series `index`. */
export function readSeries(chart: string, series: SeriesOptions, index: number): { trace: SeriesTrace; color: string } {
  const where = series.name === undefined ? chart : `${chart}: series ${JSON.stringify(series.name.slice(0, 80))}`;
  if (series.y === undefined) {
    throw new InvalidArgumentError(`${where}: expected y, got ${Object.keys(series).join(', ') || 'nothing'}`);
  }
  const y = readValues(`${where}: y`, series.y);
  if (y.every((value) => value === null)) {
    throw new EmptyDataError(
      `${where}: expected at least one value in y, got ${y.length === 0 ? 'none' : `${y.length} gaps`}`,
    );
  }
  const x = series.x === undefined ? y.map((_, i) => i) : readValues(`${where}: x`, series.x);
  if (x.length !== y.length) {
    throw new ShapeError(`${where}: expected x and y of one length, got ${x.length} and ${y.length}`);
  }
  const trace = {
    ...(series.name === undefined ? {} : { name: plotlyText(series.name) }),
    x: escapeCategories(x),
    y: escapeCategories(y),
    ...errors(where, 'error_x', series.errorX, y.length),
    ...errors(where, 'error_y', series.errorY, y.length),
  };
  return { trace, color: series.color ?? seriesColor(index) };
}

function escapeCategories(values: readonly PlotlyValue[]): PlotlyValue[] {
  return values.map((value) => (typeof value === 'string' ? plotlyText(value) : value));
}

function errors(
  where: string,
  key: 'error_x' | 'error_y',
  lengths: ArrayLike<number> | undefined,
  n: number,
): Record<string, unknown> {
  if (lengths === undefined) return {};
  const array = readNumbers(`${where}: ${key}`, lengths);
  if (array.length !== n) throw new ShapeError(`${where}: expected ${n} error bars (as y), got ${array.length}`);
  return { [key]: { type: 'data', array, visible: true, thickness: 1.2, width: 3 } };
}
