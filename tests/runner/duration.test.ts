import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/runner/duration.ts';

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['2.5m', 150_000],
  [' 1h ', 3_600_000],
])('parseDuration reads %j', (text, ms) => {
  expect(parseDuration(text, '--timeout')).toBe(ms);
});

test.each(['', '30', 's', '-1s', '0s', '1 day', '1e3s'])('parseDuration refuses %j', (text) => {
  expect(() => parseDuration(text, '--timeout')).toThrow(
    expect.objectContaining({
      code: 'ERR_INVALID_ARGUMENT',
      message: `--timeout: expected a duration such as "30s", "10m" or "1h", got ${JSON.stringify(text)}`,
    }),
  );
});

test.each([
  [3.4, '3 ms'],
  [999.6, '1.0 s'],
  [12_340, '12.3 s'],
  [59_960, '1 min 00 s'],
  [185_000, '3 min 05 s'],
])('formatDuration writes %d ms as %j', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
