/** Returns how many rows would decide a check that `n` rows did not, as a sentence; `factor` says how many times more. */
export function moreRows(n: number, factor: number): string {
  const needed = Math.ceil(n * factor);
  if (!(needed < 1e7)) return `n = ${n} rows cannot decide it, and more rows hardly will. Move the threshold.`;
  return `n = ${n} rows cannot decide it. About ${Math.max(needed, n + 1)} rows like these would.`;
}
