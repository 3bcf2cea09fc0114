import { dateTicks } from './date-ticks.ts';
import type { Axis } from './scene.ts';
import { cutText, plotlyLines, textWidth } from './text.ts';
import { type Tick, linearTicks, logTicks } from './ticks.ts';

export const tickSize = 12;
const lineHeight = 15;
const widestCategory = 160;

/** The ticks of an axis, and how their labels stand: level, or slanted down to the left. */
export interface AxisTicks {
  readonly ticks: readonly Tick[];
  readonly slanted: boolean;
  /** Pixels the labels need across the axis. */
  readonly depth: number;
}

/** Returns the ticks of a y axis of `pixels` height; `depth` is the width of its widest label. */
export function yAxisTicks(axis: Axis, pixels: number): AxisTicks {
  const ticks = axisTicks(axis, pixels / 52);
  return { ticks, slanted: false, depth: axis.showLabels ? widest(ticks) : 0 };
}

/**
 * Returns the ticks of an x axis of `pixels` width: fewer until their labels stand apart.
 * Categories cannot be fewer, so they are slanted, and thinned where even that is too close.
 */
export function xAxisTicks(axis: Axis, pixels: number): AxisTicks {
  if (axis.ruler.type === 'category' && axis.showLabels) return categoryTicks(axis, pixels);
  let count = pixels / 80;
  let ticks = axisTicks(axis, count);
  while (count > 2 && axis.showLabels && !standApart(axis, ticks, pixels)) ticks = axisTicks(axis, --count);
  const lines = axis.showLabels ? (ticks.some(({ detail }) => detail !== undefined) ? 2 : 1) : 0;
  return { ticks, slanted: false, depth: lines * lineHeight };
}

function categoryTicks(axis: Axis, pixels: number): AxisTicks {
  const ticks = axisTicks(axis, 0);
  const band = pixels / ticks.length;
  if (widest(ticks) <= band - 6) return { ticks, slanted: false, depth: lineHeight };
  const every = Math.ceil((lineHeight + 2) / band);
  return { ticks: ticks.filter((_, i) => i % every === 0), slanted: true, depth: slantedWidth(ticks) + lineHeight };
}

/** Returns how far the widest of slanted labels reaches to the left, which is also how far it reaches down. */
export function slantedWidth(ticks: readonly Tick[]): number {
  return widest(ticks) * Math.SQRT1_2;
}

function widest(ticks: readonly Tick[]): number {
  return Math.max(0, ...ticks.map(({ label }) => textWidth(label, tickSize)));
}

function standApart({ low, high }: Axis, ticks: readonly Tick[], pixels: number): boolean {
  const gap = 12;
  return (['label', 'detail'] as const).every((line) => {
    let end = -Infinity;
    return ticks.every((tick) => {
      const half = textWidth(tick[line] ?? '', tickSize) / 2;
      if (half === 0) return true;
      const center = ((tick.value - low) / (high - low)) * pixels;
      const apart = center - half >= end + gap;
      end = center + half;
      return apart;
    });
  });
}

/** Returns about `count` ticks of `axis`, on its ruler. */
function axisTicks({ ruler, low, high }: Axis, count: number): Tick[] {
  if (ruler.type === 'category') {
    const labels = ruler.categories.map((name) => cutText(plotlyLines(name).join(' '), tickSize, widestCategory));
    return labels.map((label, value) => ({ value, label })).filter(({ value }) => value >= low && value <= high);
  }
  const wanted = Math.max(2, Math.round(count));
  if (ruler.type === 'date') return dateTicks(low, high, wanted);
  if (ruler.type === 'linear') return linearTicks(low, high, wanted);
  return logTicks(10 ** low, 10 ** high, wanted).map((tick) => ({ ...tick, value: Math.log10(tick.value) }));
}
