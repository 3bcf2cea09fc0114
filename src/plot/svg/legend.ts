import type { PlotlyLayout } from '../plotly-json.ts';
import { referenceColor } from '../theme.ts';
import { coordinate, element } from './element.ts';
import type { Scene } from './scene.ts';
import { cutText, plotlyLines, textElement, textWidth } from './text.ts';

/** Pixels from one row of the legend to the next. */
export const legendRowHeight = 20;
const size = 12;
const gap = 18;

/** One name in the legend and the little picture before it. */
interface LegendEntry {
  readonly label: string;
  readonly marks: readonly ('area' | 'line' | 'dot')[];
  readonly color: string;
  readonly dash?: string | undefined;
  readonly opacity?: number | undefined;
}

/** Entries that stand beside each other, each with its left edge. */
export type LegendRow = readonly (LegendEntry & { readonly left: number })[];

/** Returns the SVG dash pattern of a Plotly dash name. */
export function dashPattern(dash: string | undefined): string | undefined {
  return { dash: '7 5', dot: '2 4', dashdot: '7 4 2 4', longdash: '12 6' }[dash ?? ''];
}

/**
 * Returns the rows of the legend, each at most `width` wide: series in their order, then named lines and bands.
 * A single series explains itself through the title and the axes, so it gets a legend only beside something else.
 */
export function legendRows(scene: Scene, layout: PlotlyLayout, width: number): LegendRow[] {
  const entries = [...traceEntries(scene), ...shapeEntries(scene)];
  if (!(layout.showlegend ?? entries.length > 1)) return [];
  const rows: (LegendEntry & { left: number })[][] = [];
  let used = Infinity;
  for (const entry of entries) {
    const label = cutText(entry.label, size, Math.min(320, width - 40));
    const needed = swatchWidth(entry) + 6 + textWidth(label, size);
    if (used + needed > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push({ ...entry, label, left: used });
    used += needed + gap;
  }
  return rows;
}

function traceEntries({ items }: Scene): LegendEntry[] {
  return items.flatMap((item): LegendEntry[] => {
    const { trace, color } = item;
    if (trace.showlegend === false || trace.name === undefined || trace.name === '') return [];
    const label = plotlyLines(trace.name).join(' ');
    if (item.kind === 'bars') return [{ label, marks: ['area'], color, opacity: trace.opacity }];
    if (item.trace.fill === 'toself') {
      return [{ label, marks: ['area'], color: item.trace.fillcolor ?? color, opacity: trace.opacity }];
    }
    const marks = [
      item.mode.includes('lines') ? ['line' as const] : [],
      item.mode.includes('markers') ? ['dot' as const] : [],
    ].flat();
    return [{ label, marks, color, dash: item.trace.line?.dash, opacity: trace.opacity }];
  });
}

function shapeEntries({ shapes }: Scene): LegendEntry[] {
  return shapes
    .filter((shape) => shape.showlegend === true && shape.name !== undefined)
    .map((shape) => ({
      label: plotlyLines(shape.name!).join(' '),
      marks: [shape.type === 'rect' ? 'area' : 'line'],
      color: (shape.type === 'rect' ? shape.fillcolor : shape.line?.color) ?? referenceColor,
      dash: shape.line?.dash,
      opacity: shape.opacity,
    }));
}

/** Returns the legend with its first row at `top`, starting at `left`. */
export function drawLegend(rows: readonly LegendRow[], left: number, top: number, textColor: string): string[] {
  return rows.flatMap((row, index) =>
    row.flatMap((entry) => {
      const [x, y] = [left + entry.left, top + index * legendRowHeight + 8];
      const label = textElement(entry.label, { x: x + swatchWidth(entry) + 6, y: y + 4, size, color: textColor });
      return [...entry.marks.map((mark) => swatch(mark, entry, x, y)), label];
    }),
  );
}

/** Lines need some length to show their dashes. */
function swatchWidth({ marks }: LegendEntry): number {
  return marks.includes('line') ? 24 : 12;
}

function swatch(mark: LegendEntry['marks'][number], entry: LegendEntry, x: number, y: number): string {
  const { color, dash, opacity } = entry;
  if (mark === 'area') {
    return element('rect', {
      x,
      y: y - 6,
      width: 12,
      height: 12,
      rx: 2,
      fill: color,
      'fill-opacity': opacity === undefined ? undefined : String(opacity),
    });
  }
  if (mark === 'dot') return element('circle', { cx: x + swatchWidth(entry) / 2, cy: y, r: 4, fill: color });
  return element('path', {
    d: `M${coordinate(x)},${coordinate(y)}h${swatchWidth(entry)}`,
    stroke: color,
    'stroke-width': 2,
    'stroke-dasharray': dashPattern(dash),
  });
}
