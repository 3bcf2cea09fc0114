import { EmptyDataError } from '../base/errors.ts';
import { roundBins } from './bins.ts';
import { type ChartOptions, chart } from './chart.ts';
import type { Figure } from './figure.ts';
import { readNumbers } from './read-values.ts';
import { listSeries } from './series.ts';
import { plotlyText } from './svg/text.ts';
import { seriesColor } from './theme.ts';

/** The numbers whose distribution is drawn. */
export interface HistogramSeries {
  /** Shown in the legend. Default: none. */
  readonly name?: string;
  /** n numbers; NaN and `null` are left out. */
  readonly x: ArrayLike<number> | readonly (number | null)[];
  /** Default: the next colour of the palette. */
  readonly color?: string;
}

/** Options of `histogram`. */
export type HistogramOptions = ChartOptions &
  Partial<HistogramSeries> & {
    readonly series?: readonly HistogramSeries[];
    /** About how many bins; their width is a round number. Default: by Sturges and Freedman–Diaconis. */
    readonly bins?: number;
    /** What the height of a bar is. Default: the count. */
    readonly histnorm?: '' | 'percent' | 'probability' | 'probability density';
  };

/**
 * Returns the histogram of one series or, over each other and in the same bins, of several.
 *
 * @throws EmptyDataError, NotFiniteError when a series cannot be drawn
 */
export function histogram(options: HistogramOptions): Figure {
  const { bins, histnorm = '' } = options;
  const list = listSeries<HistogramSeries>('histogram', options).map((series) => ({ ...series, x: finite(series) }));
  const xbins = roundBins(
    list.flatMap(({ x }) => x),
    bins,
  );
  const traces = list.map(({ name, x, color }, index) => ({
    type: 'histogram' as const,
    x,
    xbins,
    histnorm,
    ...(name === undefined ? {} : { name: plotlyText(name) }),
    marker: { color: color ?? seriesColor(index) },
    ...(list.length > 1 ? { opacity: 0.65 } : {}),
  }));
  return chart(
    {
      yTitle: { '': 'Count', percent: 'Share (%)', probability: 'Share', 'probability density': 'Density' }[histnorm],
      ...options,
    },
    traces,
    { barmode: 'overlay' },
  );
}

function finite({ name, x }: HistogramSeries): number[] {
  const where = name === undefined ? 'histogram' : `histogram: series ${JSON.stringify(name.slice(0, 80))}`;
  const numbers = readNumbers(`${where}: x`, x ?? []).filter((value) => value !== null);
  if (numbers.length === 0) throw new EmptyDataError(`${where}: expected at least one number in x, got none`);
  return numbers;
}
