import { expect, test } from 'vitest';
import { formatBytes } from '../../../src/cli/data/format-bytes.ts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KB'],
  [1536, '1.5 KB'],
  [1024 ** 2 - 1, '1.0 MB'],
  [4.25 * 1024 ** 3, '4.3 GB'],
  [5000 * 1024 ** 5, '5000.0 PB'],
])('formatBytes(%d) is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
