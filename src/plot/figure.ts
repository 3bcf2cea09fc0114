import { inspect } from 'node:util';
import { checkFigure } from './check-figure.ts';
import { type ToHtmlOptions, interactivePage } from './html.ts';
import { type PlotlyFigure, type PlotlyLayout, type PlotlyTrace, titleText } from './plotly-json.ts';
import { buildFrame } from './svg/frame.ts';
import { buildScene } from './svg/scene.ts';
import { renderSvg } from './svg/render.ts';
import { escapeMarkup } from '../base/escape-markup.ts';
import { plotlyLines } from './svg/text.ts';
import { light, plotlyTemplate } from './theme.ts';

/**
 * A chart: Plotly JSON that can draw itself, as a static SVG here and interactively through plotly.js in a browser.
 * Made by `scatter`, `line`, `bar`, `histogram`, `residuals`, or from raw Plotly JSON by `figure`.
 */
export class Figure {
  static {
    // Defined here, not as methods: declarations are made file by file, which forbids computed method names.
    Object.defineProperties(Figure.prototype, {
      [Symbol.for('Jupyter.display')]: { value: mimeBundle },
      [inspect.custom]: { value: asText },
    });
  }

  readonly data: readonly PlotlyTrace[];
  readonly layout: PlotlyLayout;

  /** @throws as `figure` does */
  constructor({ data, layout = {} }: FigureOptions) {
    const checked = checkFigure({ data, layout });
    this.data = checked.data;
    this.layout = checked.layout;
  }

  /** Returns the picture as SVG that stands on its own and looks right on light and dark pages. */
  toSvg(): string {
    return renderSvg(this);
  }

  /** Returns a page with the interactive chart. `plotly` is `'inline'` (default) or the URL of a served plotly.js. */
  toHtml(options: ToHtmlOptions = {}): string {
    return interactivePage([this], options);
  }

  /** Returns the figure as Plotly JSON, with the template and the margins that make plotly.js draw it as `toSvg` does. */
  toJSON(): PlotlyFigure {
    const { width, height, left, right, top, bottom, legendTop } = buildFrame(buildScene(this), this.layout);
    const margin = { l: left, r: width - right, t: top, b: height - bottom };
    return {
      data: this.data,
      layout: { template: plotlyTemplate(light), margin, legend: { y: 1 - legendTop / height }, ...this.layout },
    };
  }

  /** Returns one line that says what the figure is: `Figure(scatter: title, 2 series, 150 points)`. */
  toString(): string {
    const kinds = [...new Set(this.data.map(traceKind))].filter((kind) => kind !== 'area');
    const series = this.data.filter((trace) => traceKind(trace) !== 'area' && trace.showlegend !== false);
    const points = series.reduce((sum, trace) => sum + traceLength(trace), 0);
    const title = plotlyLines(titleText(this.layout.title)).join(' ');
    return `Figure(${kinds.join('+') || 'area'}: ${title === '' ? '' : `${title}, `}${series.length} series, ${points} ${points === 1 ? 'point' : 'points'})`;
  }
}

/** The parts of a figure; `layout` may be left out. */
export interface FigureOptions {
  readonly data: readonly PlotlyTrace[];
  readonly layout?: PlotlyLayout;
}

/**
 * Returns a figure from raw Plotly JSON with traces of the kinds `scatter`, `bar` and `histogram`.
 * Keys that the static picture does not know are kept for plotly.js.
 *
 * @throws InvalidArgumentError for a trace of another kind, or a size below 100 × 100 pixels
 * @throws ShapeError when the coordinates of a trace differ in length
 * @throws EmptyDataError when there is nothing to draw
 * @throws NotFiniteError for an infinite number
 */
export function figure(options: FigureOptions): Figure {
  return new Figure(options);
}

/**
 * What a notebook shows. `text/html` holds the SVG as an image, since that is the one form of a picture
 * that JupyterLab shows at once, also in a notebook it does not trust, and that no sanitizer takes apart.
 */
function mimeBundle(this: Figure): Record<string, unknown> {
  const svg = this.toSvg();
  return {
    'application/vnd.plotly.v1+json': this.toJSON(),
    'text/html': imageElement(svg, this.toString()),
    'image/svg+xml': svg,
    'text/plain': this.toString(),
  };
}

/** Returns what `console.log` prints of a figure. */
function asText(this: Figure): string {
  return this.toString();
}

function imageElement(svg: string, alt: string): string {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  const [, width, height] = / width="([\d.]+)" height="([\d.]+)"/.exec(svg)!;
  return `<img alt="${escapeMarkup(alt)}" width="${width}" height="${height}" style="max-width: 100%; height: auto" src="${source}">`;
}

function traceKind(trace: PlotlyTrace): string {
  if (trace.type === 'bar' || trace.type === 'histogram') return trace.type;
  if (trace.fill === 'toself') return 'area';
  return trace.mode === 'markers' ? 'scatter' : 'line';
}

function traceLength(trace: PlotlyTrace): number {
  return Math.max(trace.x?.length ?? 0, trace.y?.length ?? 0);
}
