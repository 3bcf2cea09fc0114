import { InvalidArgumentError } from '../base/errors.ts';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Returns the milliseconds that a text such as `500ms`, `30s`, `2.5m` or `1h` stands for.
 *
 * @throws InvalidArgumentError for any other text, naming `where` it stands
 */
export function parseDuration(text: string, where: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim()) ?? [];
  const ms = Number(amount) * (unitMs[unit ?? ''] ?? NaN);
  if (ms > 0) return ms;
  throw new InvalidArgumentError(
    `${where}: expected a duration such as "30s", "10m" or "1h", got ${JSON.stringify(text)}`,
  );
}

/** Returns a duration as people read it: `40 ms`, `12.3 s`, `3 min 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
