import type { Axis, Scene } from './scene.ts';
import { plotlyLines } from './text.ts';

/** Returns in words what the picture shows: the series and what the axes span. Read out by screen readers. */
export function describeScene({ items, axes }: Scene): string {
  const series = items.map(({ trace }) => trace.name).filter((name) => name !== undefined && name !== '');
  const names = series.length === 0 ? '' : ` (${series.map((name) => plotlyLines(name!).join(' ')).join(', ')})`;
  const count = `${items.length} series${names}.`;
  return [count, ...[...axes.values()].map(describeAxis)].join(' ');
}

function describeAxis({ id, title, ruler, low, high }: Axis): string {
  const name = `${id} axis${title === '' ? '' : `: ${title}`}`;
  if (ruler.type === 'category') return `${name}, ${ruler.categories.length} categories.`;
  return `${name}, from ${end(low)} to ${end(high)}.`;

  function end(value: number): string {
    if (ruler.type === 'date') return new Date(value).toISOString().slice(0, 10);
    return String(Number((ruler.type === 'log' ? 10 ** value : value).toPrecision(6)));
  }
}
