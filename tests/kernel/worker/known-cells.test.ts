import { createMessage } from 'labmill/kernel';
import { expect, test } from 'vitest';
import { type KnownCell, KnownCells, start } from '../../../src/kernel/worker/known-cells.ts';

const parent = createMessage('execute_request', {}, { session: 's' });

function aCell(number: number): KnownCell {
  const source = { source: '', executionCount: number, position: start, importPosition: start };
  return { ...source, parent, silent: false, file: `/cell-${number}.ts` };
}

test('KnownCells finds a cell by its number and by its file', () => {
  const cells = new KnownCells();
  const cell = cells.add(1, aCell(1));
  expect([cells.get(1), cells.byFile('/cell-1.ts')]).toEqual([cell, cell]);
  expect([cells.get(2), cells.byFile('/cell-2.ts')]).toEqual([undefined, undefined]);
});

test('KnownCells keeps the source of the latest 2000 cells, and of older ones whose they are', () => {
  const cells = new KnownCells();
  for (let number = 1; number <= 2001; number++) cells.add(number, { ...aCell(number), source: 'the source' });
  expect([cells.get(1)?.source, cells.get(2)?.source]).toEqual(['', 'the source']);
  expect(cells.get(1)).toMatchObject({ executionCount: 1, parent: { header: parent.header, content: {} } });
  expect(cells.byFile('/cell-1.ts')).toBe(cells.get(1));
});

test('KnownCells knows the parent of what is no cell by a number below zero, and remembers the latest 2000', () => {
  const cells = new KnownCells();
  const numbers = Array.from({ length: 2001 }, () => cells.adopt(parent));
  expect(numbers.slice(0, 2)).toEqual([-1, -2]);
  expect([cells.get(-1), cells.get(-2)?.parent]).toEqual([undefined, parent]);
});
