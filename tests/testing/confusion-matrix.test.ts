import { inspect } from 'node:util';
import { confusionMatrix } from 'labmill/testing';
import { expect, test } from 'vitest';
import { displayed } from '../support/displayed.ts';

const matrix = confusionMatrix(['cat', 'dog', 'dog'], ['cat', 'cat', 'dog']);

test('confusionMatrix counts rows by true label (row) and predicted label (column)', () => {
  expect(matrix.labels).toEqual(['cat', 'dog']);
  expect(matrix.counts).toEqual([
    [1, 0],
    [1, 1],
  ]);
});

test('confusionMatrix shows itself as a table', () => {
  expect(displayed(matrix)['text/html']).toContain('<tr><td>dog</td><td style="text-align: right">1</td>');
  expect(inspect(matrix)).toBe('true \\ predicted  cat  dog\ncat                 1    0\ndog                 1    1');
});

test('confusionMatrix escapes labels', () => {
  expect(displayed(confusionMatrix(['<b>'], ['<b>']))['text/html']).toContain('<th>&lt;b&gt;</th>');
});

test('confusionMatrix keeps the order of the given labels and leaves out the rows of others', () => {
  const { counts } = confusionMatrix([0, 1, 2], [0, 1, 1], { labels: [1, 0] });
  expect(counts).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test('confusionMatrix refuses labels none of which occurs', () => {
  expect(() => confusionMatrix([0], [1], { labels: [7] })).toThrow(
    expect.objectContaining({
      code: 'ERR_INVALID_ARGUMENT',
      message: 'confusionMatrix: expected at least one of the labels [7] in y, got [0,1]',
    }),
  );
});
