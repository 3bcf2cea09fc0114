import { expect, test } from 'vitest';
import { measuredResults, resultMime } from '../../src/runner/measured-results.ts';

const shown = (data: unknown) => ({ output_type: 'display_data' as const, data: { [resultMime]: data }, metadata: {} });

test('measuredResults collects the figures among outputs', () => {
  const figure = { measure: 'R²', value: 0.9, unit: '', threshold: 0.8, passed: true };
  const text = { output_type: 'stream' as const, name: 'stdout', text: 'x' };
  expect(measuredResults([text, shown(figure), shown({ measure: 'n', value: 1 })], 7)).toEqual([
    { ...figure, cellIndex: 7 },
    { measure: 'n', value: 1, cellIndex: 7 },
  ]);
});

test.each([['text'], [{}], [{ measure: 'R²', value: '0.9' }], [{ measure: 'R²', value: 1, passed: 'yes' }]])(
  'measuredResults passes over %j',
  (data) => {
    expect(measuredResults([shown(data)], 0)).toEqual([]);
  },
);
