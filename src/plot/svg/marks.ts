import type { PlotlyShape } from '../plotly-json.ts';
import { light, referenceColor } from '../theme.ts';
import { coordinate, element } from './element.ts';
import { type Frame, type PlacedAxis, position } from './frame.ts';
import { dashPattern } from './legend.ts';
import { type Points, dotPath, linePath } from './path.ts';
import { errorEnds } from './extent.ts';
import type { BarsItem, Item, PointsItem } from './scene.ts';

/** Points up to this number are circles with a rim, which shows where they overlap; more are dots of one path. */
const maxCircles = 1000;

/** Returns the elements of one series in the pixels of its axes. */
export function drawItem(item: Item, x: PlacedAxis, y: PlacedAxis): string[] {
  return [...(item.kind === 'bars' ? drawBars(item, x, y) : drawPoints(item, x, y)), ...drawErrors(item, x, y)];
}

function drawBars({ bars, trace, color }: BarsItem, x: PlacedAxis, y: PlacedAxis): string[] {
  // A bar on a logarithmic axis starts at minus infinity: at the edge.
  const pixel = (axis: PlacedAxis, value: number) => position(axis, Number.isFinite(value) ? value : axis.low);
  const placed = bars.rectangles.map(
    ({ x0, x1, y0, y1 }) => [pixel(x, x0), pixel(x, x1), pixel(y, y0), pixel(y, y1)] as const,
  );
  const d = placed.map(
    ([left, right, bottom, top]) =>
      `M${coordinate(left)},${coordinate(bottom)}V${coordinate(top)}H${coordinate(right)}V${coordinate(bottom)}Z`,
  );
  // A rim keeps neighbours apart, but would eat bars that are hardly wider than itself.
  const isWide = placed.some(([left, right, bottom, top]) => (bars.lying ? bottom - top : right - left) > 4);
  const rim = isWide ? { class: 'lm-rim', stroke: light.panel, 'stroke-width': 1 } : {};
  return [element('path', { ...rim, d: d.join(''), fill: color, 'fill-opacity': opacityOf(trace.opacity) })];
}

function drawPoints({ trace, mode, color, xs, ys }: PointsItem, x: PlacedAxis, y: PlacedAxis): string[] {
  const points: Points = { x: xs.map((value) => position(x, value)), y: ys.map((value) => position(y, value)) };
  if (trace.fill === 'toself') {
    return [
      element('path', {
        d: `${linePath(points)}Z`,
        fill: trace.fillcolor ?? color,
        'fill-opacity': opacityOf(trace.opacity),
      }),
    ];
  }
  const drawn: string[] = [];
  if (mode.includes('lines')) {
    const { width = 2, dash, color: lineColor = color } = trace.line ?? {};
    drawn.push(
      element('path', {
        d: linePath(points),
        fill: 'none',
        stroke: lineColor,
        'stroke-width': width,
        'stroke-dasharray': dashPattern(dash),
        'stroke-linejoin': 'round',
        'stroke-opacity': opacityOf(trace.opacity),
      }),
    );
  }
  if (mode.includes('markers')) drawn.push(drawMarkers(points, trace.marker?.size ?? 7, color, trace.opacity));
  return drawn;
}

function drawMarkers(points: Points, size: number, color: string, opacity: number | undefined): string {
  if (points.x.length > maxCircles) {
    return element('path', {
      d: dotPath(points),
      stroke: color,
      'stroke-width': size,
      'stroke-linecap': 'round',
      'stroke-opacity': opacityOf(opacity),
    });
  }
  const circles: string[] = [];
  for (let i = 0; i < points.x.length; i++) {
    if (!Number.isNaN(points.x[i]! + points.y[i]!)) {
      circles.push(element('circle', { cx: points.x[i]!, cy: points.y[i]!, r: size / 2 }));
    }
  }
  return element(
    'g',
    { class: 'lm-rim', fill: color, stroke: light.panel, 'stroke-width': 0.8, 'fill-opacity': opacityOf(opacity) },
    circles,
  );
}

/** Error bars: a stem with a cap at each end, all of a series in one path. */
function drawErrors(item: Item, x: PlacedAxis, y: PlacedAxis): string[] {
  const cap = 3;
  const centers =
    item.kind === 'points'
      ? Array.from(item.xs, (value, i) => [value, item.ys[i]!] as const)
      : item.bars.rectangles.map(({ x0, x1, y0, y1 }) => [(x0 + x1) / 2, (y0 + y1) / 2] as const);
  const upright = errorEnds(item, 'y').map(([low, high], i) => {
    const at = position(x, centers[i]?.[0] ?? NaN);
    const [from, to] = [position(y, y.ruler.place(low)), position(y, y.ruler.place(high))];
    return Number.isNaN(at + from + to)
      ? ''
      : `M${coordinate(at)},${coordinate(from)}V${coordinate(to)}m-${cap},0h${2 * cap}M${coordinate(at - cap)},${coordinate(from)}h${2 * cap}`;
  });
  const lying = errorEnds(item, 'x').map(([low, high], i) => {
    const at = position(y, centers[i]?.[1] ?? NaN);
    const [from, to] = [position(x, x.ruler.place(low)), position(x, x.ruler.place(high))];
    return Number.isNaN(at + from + to)
      ? ''
      : `M${coordinate(from)},${coordinate(at)}H${coordinate(to)}m0,-${cap}v${2 * cap}M${coordinate(from)},${coordinate(at - cap)}v${2 * cap}`;
  });
  const d = [...upright, ...lying].join('');
  if (d === '') return [];
  const style = item.kind === 'bars' ? { class: 'lm-ink', stroke: light.text } : { stroke: item.color };
  return [element('path', { ...style, d, fill: 'none', 'stroke-width': 1.2, 'stroke-opacity': '0.75' })];
}

/** Returns a reference line or band. `paper` spans the drawing area, whatever the axes say. */
export function drawShape(shape: PlotlyShape, frame: Frame): string {
  const at = (letter: 'x' | 'y', end: 0 | 1) => {
    const value = shape[`${letter}${end}`];
    const axis = frame.axes.get(shape[`${letter}ref`] ?? letter);
    if (axis !== undefined) return position(axis, axis.ruler.place(value));
    const [start, stop] = letter === 'x' ? [frame.left, frame.right] : [frame.bottom, frame.top];
    return start + Number(value) * (stop - start);
  };
  const [x0, x1, y0, y1] = [at('x', 0), at('x', 1), at('y', 0), at('y', 1)];
  if (shape.type === 'rect') {
    return element('rect', {
      x: Math.min(x0, x1),
      y: Math.min(y0, y1),
      width: Math.abs(x1 - x0),
      height: Math.abs(y1 - y0),
      fill: shape.fillcolor ?? referenceColor,
      'fill-opacity': opacityOf(shape.opacity),
    });
  }
  const d = `M${coordinate(x0)},${coordinate(y0)}L${coordinate(x1)},${coordinate(y1)}`;
  return element('path', {
    d,
    stroke: shape.line?.color ?? referenceColor,
    'stroke-width': shape.line?.width ?? 1.5,
    'stroke-dasharray': dashPattern(shape.line?.dash),
  });
}

function opacityOf(opacity: number | undefined): string | undefined {
  return opacity === undefined || opacity === 1 ? undefined : String(opacity);
}
