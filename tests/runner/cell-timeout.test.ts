import { expect, test } from 'vitest';
import { cellTimeoutMs } from '../../src/runner/cell-timeout.ts';
import { tagged } from '../support/a-notebook.ts';

test('cellTimeoutMs takes the tag, or else the default', () => {
  expect([cellTimeoutMs(tagged('', 'timeout:30s'), 5, 'a'), cellTimeoutMs(tagged('', 'slow'), 5, 'a')]).toEqual([
    30_000, 5,
  ]);
});

test('cellTimeoutMs refuses a tag without a duration', () => {
  expect(() => cellTimeoutMs(tagged('', 'timeout:soon'), 5, 'a.ipynb')).toThrow(
    'a.ipynb: tag "timeout:soon": expected a duration such as "30s", "10m" or "1h", got "soon"',
  );
});
