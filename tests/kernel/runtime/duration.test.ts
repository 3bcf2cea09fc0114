import { expect, test } from 'vitest';
import { formatDuration } from '../../../src/kernel/runtime/duration.ts';

test.each([
  [0, '0 ns'],
  [0.000_045_6, '45.6 ns'],
  [0.999_96, '1.00 ms'],
  [59_960, '1 min 0 s'],
  [0.012_34, '12.3 µs'],
  [4.56, '4.56 ms'],
  [456, '456 ms'],
  [7890, '7.89 s'],
  [123_000, '2 min 3 s'],
  [119_900, '2 min 0 s'],
])('formatDuration writes %d ms as %j', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
