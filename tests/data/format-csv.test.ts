import fc from 'fast-check';
import { Table, formatCsv, parseCsv } from 'labmill/data';
import { describe, expect, test } from 'vitest';

describe('formatCsv', () => {
  test('writes a header and a line per row, missing values as empty fields', () => {
    const table = Table.fromColumns({ city: ['Oslo', null], temperature: [4.5, NaN] });
    expect(formatCsv(table)).toBe('city,temperature\nOslo,4.5\n,\n');
  });

  test('quotes what would be read as something else', () => {
    const table = Table.fromColumns({ 'a,b': ['say "hi"', 'two\nlines', 'cr\r', 'plain; text'] });
    expect(formatCsv(table)).toBe('"a,b"\n"say ""hi"""\n"two\nlines"\n"cr\r"\nplain; text\n');
    expect(formatCsv(table, { delimiter: ';' })).toContain('"plain; text"');
  });

  test.each([0.1 + 0.2, 1e21, 5e-324, -0, Infinity, -Infinity, 123_456_789])(
    'writes %d with the fewest digits that give it back',
    (value) => {
      expect(parseCsv(formatCsv(Table.fromColumns({ a: [value] }))).numbers('a')[0]).toBe(value);
    },
  );

  test('keeps a lone missing value from becoming a blank line', () => {
    const table = Table.fromColumns({ a: [1, NaN, 3] });
    expect(parseCsv(formatCsv(table))).toEqual(table);
  });

  test('is undone by parseCsv, for any names, numbers and strings', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', ',', '\r', '\n', '\r\n', '\ufeff', '1', 'NA', ''),
    );
    const tables = fc
      .uniqueArray(text, { minLength: 1, maxLength: 4 })
      .chain((names) =>
        fc.tuple(fc.constant(names), fc.array(fc.tuple(...names.map(() => fc.tuple(text, fc.double()))))),
      );
    fc.assert(
      fc.property(tables, ([names, rows]) => {
        const table = new Table(
          names.flatMap((name, j) => [
            [`s${name}`, { type: 'string', values: rows.map((row) => row[j]![0]) }] as const,
            [`n${name}`, rows.map((row) => row[j]![1])] as const,
          ]),
        );
        const types = Object.fromEntries(table.columnNames.map((name) => [name, table.column(name).type]));
        const missing = 'no such value';
        expect(parseCsv(formatCsv(table, { missing }), { types, missing: [missing] })).toEqual(table);
      }),
    );
  });
});
