import { cellTags, hasTag } from 'labmill/notebook';
import { expect, test } from 'vitest';
import { code, tagged } from '../support/a-notebook.ts';

test('cellTags and hasTag read the tags of a cell', () => {
  const cell = tagged('', 'raises-exception', 'timeout:30s');
  expect([cellTags(cell), hasTag(cell, 'timeout:30s'), hasTag(cell, 'timeout')]).toEqual([
    ['raises-exception', 'timeout:30s'],
    true,
    false,
  ]);
});

test.each([[undefined], ['skip-execution'], [[1, {}]]])('cellTags takes %j for no tags', (tags) => {
  expect(cellTags(code('', { metadata: { tags } }))).toEqual([]);
});
