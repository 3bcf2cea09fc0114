import type { Table } from 'labmill/data';
import { bar, type Figure } from 'labmill/plot';

/** The ages that are counted together, in years. */
const width = 2;

/** Returns the picture that compares a version with gaps among the ages and one in which they are filled. */
export function agePicture(raw: Table, filled: Table): Figure {
  const [before, after] = [raw.numbers('Age'), filled.numbers('Age')];
  const added = after.filter((_, row) => Number.isNaN(before[row]));
  const starts = Array.from({ length: Math.floor(Math.max(...after) / width) + 1 }, (_, index) => index * width);
  const counts = (ages: Float64Array) =>
    starts.map((start) => ages.filter((age) => age >= start && age < start + width).length);
  const x = starts.map((start) => start + width / 2);
  return bar({
    title: `The mean puts ${added.length} passengers at the age of ${added[0]?.toFixed(1)}`,
    xTitle: `age (years, in steps of ${width})`,
    yTitle: 'passengers',
    xScale: 'linear',
    barmode: 'stack',
    series: [
      { name: 'known: in every version', x, y: counts(before) },
      { name: 'filled with the mean: in v2 and v3', x, y: counts(added) },
    ],
  });
}
