import type { PlotlyFigure } from '../plotly-json.ts';
import { dark, fontFamily, light } from '../theme.ts';
import { drawAxes, drawGrid } from './axes.ts';
import { describeScene } from './describe.ts';
import { coordinate, element } from './element.ts';
import { escapeMarkup } from '../../base/escape-markup.ts';
import { type Frame, buildFrame, edge, titleLineHeight, titleSize } from './frame.ts';
import { drawLegend } from './legend.ts';
import { drawItem, drawShape } from './marks.ts';
import { type Item, type Scene, buildScene } from './scene.ts';
import { textElement } from './text.ts';

/**
 * The colours for a dark page. The light ones are attributes of the elements, so that a viewer which strips styles
 * still shows a light picture. The rules are the same in every figure: two on one page cannot disturb each other.
 */
const darkStyle =
  '@media(prefers-color-scheme:dark){' +
  `.lm-panel{fill:${dark.panel}}.lm-text{fill:${dark.text}}.lm-muted{fill:${dark.muted}}` +
  `.lm-grid{stroke:${dark.grid}}.lm-axis{stroke:${dark.axis}}.lm-rim{stroke:${dark.panel}}.lm-ink{stroke:${dark.text}}}`;

/**
 * Returns `figure` as a picture that stands on its own: no script, no font, no file beside it, no ids,
 * and byte for byte the same for the same figure on every machine.
 */
export function renderSvg(figure: PlotlyFigure): string {
  const scene = buildScene(figure);
  const frame = buildFrame(scene, figure.layout);
  const { width, height } = frame;
  const title = frame.title.join(' ') || 'Chart';
  const above = scene.shapes.filter(({ layer }) => layer !== 'below');
  const below = scene.shapes.filter(({ layer }) => layer === 'below');
  const children = [
    element('title', {}, [escapeMarkup(title)]),
    element('desc', {}, [escapeMarkup(describeScene(scene))]),
    element('style', {}, [darkStyle]),
    element('rect', { class: 'lm-panel', width, height, rx: 6, fill: light.panel }),
    ...frame.title.map((line, i) => drawTitleLine(line, edge + titleSize + i * titleLineHeight)),
    ...drawLegend(frame.legend, edge, frame.legendTop, light.text),
    ...drawGrid(frame),
    ...drawShapes(below, frame),
    ...drawPanels(scene, frame),
    ...drawShapes(above, frame),
    ...drawAxes(frame),
  ];
  const attributes = { role: 'img', 'aria-label': title, width, height, viewBox: `0 0 ${width} ${height}` };
  // An element a line: a changed picture then shows in a diff as what changed.
  const lines = children.map((child) => `\n${child}`).concat('\n');
  return `${element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...attributes, 'font-family': fontFamily }, lines)}\n`;
}

function drawTitleLine(line: string, y: number): string {
  return textElement(line, { x: edge, y, size: titleSize, weight: 600, color: light.text });
}

/** Reference lines and bands, across all panels. */
function drawShapes(shapes: Scene['shapes'], frame: Frame): string[] {
  if (shapes.length === 0) return [];
  const { left, right, top, bottom } = frame;
  return [
    clipped(
      [left, right],
      [bottom, top],
      shapes.map((shape) => drawShape(shape, frame)),
    ),
  ];
}

/** The series, panel by panel. */
function drawPanels({ items }: Scene, { axes }: Frame): string[] {
  return [...Map.groupBy(items, ({ x, y }) => `${x} ${y}`).values()].map((panel) => {
    const [x, y] = [axes.get(panel[0]!.x)!, axes.get(panel[0]!.y)!];
    return clipped(
      [x.from, x.to],
      [y.from, y.to],
      drawingOrder(panel).flatMap((item) => drawItem(item, x, y)),
    );
  });
}

/** Lines and points stay visible in front of bars, whatever their order, as in Plotly. */
function drawingOrder(items: readonly Item[]): Item[] {
  return [...items.filter(({ kind }) => kind === 'bars'), ...items.filter(({ kind }) => kind === 'points')];
}

/** A nested `svg` cuts off what lies beyond it, without the id that a clip path needs. */
function clipped(
  [left, right]: [number, number],
  [bottom, top]: [number, number],
  children: readonly string[],
): string {
  const [width, height] = [right - left, bottom - top];
  const viewBox = [left, top, width, height].map(coordinate).join(' ');
  return element('svg', { x: left, y: top, width, height, viewBox, overflow: 'hidden' }, children);
}
