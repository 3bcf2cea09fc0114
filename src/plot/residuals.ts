import { EmptyDataError, ShapeError } from '../base/errors.ts';
import { roundBins } from './bins.ts';
import { type ChartOptions, chart } from './chart.ts';
import type { Figure } from './figure.ts';
import type { PlotlyTrace } from './plotly-json.ts';
import { readNumbers } from './read-values.ts';
import { listSeries } from './series.ts';
import { plotlyText } from './svg/text.ts';
import { seriesColor } from './theme.ts';

/** What a model predicted on one data set, and what was true. */
export interface ResidualSeries {
  /** Shown in the legend. Default: none. */
  readonly name?: string;
  /** n true values. */
  readonly actual: ArrayLike<number>;
  /** n predicted values. */
  readonly predicted: ArrayLike<number>;
  /** Default: the next colour of the palette. */
  readonly color?: string;
}

/** Options of `residuals`. */
export type ResidualOptions = ChartOptions &
  Partial<ResidualSeries> & {
    readonly series?: readonly ResidualSeries[];
    /** `'none'` leaves out the distribution of the residuals on the right. Default: `'right'`. */
    readonly distribution?: 'right' | 'none';
  };

/**
 * Returns a residual plot: actual − predicted over predicted, with a line at zero and the distribution beside it.
 * Several series are several data sets on which one model is compared.
 *
 * @throws EmptyDataError, ShapeError, NotFiniteError when a series cannot be drawn
 */
export function residuals(options: ResidualOptions): Figure {
  const { distribution = 'right', lines = [] } = options;
  const list = listSeries<ResidualSeries>('residuals', options).map(readResiduals);
  const points = list.map(({ name, predicted, residual, color }): PlotlyTrace => ({
    type: 'scatter',
    mode: 'markers',
    ...name,
    x: predicted,
    y: residual,
    marker: { color, size: 7 },
    opacity: 0.8,
  }));
  const ybins = roundBins(list.flatMap(({ residual }) => residual));
  const counts = list.map(({ residual, color }): PlotlyTrace => ({
    type: 'histogram',
    y: residual,
    ybins,
    xaxis: 'x2',
    showlegend: false,
    marker: { color },
    ...(list.length > 1 ? { opacity: 0.65 } : {}),
  }));

  const given = {
    xTitle: 'Predicted',
    yTitle: 'Residual (actual − predicted)',
    ...options,
    lines: [{ y: 0 }, ...lines],
  } as ChartOptions;
  if (distribution === 'none') return chart(given, points);
  const xaxis = { domain: [0, 0.77] };
  const xaxis2 = { title: { text: 'Count' }, domain: [0.82, 1], anchor: 'y' };
  return chart(given, [...points, ...counts], { barmode: 'overlay', xaxis, xaxis2 });
}

function readResiduals({ name, actual, predicted, color }: ResidualSeries, index: number) {
  const where = name === undefined ? 'residuals' : `residuals: series ${JSON.stringify(name.slice(0, 80))}`;
  const [truth, guesses] = [readNumbers(`${where}: actual`, actual), readNumbers(`${where}: predicted`, predicted)];
  if (truth.length !== guesses.length) {
    throw new ShapeError(`${where}: expected predicted of length ${truth.length} (as actual), got ${guesses.length}`);
  }
  const known = truth.map((_, i) => i).filter((i) => truth[i] !== null && guesses[i] !== null);
  if (known.length === 0) {
    throw new EmptyDataError(`${where}: expected at least one pair of actual and predicted, got none`);
  }
  return {
    name: name === undefined ? {} : { name: plotlyText(name) },
    predicted: known.map((i) => guesses[i]!),
    residual: known.map((i) => truth[i]! - guesses[i]!),
    color: color ?? seriesColor(index),
  };
}
