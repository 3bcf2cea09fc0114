import { type PlotlyFigure, titleText } from '../plotly-json.ts';
import { type AxisTicks, slantedWidth, tickSize, xAxisTicks, yAxisTicks } from './axis-ticks.ts';
import { type LegendRow, legendRowHeight, legendRows } from './legend.ts';
import type { Axis, Scene } from './scene.ts';
import { boldRatio, plotlyLines, textWidth, wrapText } from './text.ts';
import type { Tick } from './ticks.ts';

export const titleSize = 17;
export const titleLineHeight = 21;
export const axisTitleSize = 13;
/** Pixels left free at the edges of the picture. */
export const edge = 16;
const smallestArea = 60;
const defaultSize = { width: 720, height: 420 };

/** An axis with its pixels: `from` is where `low` lies, `to` where `high` does. */
export interface PlacedAxis extends Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly Tick[];
  readonly slanted: boolean;
}

/** Where everything stands, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly title: readonly string[];
  readonly legend: readonly LegendRow[];
  readonly legendTop: number;
  readonly axes: ReadonlyMap<string, PlacedAxis>;
}

/** Returns the position in pixels of `value`, given on the ruler of `axis`. */
export function position(axis: PlacedAxis, value: number): number {
  return axis.from + ((value - axis.low) / (axis.high - axis.low)) * (axis.to - axis.from);
}

/** Returns the lines of a title in a picture of `width`. */
export function wrapTitle(title: string, width: number): string[] {
  return title === '' ? [] : wrapText(title, titleSize * boldRatio, width - 2 * edge);
}

/** Returns the frame of a figure: margins just wide enough for the texts that stand in them. */
export function buildFrame(scene: Scene, layout: PlotlyFigure['layout']): Frame {
  const wanted = { ...defaultSize, ...layout };
  const title = plotlyLines(titleText(layout.title)).flatMap((line) => wrapTitle(line, wanted.width));
  const legend = legendRows(scene, layout, wanted.width - 2 * edge);
  const legendTop = edge + title.length * titleLineHeight + 6;
  const top = legendTop + legend.length * legendRowHeight + 8;

  const axes = [...scene.axes.values()];
  const ys = axes.filter(({ id }) => id.startsWith('y'));
  const xs = axes.filter(({ id }) => id.startsWith('x'));
  // The height of the x labels is not known yet; one line of them is near enough to count the y ticks.
  const yTicks = new Map(ys.map((axis) => [axis.id, yAxisTicks(axis, (wanted.height - top - 60) * share(axis))]));
  const labelLeft = edge + titleDepth(ys) + depth(yTicks) + 8;
  const beside = edge + lastLabel(xs, wanted.width - labelLeft) / 2;
  const pixels = wanted.width - beside - labelLeft;
  const xTicks = new Map(xs.map((axis) => [axis.id, xAxisTicks(axis, pixels * share(axis))]));
  const left = Math.max(labelLeft, edge + overhang(xTicks));
  const below = edge + titleDepth(xs) + depth(xTicks) + 4;

  // A picture that would leave nothing to its data beside all the text grows.
  const width = Math.max(wanted.width, Math.ceil(left + smallestArea + beside));
  const height = Math.max(wanted.height, Math.ceil(top + smallestArea + below));
  const frame = { width, height, left, right: width - beside, top, bottom: height - below, title, legend, legendTop };
  const ticks = new Map([...yTicks, ...xTicks]);
  return { ...frame, axes: new Map(axes.map((axis) => [axis.id, placeAxis(axis, ticks.get(axis.id)!, frame)])) };
}

function placeAxis(axis: Axis, { ticks, slanted }: AxisTicks, frame: Omit<Frame, 'axes'>): PlacedAxis {
  const [start, end] = axis.id.startsWith('x') ? [frame.left, frame.right] : [frame.bottom, frame.top];
  const [from, to] = axis.domain.map((part) => start + part * (end - start)) as [number, number];
  return { ...axis, from, to, ticks, slanted };
}

function share({ domain }: Axis): number {
  return domain[1] - domain[0];
}

function titleDepth(axes: readonly Axis[]): number {
  return axes.some(({ title }) => title !== '') ? 22 : 0;
}

function depth(ticks: ReadonlyMap<string, AxisTicks>): number {
  return Math.max(0, ...[...ticks.values()].map((each) => each.depth));
}

/** Slanted labels of the leftmost categories reach beyond the axis, though not beyond half their band. */
function overhang(ticks: ReadonlyMap<string, AxisTicks>): number {
  return Math.max(
    0,
    ...[...ticks.values()].filter(({ slanted }) => slanted).map((each) => slantedWidth(each.ticks) - 8),
  );
}

/** A number at the right end of an axis stands half outside; categories stand within their band. */
function lastLabel(xs: readonly Axis[], pixels: number): number {
  const free = xs.filter(({ ruler, showLabels }) => ruler.type !== 'category' && showLabels);
  return Math.max(
    8,
    ...free.map((axis) => textWidth(xAxisTicks(axis, pixels * share(axis)).ticks.at(-1)?.label ?? '', tickSize)),
  );
}
