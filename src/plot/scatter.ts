import { type ChartOptions, chart } from './chart.ts';
import type { Figure } from './figure.ts';
import type { ScatterTrace } from './plotly-json.ts';
import { type OneOrMoreSeries, type SeriesOptions, listSeries, readSeries } from './series.ts';

/** A series of points or of a line. */
export interface PointSeries extends SeriesOptions {
  /** How the series is drawn. Default: `'markers'` in `scatter`, `'lines'` in `line`. */
  readonly mode?: 'markers' | 'lines' | 'lines+markers';
  /** Dashes of the line, by Plotly's names. Default: `'solid'`. */
  readonly dash?: 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash';
}

/** Options of `scatter` and `line`. */
export type PointChartOptions = ChartOptions & OneOrMoreSeries<PointSeries>;

/**
 * Returns a scatter chart of one series or several; a series with `mode: 'lines'` draws a fit through the points.
 *
 * @throws EmptyDataError, ShapeError, NotFiniteError when a series cannot be drawn
 */
export function scatter(options: PointChartOptions): Figure {
  return pointChart('scatter', 'markers', options);
}

/**
 * Returns a line chart of one series or several. NaN breaks the line; dates as x give a calendar axis.
 *
 * @throws EmptyDataError, ShapeError, NotFiniteError when a series cannot be drawn
 */
export function line(options: PointChartOptions): Figure {
  return pointChart('line', 'lines', options);
}

function pointChart(where: string, usual: 'markers' | 'lines', options: PointChartOptions): Figure {
  const traces = listSeries<PointSeries>(where, options).map((series, index): ScatterTrace => {
    const { trace, color } = readSeries(where, series, index);
    const { mode = usual, dash = 'solid' } = series;
    return {
      type: 'scatter',
      mode,
      ...trace,
      ...(mode.includes('lines') ? { line: { color, width: trace.y.length > 1000 ? 1.2 : 2, dash } } : {}),
      ...(mode.includes('markers') ? { marker: { color, ...markerStyle(trace.y.length) } } : {}),
      ...(mode === 'markers' ? { opacity: 0.8 } : {}),
    };
  });
  return chart(options, traces);
}

/** Many points are drawn smaller and without a rim, so that a cloud keeps its shape. */
function markerStyle(count: number): ScatterTrace['marker'] & object {
  if (count <= 300) return { size: 7 };
  return count <= 1000 ? { size: 5 } : { size: 3.5, line: { width: 0 } };
}
