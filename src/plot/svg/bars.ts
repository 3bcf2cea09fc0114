import { countBins, roundBins } from '../bins.ts';
import type { BarTrace, HistogramTrace, PlotlyLayout } from '../plotly-json.ts';
import type { Ruler } from './coordinates.ts';

/** A bar on the rulers of its axes. */
interface Rectangle {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** The rectangles of one bar or histogram trace; `lying` bars grow to the right. */
export interface Bars {
  readonly lying: boolean;
  readonly rectangles: readonly Rectangle[];
}

interface Column {
  readonly center: number;
  readonly value: number;
}

/** Returns whether the bars of `trace` grow along x. */
export function isLying(trace: BarTrace | HistogramTrace): boolean {
  return trace.type === 'bar' ? trace.orientation === 'h' : trace.x === undefined;
}

/**
 * Returns the bars of the traces that share one pair of axes, placed beside, upon or over each other by `barmode`.
 * Bars take 0.8 of their share, histogram bins touch, as in Plotly.
 */
export function placeBars(
  traces: readonly (BarTrace | HistogramTrace)[],
  rulers: { readonly x: Ruler; readonly y: Ruler },
  barmode: PlotlyLayout['barmode'] = 'group',
): Bars[] {
  const columns = traces.map((trace) => (trace.type === 'bar' ? barColumns(trace, rulers) : binColumns(trace)));
  const step = smallestStep(columns.flatMap(({ list }) => list.map(({ center }) => center)));
  const stacks = new Map<string, number>();
  return traces.map((trace, index) => {
    const lying = isLying(trace);
    const { list, size } = columns[index]!;
    const whole = size ?? step * 0.8;
    const width = barmode === 'group' ? whole / traces.length : whole;
    const shift = barmode === 'group' ? (index - (traces.length - 1) / 2) * width : 0;
    const rectangles = list.map(({ center, value }) => {
      const key = `${center} ${value < 0}`;
      const base = barmode === 'stack' || barmode === 'relative' ? (stacks.get(key) ?? 0) : 0;
      stacks.set(key, base + value);
      const [p0, p1] = [center + shift - width / 2, center + shift + width / 2];
      const [v0, v1] = [base, base + value].map((each) => (lying ? rulers.x : rulers.y).place(each)) as [
        number,
        number,
      ];
      return lying ? { x0: v0, x1: v1, y0: p0, y1: p1 } : { x0: p0, x1: p1, y0: v0, y1: v1 };
    });
    return { lying, rectangles };
  });
}

function barColumns(
  trace: BarTrace,
  rulers: { readonly x: Ruler; readonly y: Ruler },
): { list: Column[]; size?: number } {
  const lying = isLying(trace);
  const [positions = [], values = []] = lying ? [trace.y, trace.x] : [trace.x, trace.y];
  const place = lying ? rulers.y.place : rulers.x.place;
  const list = values.map((value, i) => ({
    center: place(positions[i] ?? i),
    value: value === null ? NaN : Number(value),
  }));
  return { list: list.filter(({ center, value }) => Number.isFinite(center) && Number.isFinite(value)) };
}

function binColumns(trace: HistogramTrace): { list: Column[]; size: number } {
  const values = (trace.x ?? trace.y ?? [])
    .filter((value) => value !== null)
    .map(Number)
    .filter(Number.isFinite);
  const bins = (trace.x === undefined ? trace.ybins : trace.xbins) ?? roundBins(values);
  const total = {
    '': 1,
    percent: values.length / 100,
    probability: values.length,
    'probability density': values.length * bins.size,
  };
  const divisor = total[trace.histnorm ?? ''];
  const list = countBins(values, bins).map((count, i) => ({
    center: bins.start + (i + 0.5) * bins.size,
    value: count / divisor,
  }));
  return { list: list.filter(({ value }) => value > 0), size: bins.size };
}

/** The distance of the two nearest bars, 1 when there is only one place. */
function smallestStep(centers: readonly number[]): number {
  const sorted = [...new Set(centers)].sort((a, b) => a - b);
  let step = Infinity;
  for (let i = 1; i < sorted.length; i++) step = Math.min(step, sorted[i]! - sorted[i - 1]!);
  return step === Infinity ? 1 : step;
}
