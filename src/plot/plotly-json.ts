/**
 * The part of Plotly's figure schema that this room reads; every other key is kept and handed on to plotly.js.
 * Names are Plotly's own: https://plotly.com/javascript/reference/
 */

/** One coordinate: a number, a date or category as text, or `null` for a gap. */
export type PlotlyValue = number | string | null;

/** What Plotly's title attributes take: text, or an object that holds it. */
export type PlotlyTitle = string | { readonly text?: string; readonly [key: string]: unknown };

/** Error bars of a trace: `array` upwards, `arrayminus` (default: the same) downwards. */
export interface PlotlyErrorBars {
  readonly type?: 'data';
  readonly array: readonly (number | null)[];
  readonly arrayminus?: readonly (number | null)[];
  readonly visible?: boolean;
  readonly [key: string]: unknown;
}

/** The bins of a histogram, from `start` to `end` in steps of `size`. */
export interface PlotlyBins {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

interface TraceBase {
  readonly name?: string;
  readonly opacity?: number;
  readonly showlegend?: boolean;
  readonly xaxis?: string;
  readonly yaxis?: string;
  readonly [key: string]: unknown;
}

/** Points, lines, or both; `fill: 'toself'` makes the line the border of an area (other fills are not drawn statically). */
export interface ScatterTrace extends TraceBase {
  readonly type?: 'scatter';
  readonly mode?: 'markers' | 'lines' | 'lines+markers';
  readonly x?: readonly PlotlyValue[];
  readonly y: readonly PlotlyValue[];
  readonly line?: { readonly color?: string; readonly width?: number; readonly dash?: string };
  readonly marker?: { readonly color?: string; readonly size?: number; readonly line?: { readonly width?: number } };
  readonly fill?: string;
  readonly fillcolor?: string;
  readonly error_x?: PlotlyErrorBars;
  readonly error_y?: PlotlyErrorBars;
}

/** Bars, upright or (`orientation: 'h'`) lying. */
export interface BarTrace extends TraceBase {
  readonly type: 'bar';
  readonly x?: readonly PlotlyValue[];
  readonly y?: readonly PlotlyValue[];
  readonly orientation?: 'v' | 'h';
  readonly marker?: { readonly color?: string };
  readonly error_x?: PlotlyErrorBars;
  readonly error_y?: PlotlyErrorBars;
}

/** The distribution of the numbers in `x`, or lying on its side of those in `y`. */
export interface HistogramTrace extends TraceBase {
  readonly type: 'histogram';
  readonly x?: readonly PlotlyValue[];
  readonly y?: readonly PlotlyValue[];
  readonly xbins?: PlotlyBins;
  readonly ybins?: PlotlyBins;
  readonly histnorm?: '' | 'percent' | 'probability' | 'probability density';
  readonly marker?: { readonly color?: string };
}

/** One data series of a figure. */
export type PlotlyTrace = ScatterTrace | BarTrace | HistogramTrace;

/** How an axis maps values to positions. */
export type PlotlyAxisType = 'linear' | 'log' | 'date' | 'category';

/** One axis: `domain` is the share of the drawing area it spans, `range` its ends (powers of ten when `log`). */
export interface PlotlyAxis {
  readonly title?: PlotlyTitle;
  readonly type?: PlotlyAxisType | '-';
  readonly range?: readonly (number | string)[];
  readonly domain?: readonly number[];
  readonly anchor?: string;
  readonly showticklabels?: boolean;
  readonly showgrid?: boolean;
  readonly [key: string]: unknown;
}

/** A line or rectangle that is not data; `xref: 'paper'` counts 0 to 1 over the drawing area. */
export interface PlotlyShape {
  readonly type: 'line' | 'rect';
  readonly x0: number | string;
  readonly x1: number | string;
  readonly y0: number | string;
  readonly y1: number | string;
  readonly xref?: string;
  readonly yref?: string;
  readonly line?: { readonly color?: string; readonly width?: number; readonly dash?: string };
  readonly fillcolor?: string;
  readonly opacity?: number;
  readonly layer?: 'below' | 'above';
  readonly name?: string;
  readonly showlegend?: boolean;
  readonly [key: string]: unknown;
}

/** Everything of a figure that is not a data series. */
export interface PlotlyLayout {
  readonly title?: PlotlyTitle;
  readonly width?: number;
  readonly height?: number;
  readonly barmode?: 'group' | 'stack' | 'overlay' | 'relative';
  readonly showlegend?: boolean;
  readonly shapes?: readonly PlotlyShape[];
  readonly xaxis?: PlotlyAxis;
  readonly yaxis?: PlotlyAxis;
  readonly [key: string]: unknown;
}

/** A figure as Plotly writes it to JSON. */
export interface PlotlyFigure {
  readonly data: readonly PlotlyTrace[];
  readonly layout: PlotlyLayout;
}

/** Returns the text of a title attribute, empty when there is none. */
export function titleText(title: PlotlyTitle | undefined): string {
  return typeof title === 'string' ? title : (title?.text ?? '');
}

/** Returns the id of the axis a trace is drawn on: `x`, `x2`, `y`, … */
export function axisOf(trace: PlotlyTrace, letter: 'x' | 'y'): string {
  return (letter === 'x' ? trace.xaxis : trace.yaxis) ?? letter;
}

/** Returns the layout of axis `id`: `x2` is described by `xaxis2`. */
export function axisLayout(layout: PlotlyLayout, id: string): PlotlyAxis {
  return (layout[`${id[0]}axis${id.slice(1)}`] as PlotlyAxis | undefined) ?? {};
}
