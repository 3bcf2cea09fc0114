import { coordinate } from './element.ts';

/** Positions in pixels; NaN is a gap. */
export interface Points {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/**
 * Returns the path of a line through `points`, broken at gaps.
 * Where many points fall on one column of pixels, the first, lowest, highest and last stand for all of them:
 * the picture stays the same (Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", 2014).
 */
export function linePath(points: Points): string {
  const kept = points.x.length > 2000 ? perColumn(points) : Array.from({ length: points.x.length }, (_, i) => i);
  let path = '';
  let pen = 'M';
  for (const i of kept) {
    const [x, y] = [points.x[i]!, points.y[i]!];
    if (Number.isNaN(x) || Number.isNaN(y)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${coordinate(x)},${coordinate(y)}`;
    pen = 'L';
  }
  return path;
}

function perColumn({ x, y }: Points): number[] {
  const kept: number[] = [];
  const column = (i: number) => (Number.isNaN(y[i]!) ? NaN : Math.round(x[i]!));
  for (let start = 0; start < x.length;) {
    let [low, high, end] = [start, start, start];
    // A gap has the column NaN, which equals nothing, so it always stands alone.
    while (end + 1 < x.length && column(end + 1) === column(start)) {
      end++;
      if (y[end]! < y[low]!) low = end;
      if (y[end]! > y[high]!) high = end;
    }
    kept.push(...new Set([start, low, high, end].sort((a, b) => a - b)));
    start = end + 1;
  }
  return kept;
}

/**
 * Returns a path of one dot per point, to be stroked with round caps: some ten bytes a point where a circle element
 * takes forty. Positions are whole pixels, and dots that share one are drawn once.
 */
export function dotPath({ x, y }: Points): string {
  const seen = new Set<string>();
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]!) || Number.isNaN(y[i]!)) continue;
    seen.add(`M${Math.round(x[i]!)},${Math.round(y[i]!)}h0`);
  }
  return [...seen].join('');
}
