/** Charts as Plotly JSON that draw themselves: statically as SVG, interactively through plotly.js. */
export { type BarOptions, bar } from './bar.ts';
export type { ChartOptions } from './chart.ts';
export { Figure, type FigureOptions, figure } from './figure.ts';
export { type HistogramOptions, type HistogramSeries, histogram } from './histogram.ts';
export { type ToHtmlOptions, interactivePage, plotlyBundle } from './html.ts';
export type {
  BarTrace,
  HistogramTrace,
  PlotlyAxis,
  PlotlyAxisType,
  PlotlyBins,
  PlotlyErrorBars,
  PlotlyFigure,
  PlotlyLayout,
  PlotlyShape,
  PlotlyTitle,
  PlotlyTrace,
  PlotlyValue,
  ScatterTrace,
} from './plotly-json.ts';
export type { Values } from './read-values.ts';
export type { Band, ReferenceLine } from './references.ts';
export { type ResidualOptions, type ResidualSeries, residuals } from './residuals.ts';
export { type PointChartOptions, type PointSeries, line, scatter } from './scatter.ts';
export type { OneOrMoreSeries, SeriesOptions } from './series.ts';
export { palette } from './theme.ts';
