import { type ChartOptions, chart } from './chart.ts';
import type { Figure } from './figure.ts';
import { type OneOrMoreSeries, type SeriesOptions, listSeries, readSeries } from './series.ts';

/** Options of `bar`. */
export type BarOptions = ChartOptions &
  OneOrMoreSeries<SeriesOptions> & {
    /** Bars of several series stand beside each other or on top of each other. Default: `'group'`. */
    readonly barmode?: 'group' | 'stack';
    /** `'h'` lays the bars down: then `y` holds the names and `x` the lengths, as in Plotly. Default: `'v'`. */
    readonly orientation?: 'v' | 'h';
  };

/**
 * Returns a bar chart: one bar per category in `x`, as high as `y` says.
 *
 * @throws EmptyDataError, ShapeError, NotFiniteError when a series cannot be drawn
 */
export function bar(options: BarOptions): Figure {
  const { barmode = 'group', orientation = 'v' } = options;
  const traces = listSeries<SeriesOptions>('bar', options).map((series, index) => {
    const { trace, color } = readSeries('bar', series, index);
    return { type: 'bar', orientation, ...trace, marker: { color } } as const;
  });
  const layout = orientation === 'v' ? {} : { xaxis: { showgrid: true }, yaxis: { showgrid: false } };
  const scale =
    orientation === 'v' ? { xScale: options.xScale ?? 'category' } : { yScale: options.yScale ?? 'category' };
  return chart({ ...options, ...scale }, traces, { barmode, ...layout });
}
