import { inspect } from 'node:util';
import fc from 'fast-check';
import { Table } from 'labmill/data';
import { describe, expect, test } from 'vitest';
import { displayed } from '../support/displayed.ts';

const cities = Table.fromColumns({
  city: ['Oslo', null, 'Rome', 'Lima'],
  temperature: [4.5, 9.25, 15.2, NaN],
  altitude: Int16Array.of(23, 0, 21, 154),
});

describe('Table.fromColumns', () => {
  test('keeps names, order, types and missing values', () => {
    expect(cities.rowCount).toBe(4);
    expect(cities.columnNames).toEqual(['city', 'temperature', 'altitude']);
    expect(cities.column('city')).toEqual({ type: 'string', values: ['Oslo', null, 'Rome', 'Lima'] });
    expect(cities.column('altitude')).toEqual({ type: 'number', values: Float64Array.of(23, 0, 21, 154) });
  });

  test('takes null as a missing number', () => {
    expect(Table.fromColumns({ a: [1, null] }).numbers('a')).toEqual(Float64Array.of(1, NaN));
  });

  test('makes a number column where there is no value to tell', () => {
    expect(Table.fromColumns({ a: [null, null] }).column('a').type).toBe('number');
    expect(Table.fromColumns({ a: [] }).column('a').type).toBe('number');
  });

  test('copies: neither the input nor what is read changes with the table', () => {
    const input = Float64Array.of(1, 2);
    const table = Table.fromColumns({ a: input });
    input[0] = 7;
    table.numbers('a')[1] = 7;
    expect(table.numbers('a')).toEqual(Float64Array.of(1, 2));
  });

  test('refuses columns of unequal lengths', () => {
    expect(() => Table.fromColumns({ a: [1, 2, 3], b: ['x'] })).toThrow(
      expect.objectContaining({ code: 'ERR_SHAPE', message: 'column "b": expected 3 values (as in "a"), got 1' }),
    );
  });

  test.each([
    [[1, 'x'], 'column "a": expected strings or null, got the number 1 in row 0'],
    [[1, true], 'column "a": expected numbers or null, got the boolean true in row 1'],
    [['x', new Date(0)], 'column "a": expected strings or null, got a value of type object in row 1'],
  ])('refuses the mixed column %j', (values, message) => {
    expect(() => Table.fromColumns({ a: values as string[] })).toThrow(
      expect.objectContaining({ code: 'ERR_COLUMN', message: expect.stringContaining(message) as string }),
    );
  });
});

describe('new Table', () => {
  test('keeps the order of names that look like numbers', () => {
    const table = new Table([
      ['b', [1]],
      ['1', [2]],
    ]);
    expect(table.columnNames).toEqual(['b', '1']);
  });

  test('makes tables that a test runner can tell apart', () => {
    expect(Table.fromColumns({ a: [1, 2] })).toEqual(Table.fromColumns({ a: [1, 2] }));
    expect(Table.fromColumns({ a: [1, 2] })).not.toEqual(Table.fromColumns({ a: [1, 3] }));
    expect(Table.fromColumns({ a: [1, 2] })).not.toEqual(Table.fromColumns({ b: [1, 2] }));
  });

  test('refuses a name that occurs twice', () => {
    const twice = [
      ['a', [1]],
      ['a', [2]],
    ] as const;
    expect(() => new Table(twice)).toThrow(
      expect.objectContaining({ code: 'ERR_COLUMN', message: 'table: expected distinct names, got "a" twice' }),
    );
  });
});

describe('Table.fromRecords', () => {
  test('takes the keys of all records in order of appearance, absent ones as missing', () => {
    const table = Table.fromRecords([{ a: 1 }, { b: 'x', a: null }]);
    expect(table.columnNames).toEqual(['a', 'b']);
    expect(table.records()).toEqual([
      { a: 1, b: null },
      { a: NaN, b: 'x' },
    ]);
  });

  test('is undone by records()', () => {
    expect(Table.fromRecords(cities.records())).toEqual(cities);
    expect(Table.fromRecords([]).rowCount).toBe(0);
  });
});

describe('column, numbers and strings', () => {
  test('refuse a name that is not there, and list those that are', () => {
    expect(() => cities.column('town')).toThrow(
      expect.objectContaining({
        code: 'ERR_COLUMN',
        message: 'table: expected one of the columns "city", "temperature", "altitude", got "town"',
      }),
    );
  });

  test('refuse a column of the other type', () => {
    expect(() => cities.numbers('city')).toThrow('column "city": expected numbers, got strings');
    expect(() => cities.strings('altitude')).toThrow('column "altitude": expected strings, got numbers');
  });
});

