import { ShapeError } from '../base/errors.ts';
import type { PlotlyShape, PlotlyTrace, PlotlyValue } from './plotly-json.ts';
import { type Values, readNumbers, readValues } from './read-values.ts';
import { plotlyText } from './svg/text.ts';
import { referenceColor } from './theme.ts';

/** A line to compare with: at one `x`, at one `y`, or `intercept + slope · x` across the data. */
export type ReferenceLine = { readonly name?: string; readonly color?: string } & (
  | { readonly x: number | string | Date }
  | { readonly y: number | string }
  | { readonly slope: number; readonly intercept?: number }
);

/** A shaded range: between two values of `x` or of `y`, or between the curves `lower` and `upper` over `x`. */
export type Band = { readonly name?: string; readonly color?: string } & (
  | { readonly x: readonly [number | string | Date, number | string | Date] }
  | { readonly y: readonly [number, number] }
  | { readonly x: Values; readonly lower: ArrayLike<number>; readonly upper: ArrayLike<number> }
);

/** Returns the Plotly shapes of `lines`; sloped ones cross the range of x in `traces`. */
export function lineShapes(lines: readonly ReferenceLine[], traces: readonly PlotlyTrace[]): PlotlyShape[] {
  return lines.map((line) => ({
    type: 'line',
    ...lineEnds(line, traces),
    line: { color: line.color ?? referenceColor, width: 1.5, dash: 'dash' },
    layer: 'above',
    ...legendName(line.name),
  }));
}

type Ends = Pick<PlotlyShape, 'x0' | 'x1' | 'y0' | 'y1' | 'xref' | 'yref'>;

function lineEnds(line: ReferenceLine, traces: readonly PlotlyTrace[]): Ends {
  if ('slope' in line) {
    const { slope, intercept = 0 } = line;
    const [x0, x1] = numericRange(traces.flatMap((trace) => trace.x ?? []));
    return { xref: 'x', yref: 'y', x0, x1, y0: intercept + slope * x0, y1: intercept + slope * x1 };
  }
  if ('x' in line) {
    const x = axisValue('lines: x', line.x);
    return { xref: 'x', yref: 'paper', x0: x, x1: x, y0: 0, y1: 1 };
  }
  const y = axisValue('lines: y', line.y);
  return { xref: 'paper', yref: 'y', x0: 0, x1: 1, y0: y, y1: y };
}

/** Returns the Plotly shapes of those `bands` that lie between two values. */
export function bandShapes(bands: readonly Band[]): PlotlyShape[] {
  return bands
    .filter((band): band is StraightBand => !('lower' in band))
    .map((band) => ({
      type: 'rect',
      ...bandEnds(band),
      fillcolor: band.color ?? referenceColor,
      opacity: 0.22,
      line: { width: 0 },
      layer: 'below',
      ...legendName(band.name),
    }));
}

type StraightBand = Exclude<Band, { lower: unknown }>;

function bandEnds(band: StraightBand): Ends {
  if ('x' in band) {
    const [x0, x1] = band.x.map((end) => axisValue('bands: x', end)) as [string, string];
    return { xref: 'x', yref: 'paper', x0, x1, y0: 0, y1: 1 };
  }
  return { xref: 'paper', yref: 'y', x0: 0, x1: 1, y0: band.y[0], y1: band.y[1] };
}

/** Returns the traces of those `bands` that lie between two curves: one closed area each, first forth along `upper`, then back. */
export function bandTraces(bands: readonly Band[]): PlotlyTrace[] {
  return bands
    .filter((band) => 'lower' in band)
    .map((band) => {
      const [x, lower, upper] = [
        readValues('bands: x', band.x),
        readNumbers('bands: lower', band.lower),
        readNumbers('bands: upper', band.upper),
      ];
      if (x.length !== lower.length || x.length !== upper.length) {
        throw new ShapeError(
          `bands: expected x, lower and upper of one length, got ${x.length}, ${lower.length} and ${upper.length}`,
        );
      }
      const drawn = x.map((_, i) => i).filter((i) => x[i] !== null && lower[i] !== null && upper[i] !== null);
      const back = drawn.toReversed();
      return {
        type: 'scatter',
        mode: 'lines',
        fill: 'toself',
        fillcolor: band.color ?? referenceColor,
        opacity: 0.22,
        line: { width: 0 },
        hoverinfo: 'skip',
        x: [...drawn, ...back].map((i) => x[i]!),
        y: [...drawn.map((i) => upper[i]!), ...back.map((i) => lower[i]!)],
        ...(band.name === undefined ? { showlegend: false } : { name: plotlyText(band.name) }),
      };
    });
}

function legendName(name: string | undefined): { name?: string; showlegend?: boolean } {
  return name === undefined ? {} : { name: plotlyText(name), showlegend: true };
}

function axisValue(where: string, value: number | string | Date): number | string {
  return readValues(where, [value])[0] ?? NaN;
}

function numericRange(values: readonly PlotlyValue[]): [number, number] {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? [0, 1] : [Math.min(...numbers), Math.max(...numbers)];
}
