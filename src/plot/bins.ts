import type { PlotlyBins } from './plotly-json.ts';
import { niceStep } from './svg/ticks.ts';

/** A value this close below an edge, in bins, belongs above it: 0.1 + 0.2 is an edge of bins of 0.1. */
const slack = 1e-9;

/**
 * Returns bins of equal, round width over `values` (finite, at least one): as many as the finer of Sturges' rule and
 * the rule of Freedman and Diaconis asks for, as numpy's `bins='auto'` does, and about `count` when that is given.
 * A single value, or a range too narrow to divide, is one bin. The last bin is closed below `end`, so `end` lies above the largest value.
 */
export function roundBins(values: readonly number[], count?: number): PlotlyBins {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  if (isNarrow(low, high)) {
    const size = Math.max(1, 4 * (high - low));
    return { start: low - size / 2, end: low + size / 2, size };
  }
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const sturges = Math.log2(sorted.length) + 1;
  const freedmanDiaconis = spread === 0 ? 0 : ((high - low) * Math.cbrt(sorted.length)) / (2 * spread);
  const size = niceStep(low, high, count ?? Math.min(200, Math.max(sturges, freedmanDiaconis)));
  const start = Math.floor(low / size + slack);
  const end = Math.floor(high / size + slack) + 1;
  return { start: clean(start * size), end: clean(end * size), size: clean(size) };
}

/** Returns how many of `values` fall into each bin; a bin holds its lower edge and not its upper one. */
export function countBins(values: readonly number[], bins: PlotlyBins): number[] {
  const counts = new Array<number>(Math.max(1, Math.round((bins.end - bins.start) / bins.size))).fill(0);
  for (const value of values) {
    const index = Math.floor((value - bins.start) / bins.size + slack);
    if (index >= 0 && index < counts.length) counts[index]!++;
  }
  return counts;
}

/** Returns whether a range is a single value, or too narrow for numbers of double precision to divide it further. */
function isNarrow(low: number, high: number): boolean {
  return high - low <= Math.max(1e-300, 1e-9 * Math.max(Math.abs(low), Math.abs(high)));
}

function quantile(sorted: Float64Array, p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below]!;
  return low + ((sorted[below + 1] ?? low) - low) * (position - below);
}

function clean(value: number): number {
  return Number(value.toPrecision(12));
}
