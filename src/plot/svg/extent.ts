import type { PlotlyErrorBars, PlotlyShape } from '../plotly-json.ts';
import type { Ruler } from './coordinates.ts';
import type { Item } from './scene.ts';

/**
 * Returns the ends of an axis such that everything drawn on it shows, with a twentieth to spare at each end.
 * Bars stand on the edge, and a chart of bare lines runs from edge to edge.
 */
export function extent(
  id: string,
  of: Ruler,
  items: readonly Item[],
  shapes: readonly PlotlyShape[],
): [number, number] {
  if (of.type === 'category') return [-0.5, Math.max(1, of.categories.length) - 0.5];
  const letter = id[0] as 'x' | 'y';
  const span = new Span();
  let spare = letter === 'y';
  for (const item of items.filter((each) => each[letter] === id)) {
    if (item.kind === 'bars') {
      for (const bar of item.bars.rectangles) span.add(bar[`${letter}0`], bar[`${letter}1`]);
      if (item.bars.lying === (letter === 'x')) span.floor(of.type === 'log' ? NaN : 0);
    } else {
      for (const value of letter === 'x' ? item.xs : item.ys) span.add(value);
      spare ||= item.mode !== 'lines';
    }
    for (const end of errorEnds(item, letter)) span.add(of.place(end[0]), of.place(end[1]));
  }
  for (const shape of shapes) {
    if ((shape[`${letter}ref`] ?? letter) === id) {
      span.add(of.place(shape[`${letter}0`]), of.place(shape[`${letter}1`]));
    }
  }
  return span.ends(spare);
}

/** Returns the lower and upper end of each error bar along `letter`, in the units of the data. */
export function errorEnds({ trace }: Item, letter: 'x' | 'y'): [number, number][] {
  const bars = trace[`error_${letter}`] as PlotlyErrorBars | undefined;
  const values = trace[letter];
  if (bars === undefined || bars.visible === false || values === undefined) return [];
  return values.map((value, i) => {
    const [up, down] = [bars.array[i] ?? NaN, (bars.arrayminus ?? bars.array)[i] ?? NaN];
    return value === null ? [NaN, NaN] : [Number(value) - down, Number(value) + up];
  });
}

/** The ends of what was added, NaN left out. */
class Span {
  #low = Infinity;
  #high = -Infinity;
  #floor: number | undefined;

  add(...values: readonly number[]): void {
    for (const value of values) {
      if (value < this.#low) this.#low = value;
      if (value > this.#high) this.#high = value;
    }
  }

  /** Includes `value`, and leaves no room beyond it. */
  floor(value: number): void {
    this.add(value);
    this.#floor = value;
  }

  ends(spare: boolean): [number, number] {
    const [low, high, floor] = [this.#low, this.#high, this.#floor];
    if (low > high) return [-1, 1];
    const largest = Math.max(Math.abs(low), Math.abs(high));
    // Narrower than this, the numbers between the ends run out before the ticks do.
    if (high - low <= Math.max(largest * 1e-12, Number.MIN_VALUE * 1e16)) {
      const room = Math.max(1, largest * 1e-6);
      return [low === floor ? low : low - room, high + room];
    }
    const room = spare || floor !== undefined ? (high - low) / 20 : 0;
    return [low === floor ? low : low - room, high === floor ? high : high + room];
  }
}
