import { light } from '../theme.ts';
import { coordinate, element } from './element.ts';
import { tickSize } from './axis-ticks.ts';
import { type Frame, type PlacedAxis, axisTitleSize, edge, position } from './frame.ts';
import { textElement } from './text.ts';

/** Returns the grid lines of all axes, drawn behind the data. */
export function drawGrid(frame: Frame): string[] {
  return [...frame.axes.values()]
    .filter(({ showGrid }) => showGrid)
    .map((axis) => {
      const [start, end] = crossing(frame, axis);
      const d = axis.ticks.map(({ value }) => {
        const at = coordinate(position(axis, value));
        return axis.id.startsWith('y')
          ? `M${coordinate(start)},${at}H${coordinate(end)}`
          : `M${at},${coordinate(start)}V${coordinate(end)}`;
      });
      return element('path', { class: 'lm-grid', d: d.join(''), stroke: light.grid, 'stroke-width': 1 });
    });
}

/** Returns the axes: a line with ticks under the x axis, bare labels beside the y axis, and their titles. */
export function drawAxes(frame: Frame): string[] {
  return [...frame.axes.values()].flatMap((axis) =>
    axis.id.startsWith('x') ? drawXAxis(frame, axis) : drawYAxis(frame, axis),
  );
}

/** The pixels across `axis`: the part of the drawing area that its partner spans. */
function crossing(frame: Frame, axis: PlacedAxis): [number, number] {
  const letter = axis.id.startsWith('y') ? 'x' : 'y';
  const partners = [...frame.axes.values()].filter(
    ({ id, anchor }) => id.startsWith(letter) && (id === axis.anchor || anchor === axis.id),
  );
  const ends =
    partners.length === 0
      ? letter === 'x'
        ? [frame.left, frame.right]
        : [frame.bottom, frame.top]
      : partners.flatMap(({ from, to }) => [from, to]);
  return letter === 'x' ? [Math.min(...ends), Math.max(...ends)] : [Math.max(...ends), Math.min(...ends)];
}

function drawXAxis(frame: Frame, axis: PlacedAxis): string[] {
  const y = frame.axes.get(axis.anchor)?.from ?? frame.bottom;
  const marks = axis.showLabels
    ? axis.ticks.map(({ value }) => `M${coordinate(position(axis, value))},${coordinate(y)}v5`)
    : [];
  const line = element('path', {
    class: 'lm-axis',
    d: `M${coordinate(axis.from)},${coordinate(y)}H${coordinate(axis.to)}${marks.join('')}`,
    stroke: light.axis,
    'stroke-width': 1,
  });
  const labels = axis.showLabels
    ? axis.ticks.flatMap(({ value, label, detail }) => xLabel(position(axis, value), y, label, detail, axis.slanted))
    : [];
  if (axis.title === '') return [line, ...labels];
  const title = textElement(axis.title, {
    x: (axis.from + axis.to) / 2,
    y: frame.height - edge,
    size: axisTitleSize,
    anchor: 'middle',
    color: light.text,
  });
  return [line, ...labels, title];
}

function xLabel(x: number, y: number, label: string, detail: string | undefined, slanted: boolean): string[] {
  const style = { x, size: tickSize, tone: 'muted', color: light.muted } as const;
  if (slanted) return [textElement(label, { ...style, x: x + 3, y: y + 16, anchor: 'end', rotate: -45 })];
  const first = textElement(label, { ...style, y: y + 19, anchor: 'middle' });
  return detail === undefined ? [first] : [first, textElement(detail, { ...style, y: y + 34, anchor: 'middle' })];
}

function drawYAxis(frame: Frame, axis: PlacedAxis): string[] {
  const x = frame.axes.get(axis.anchor)?.from ?? frame.left;
  const labels = axis.showLabels
    ? axis.ticks.map(({ value, label }) =>
        textElement(label, {
          x: x - 8,
          y: position(axis, value) + 4,
          size: tickSize,
          anchor: 'end',
          tone: 'muted',
          color: light.muted,
        }),
      )
    : [];
  if (axis.title === '') return labels;
  return [
    ...labels,
    textElement(axis.title, {
      x: edge + 10,
      y: (axis.from + axis.to) / 2,
      size: axisTitleSize,
      anchor: 'middle',
      rotate: -90,
      color: light.text,
    }),
  ];
}
