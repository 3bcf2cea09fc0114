import type {
  BarTrace,
  HistogramTrace,
  PlotlyAxis,
  PlotlyFigure,
  PlotlyShape,
  PlotlyTrace,
  PlotlyValue,
  ScatterTrace,
} from '../plotly-json.ts';
import { axisLayout, axisOf, titleText } from '../plotly-json.ts';
import { seriesColor } from '../theme.ts';
import { type Bars, isLying, placeBars } from './bars.ts';
import { type Ruler, ruler } from './coordinates.ts';
import { extent } from './extent.ts';
import { plotlyLines } from './text.ts';

/** One axis of the picture: its ruler, the part of it that shows, and where in the drawing area it lies (0 to 1). */
export interface Axis {
  readonly id: string;
  readonly ruler: Ruler;
  readonly low: number;
  readonly high: number;
  readonly title: string;
  readonly domain: readonly [number, number];
  readonly anchor: string;
  readonly showLabels: boolean;
  readonly showGrid: boolean;
}

interface ItemBase {
  readonly x: string;
  readonly y: string;
  readonly color: string;
}

/** A scatter trace on the rulers of its axes. */
export interface PointsItem extends ItemBase {
  readonly kind: 'points';
  readonly trace: ScatterTrace;
  readonly mode: 'markers' | 'lines' | 'lines+markers';
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** A bar or histogram trace on the rulers of its axes. */
export interface BarsItem extends ItemBase {
  readonly kind: 'bars';
  readonly trace: BarTrace | HistogramTrace;
  readonly bars: Bars;
}

export type Item = PointsItem | BarsItem;

/** A Plotly figure brought into numbers, before any pixel is known. */
export interface Scene {
  readonly axes: ReadonlyMap<string, Axis>;
  readonly items: readonly Item[];
  readonly shapes: readonly PlotlyShape[];
}

/** Returns the scene of `figure`: axes with their kinds and ends, series as numbers. */
export function buildScene({ data, layout }: PlotlyFigure): Scene {
  const shapes = layout.shapes ?? [];
  const ids = [...new Set(data.flatMap((trace) => [axisOf(trace, 'x'), axisOf(trace, 'y')]))];
  const rulers = new Map(ids.map((id) => [id, ruler(axisLayout(layout, id), axisValues(data, id))]));
  const rulerOf = (trace: PlotlyTrace) => ({ x: rulers.get(axisOf(trace, 'x'))!, y: rulers.get(axisOf(trace, 'y'))! });
  const bars = barsByTrace(data, rulerOf, layout.barmode);

  const items = data.map((trace, index): Item => {
    const base = { x: axisOf(trace, 'x'), y: axisOf(trace, 'y'), color: traceColor(trace, index) };
    if (trace.type === 'bar' || trace.type === 'histogram') {
      return { ...base, kind: 'bars', trace, bars: bars.get(trace)! };
    }
    const { x, y } = rulerOf(trace);
    const xs = Float64Array.from(trace.y, (_, i) => x.place(trace.x === undefined ? i : trace.x[i]));
    const mode = trace.mode ?? (trace.y.length < 20 ? 'lines+markers' : 'lines');
    return { ...base, kind: 'points', trace, mode, xs, ys: Float64Array.from(trace.y, y.place) };
  });
  const axes = ids.map((id): [string, Axis] => [
    id,
    buildAxis(id, axisLayout(layout, id), rulers.get(id)!, items, shapes),
  ]);
  return { axes: new Map(axes), items, shapes };
}

function traceColor(trace: PlotlyTrace, index: number): string {
  const given = trace as ScatterTrace;
  // Plotly also takes one colour per point there, which the static picture does not.
  const colors: unknown[] = [given.marker?.color, given.line?.color, given.fillcolor];
  return colors.find((color) => typeof color === 'string') ?? seriesColor(index);
}

/** The counts of a histogram are not values of its data, so they do not decide the kind of an axis. */
function axisValues(data: readonly PlotlyTrace[], id: string): PlotlyValue[] {
  const letter = id[0] as 'x' | 'y';
  return data.filter((trace) => axisOf(trace, letter) === id).flatMap((trace) => trace[letter] ?? []);
}

function barsByTrace(
  data: readonly PlotlyTrace[],
  rulerOf: (trace: PlotlyTrace) => { x: Ruler; y: Ruler },
  barmode: PlotlyFigure['layout']['barmode'],
): Map<PlotlyTrace, Bars> {
  const bars = new Map<PlotlyTrace, Bars>();
  const panels = Map.groupBy(
    data.filter((trace): trace is BarTrace | HistogramTrace => trace.type === 'bar' || trace.type === 'histogram'),
    (trace) => `${axisOf(trace, 'x')} ${axisOf(trace, 'y')} ${isLying(trace)}`,
  );
  for (const traces of panels.values()) {
    placeBars(traces, rulerOf(traces[0]!), barmode).forEach((placed, i) => bars.set(traces[i]!, placed));
  }
  return bars;
}

function buildAxis(
  id: string,
  axis: PlotlyAxis,
  of: Ruler,
  items: readonly Item[],
  shapes: readonly PlotlyShape[],
): Axis {
  const letter = id[0] as 'x' | 'y';
  const [low, high] =
    axis.range === undefined
      ? extent(id, of, items, shapes)
      : (axis.range.map((end) => (of.type === 'date' ? of.place(end) : Number(end))) as [number, number]);
  return {
    id,
    ruler: of,
    low,
    high,
    title: plotlyLines(titleText(axis.title)).join(' '),
    domain: [axis.domain?.[0] ?? 0, axis.domain?.[1] ?? 1],
    anchor: axis.anchor ?? (letter === 'x' ? 'y' : 'x'),
    showLabels: axis.showticklabels !== false,
    showGrid: axis.showgrid ?? letter === 'y',
  };
}