describe('choosing columns', () => {
  test('select takes the named ones in the order asked for', () => {
    expect(cities.select(['altitude', 'city']).columnNames).toEqual(['altitude', 'city']);
  });

  test('drop takes the others', () => {
    expect(cities.drop(['city']).columnNames).toEqual(['temperature', 'altitude']);
  });

  test.each(['select', 'drop'] as const)('%s refuses a name that is not there', (method) => {
    expect(() => cities[method](['town'])).toThrow(expect.objectContaining({ code: 'ERR_COLUMN' }));
  });

  test('withColumn adds at the end, replaces in place, and leaves the table alone', () => {
    const warmer = cities.numbers('temperature').map((value) => value + 1);
    expect(cities.withColumn('warmer', warmer).columnNames.at(-1)).toBe('warmer');
    expect(cities.withColumn('temperature', warmer).columnNames).toEqual(cities.columnNames);
    expect(cities.numbers('temperature')[0]).toBe(4.5);
  });

  test('withColumn refuses another length', () => {
    expect(() => cities.withColumn('x', [1])).toThrow(expect.objectContaining({ code: 'ERR_SHAPE' }));
  });
});

describe('choosing rows', () => {
  test('filter keeps the rows for which the predicate holds; missing numbers compare as false', () => {
    const mild = cities.filter((row) => Number(row['temperature']) > 5);
    expect(mild.strings('city')).toEqual([null, 'Rome']);
    expect(cities.filter((_, index) => index === 3).strings('city')).toEqual(['Lima']);
  });

  test('filter keeps the types when no row is left', () => {
    const none = cities.filter(() => false);
    expect(none.rowCount).toBe(0);
    expect(none.column('city').type).toBe('string');
  });

  test('rows takes indices in their order, also more than once', () => {
    expect(cities.rows([2, 0, 2]).strings('city')).toEqual(['Rome', 'Oslo', 'Rome']);
  });

  test.each([-1, 4, 0.5, NaN])('rows refuses the index %d', (index) => {
    expect(() => cities.rows([index])).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARGUMENT',
        message: `rows: expected indices of 0 … 3, got ${index}`,
      }),
    );
  });

  test('slice and head pick as Array.prototype.slice does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), fc.integer(), (values, start, end) => {
        const table = Table.fromColumns({ a: values });
        expect([...table.slice(start, end).numbers('a')]).toEqual(values.slice(start, end));
      }),
    );
    expect(cities.head(2)).toEqual(cities.slice(0, 2));
    expect(cities.head()).toEqual(cities);
  });
});

describe('toMatrix', () => {
  test('gives one row per row, in the order of the names', () => {
    expect(cities.head(2).toMatrix(['altitude', 'temperature'])).toEqual({
      data: Float64Array.of(23, 4.5, 0, 9.25),
      rows: 2,
      columns: 2,
    });
  });

  test('takes all columns unless told, and refuses strings among them', () => {
    expect(cities.drop(['city']).toMatrix().columns).toBe(2);
    expect(() => cities.toMatrix()).toThrow(
      expect.objectContaining({ code: 'ERR_COLUMN', message: 'column "city": expected numbers, got strings' }),
    );
  });

  test.each([
    ['no rows', cities.head(0).drop(['city']), '0 × 2'],
    ['no columns', cities.select([]), '0 × 0'],
  ])('refuses a table with %s', (_, table, size) => {
    expect(() => table.toMatrix()).toThrow(
      expect.objectContaining({
        code: 'ERR_EMPTY_DATA',
        message: `toMatrix: expected at least one row and one column, got ${size}`,
      }),
    );
  });
});

describe('showing a table', () => {
  const shown = Table.fromColumns({ 'a<b': ['x&y', null], value: [1 / 3, 20] });

  test('as text aligns numbers to the right and gives the size', () => {
    expect(inspect(shown)).toBe('a<b     value\nx&y  0.333333\n           20\n2 rows × 2 columns');
  });

  test('in a notebook gives HTML, escaped, and text', () => {
    const bundle = displayed(shown);
    expect(bundle['text/html']).toContain('<td style="text-align:left">x&amp;y</td>');
    expect(bundle['text/html']).toContain('<th style="text-align:left">a&lt;b</th>');
    expect(bundle['text/plain']).toBe(inspect(shown));
  });

  test('leaves out the middle of a long and of a wide table', () => {
    const long = Table.fromColumns({ n: Array.from({ length: 1000 }, (_, i) => i) });
    const wide = new Table(Array.from({ length: 30 }, (_, j) => [`c${j}`, [j]] as const));
    expect(inspect(long).split('\n')).toHaveLength(23);
    expect(inspect(long)).toContain('\n  9\n  …\n990\n');
    expect(inspect(wide).split('\n')[0]).toContain('c9  …  c20');
  });

  test('puts a long or many-lined string on one line of at most 60 characters', () => {
    const table = Table.fromColumns({ text: [`one\ntwo ${'x'.repeat(100)}`] });
    expect(inspect(table).split('\n')[1]).toBe(`one two ${'x'.repeat(51)}…`);
  });

  test('works without rows or columns', () => {
    expect(inspect(cities.head(0))).toBe('city  temperature  altitude\n0 rows × 3 columns');
    expect(inspect(new Table([]))).toBe('\n0 rows × 0 columns');
  });
});
