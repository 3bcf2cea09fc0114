import { type Tick, multiples, niceStep } from './ticks.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const clockSteps = [1, 5, 15, 30]
  .map((n) => n * second)
  .concat(
    [1, 5, 15, 30].map((n) => n * minute),
    [1, 3, 6, 12].map((n) => n * hour),
  );

/** Returns about `count` ticks on the calendar (UTC) for a time axis over [low, high] in milliseconds since 1970. */
export function dateTicks(low: number, high: number, count: number): Tick[] {
  const target = (high - low) / Math.max(1, count);
  if (target > 270 * day) return yearTicks(low, high, count);
  if (target > 20 * day) return monthTicks(low, high, target);
  if (target > 16 * hour) return dayTicks(low, high, target);
  return clockTicks(low, high, target);
}

function yearTicks(low: number, high: number, count: number): Tick[] {
  const [from, to] = [new Date(low).getUTCFullYear(), new Date(high).getUTCFullYear()];
  const step = Math.max(1, niceStep(from, Math.max(to, from + 1), count));
  return multiples(from, to, step)
    .map((year) => ({ value: Date.UTC(year, 0, 1), label: String(year) }))
    .filter(({ value }) => value >= low && value <= high);
}

function monthTicks(low: number, high: number, target: number): Tick[] {
  const every = target > 130 * day ? 6 : target > 74 * day ? 3 : target > 43 * day ? 2 : 1;
  const start = new Date(low);
  const ticks: number[] = [];
  for (let month = Math.floor(start.getUTCMonth() / every) * every; ; month += every) {
    const value = Date.UTC(start.getUTCFullYear(), month, 1);
    if (value > high) break;
    if (value >= low) ticks.push(value);
  }
  return withDetail(
    ticks,
    (date) => months[date.getUTCMonth()]!,
    (date) => String(date.getUTCFullYear()),
  );
}

function dayTicks(low: number, high: number, target: number): Tick[] {
  const step = target > 10 * day ? 14 : target > 4 * day ? 7 : target > 1.5 * day ? 2 : 1;
  return withDetail(
    multiples(Math.ceil(low / day), high / day, step).map((value) => value * day),
    (date) => `${months[date.getUTCMonth()]} ${date.getUTCDate()}`,
    (date) => String(date.getUTCFullYear()),
  );
}

function clockTicks(low: number, high: number, target: number): Tick[] {
  const step = clockSteps.find((candidate) => candidate >= target * 0.8) ?? 12 * hour;
  const clock = step < minute ? 19 : 16;
  return withDetail(
    multiples(low, high, step),
    (date) => date.toISOString().slice(11, clock),
    (date) => `${months[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`,
  );
}

/** The detail stands under the first tick and wherever it changes. */
function withDetail(values: readonly number[], label: (date: Date) => string, detail: (date: Date) => string): Tick[] {
  let shown = '';
  return values.map((value) => {
    const date = new Date(value);
    const [text, below] = [label(date), detail(date)];
    if (below === shown) return { value, label: text };
    shown = below;
    return { value, label: text, detail: below };
  });
}
