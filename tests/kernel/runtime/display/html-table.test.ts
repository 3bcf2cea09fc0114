import { describe, expect, test } from 'vitest';
import { Fragment } from '../../../../src/kernel/runtime/display/fragment.ts';
import { htmlTable } from '../../../../src/kernel/runtime/display/html-table.ts';

/** Returns what the cells of a table hold, row by row, the head first. */
function cellsOf(value: object, extent = {}): string[][] {
  const rows = (htmlTable(value, extent) ?? '').match(/<tr>.*<\/tr>/g) ?? [];
  return rows.map((row) => [...row.matchAll(/<(t[hd])[^>]*>(.*?)<\/\1>/g)].map((match) => match[2]!));
}

const many = (length: number): Array<Record<string, number>> => Array.from({ length }, (_, index) => ({ index }));

describe('htmlTable', () => {
  test.each([
    [
      'records',
      [
        { a: 1, b: 'x' },
        { a: 2, b: 'y' },
      ],
      [
        ['a', 'b'],
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
    [
      'records of different keys',
      [
        { a: 1, b: 2 },
        { b: 3, c: 4 },
      ],
      [
        ['a', 'b', 'c'],
        ['1', '2', ''],
        ['', '3', '4'],
      ],
    ],
    [
      'a Map',
      new Map([
        ['x', 1],
        ['y', 2],
      ]),
      [
        ['key', 'value'],
        ['x', '1'],
        ['y', '2'],
      ],
    ],
    [
      'a Map of records',
      new Map([['x', { n: 1 }]]),
      [
        ['key', 'n'],
        ['x', '1'],
      ],
    ],
    ['a Set', new Set(['x', 2]), [['value'], ['x'], ['2']]],
    ['a Set of records', new Set([{ n: 1 }]), [['n'], ['1']]],
  ])('draws %s', (_what, value, cells) => {
    expect(cellsOf(value)).toEqual(cells);
  });

  test.each([
    ['null', null, 'null'],
    ['a missing value', undefined, ''],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an array', [1, 2], '[ 1, 2 ]'],
    ['an object', { b: 1 }, '{ b: 1 }'],
    ['a long text', 'x'.repeat(300), `${'x'.repeat(200)}…`],
    ['markup', '<b>&', '&lt;b&gt;&amp;'],
    ['a fragment', new Fragment({ 'text/html': '<i>x</i>' }), '<i>x</i>'],
  ])('draws %s in a cell', (_what, value, cell) => {
    expect(cellsOf([{ value, other: 1 }])[1]![0]).toBe(cell);
  });

  test('escapes the names of columns and keys', () => {
    expect(cellsOf(new Map([['<k>', { '<c>': 1 }]]))).toEqual([
      ['key', '&lt;c&gt;'],
      ['&lt;k&gt;', '1'],
    ]);
  });

  test('sets numbers to the right and all else to the left, and has no colours', () => {
    const table = htmlTable([{ n: 1, s: 'x' }])!;
    expect(table).toContain('<td style="text-align:right">1</td><td style="text-align:left">x</td>');
    expect(table).not.toMatch(/color|background|border/);
  });

  test.each([
    ['an empty array', []],
    ['an empty Map', new Map()],
    ['numbers', [1, 2]],
    ['arrays', [[1, 2]]],
    ['records among others', [{ a: 1 }, 1]],
    ['objects of classes', [new Date(0)]],
    ['records without keys', [{}, {}]],
    ['records that share no keys', [{ a: 1 }, { b: 1 }, { c: 1 }]],
    ['records of nested values', [{ a: { b: [] }, c: {} }]],
    ['a plain object', { a: 1 }],
  ])('draws no table of %s', (_what, value) => {
    expect(htmlTable(value)).toBeUndefined();
  });

  test('draws the first rows of many, and says how to see all', () => {
    const table = htmlTable(many(1234))!;
    expect(table.match(/<tr>/g)).toHaveLength(31);
    expect(table).toContain('<p>30 of 1,234 rows; <code>display(value, { all: true })</code> shows all</p>');
  });

  test('draws the first columns of many', () => {
    const record = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`c${index}`, index]));
    expect(htmlTable([record])).toContain('30 of 40 columns');
  });

  test('draws all rows on demand', () => {
    expect(cellsOf(many(1234), { all: true })).toHaveLength(1235);
  });

  test('takes milliseconds for the first rows of a million', () => {
    const [records, map] = [many(1e6), new Map(many(1e6).entries())];
    const start = performance.now();
    htmlTable(records);
    htmlTable(map);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
