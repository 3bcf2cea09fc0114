import { EmptyDataError, InvalidArgumentError, ShapeError } from '../base/errors.ts';
import type { PlotlyErrorBars, PlotlyFigure, PlotlyLayout, PlotlyTrace } from './plotly-json.ts';
import { axisLayout, axisOf } from './plotly-json.ts';
import { readNumbers, readValues } from './read-values.ts';

const smallestSize = 100;

const kinds = new Set(['scatter', 'bar', 'histogram']);

/** Returns `figure` with plain arrays as coordinates, or throws what `figure()` documents. */
export function checkFigure({ data, layout }: PlotlyFigure): PlotlyFigure {
  if (!Array.isArray(data) || data.length === 0) {
    throw new EmptyDataError('figure: expected at least one trace in `data`, got none');
  }
  checkSize('width', layout.width);
  checkSize('height', layout.height);
  const checked = data.map(checkTrace);
  checked.forEach((trace, index) => checkLogAxes(trace, layout, index));
  return { data: checked, layout };
}

function checkSize(name: string, pixels: number | undefined): void {
  if (pixels === undefined || (pixels >= smallestSize && pixels < Infinity)) return;
  throw new InvalidArgumentError(`figure: expected a ${name} of at least ${smallestSize} pixels, got ${pixels}`);
}

function checkTrace(trace: PlotlyTrace, index: number): PlotlyTrace {
  const where = traceName(trace, index);
  if (!kinds.has(trace.type ?? 'scatter')) {
    throw new InvalidArgumentError(
      `${where}: expected a trace of type "scatter", "bar" or "histogram", got ${JSON.stringify(trace.type)}`,
    );
  }
  const x = trace.x === undefined ? undefined : readValues(`${where}: x`, trace.x);
  const y = trace.y === undefined ? undefined : readValues(`${where}: y`, trace.y);
  if ((y === undefined && trace.type !== 'histogram') || (x === undefined && trace.type === 'bar')) {
    throw new InvalidArgumentError(
      `${where}: expected ${trace.type === 'bar' ? 'x and y' : 'y'}, got ${x ? 'only x' : y ? 'only y' : 'neither'}`,
    );
  }
  if (x !== undefined && y !== undefined && trace.type !== 'histogram' && x.length !== y.length) {
    throw new ShapeError(`${where}: expected x and y of one length, got ${x.length} and ${y.length}`);
  }
  if ((y ?? x ?? []).every((value) => value === null)) {
    throw new EmptyDataError(
      `${where}: expected at least one value to draw, got ${(y ?? x) ? 'only gaps' : 'neither x nor y'}`,
    );
  }
  const length = (y ?? x)!.length;
  return {
    ...trace,
    type: trace.type ?? 'scatter',
    ...(x === undefined ? {} : { x }),
    ...(y === undefined ? {} : { y }),
    ...errorBars(where, 'error_x', trace, length),
    ...errorBars(where, 'error_y', trace, length),
  } as PlotlyTrace;
}

function errorBars(
  where: string,
  key: 'error_x' | 'error_y',
  trace: PlotlyTrace,
  length: number,
): Record<string, unknown> {
  const bars = trace[key] as PlotlyErrorBars | undefined;
  if (bars === undefined) return {};
  const array = readNumbers(`${where}: ${key}`, bars.array);
  if (array.length !== length) {
    throw new ShapeError(`${where}: expected ${key} of length ${length} (as y), got ${array.length}`);
  }
  return { [key]: { ...bars, array } };
}

/** plotly.js leaves such values out without a word. */
function checkLogAxes(trace: PlotlyTrace, layout: PlotlyLayout, index: number): void {
  for (const letter of ['x', 'y'] as const) {
    if (axisLayout(layout, axisOf(trace, letter)).type !== 'log') continue;
    const at = trace[letter]?.findIndex((value) => typeof value === 'number' && value <= 0) ?? -1;
    if (at === -1) continue;
    throw new InvalidArgumentError(
      `${traceName(trace, index)}: expected positive values on the logarithmic ${letter} axis, ` +
        `got ${trace[letter]![at]} in ${letter}[${at}]. Use a linear axis or leave them out (NaN).`,
    );
  }
}

function traceName({ name }: PlotlyTrace, index: number): string {
  return name === undefined ? `figure: data[${index}]` : `figure: ${JSON.stringify(name.slice(0, 80))}`;
}
