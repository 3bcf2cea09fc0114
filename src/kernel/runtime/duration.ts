const UNITS = [
  ['ns', 1e-6],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1000],
] as const;

/** Returns a duration for people: `45.6 ns`, `12.3 µs`, `4.56 ms`, `7.89 s`, `2 min 3 s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0 ns';
  if (ms >= 59_950) {
    const seconds = Math.round(ms / 1000);
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  // What would be rounded to 1000 of a unit is 1 of the next.
  const [unit, size] = UNITS.find((one) => ms / one[1] < 999.5) ?? UNITS[3];
  return `${(ms / size).toPrecision(3)} ${unit}`;
}
