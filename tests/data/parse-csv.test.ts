import { parseCsv } from 'labmill/data';
import { describe, expect, test } from 'vitest';

describe('parseCsv', () => {
  test('infers number and string columns, with missing values', () => {
    const table = parseCsv('id,name,height\n1,Ann,1.7\n2,,NA\n');
    expect(table.records()).toEqual([
      { id: 1, name: 'Ann', height: 1.7 },
      { id: 2, name: null, height: NaN },
    ]);
  });

  test.each([
    ['LF', 'a,b\n1,2\n3,4\n'],
    ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['CR', 'a,b\r1,2\r3,4'],
    ['mixed line ends', 'a,b\r\n1,2\n3,4'],
    ['no line end at the end', 'a,b\n1,2\n3,4'],
    ['blank lines', '\na,b\n\n1,2\r\n\r\n3,4\n\n'],
    ['a byte order mark', '\ufeffa,b\n1,2\n3,4\n'],
    ['quotes around everything', '"a","b"\n"1","2"\n"3","4"\n'],
  ])('reads a text with %s', (_, text) => {
    const table = parseCsv(text);
    expect(table.columnNames).toEqual(['a', 'b']);
    expect(table.toMatrix().data).toEqual(Float64Array.of(1, 2, 3, 4));
  });

  test('reads quoted delimiters, quotes and line ends as text', () => {
    const table = parseCsv('text\n"a,b"\n"say ""hi"""\n"two\r\nlines"\n');
    expect(table.strings('text')).toEqual(['a,b', 'say "hi"', 'two\r\nlines']);
  });

  test('reads another delimiter, and a text without a header', () => {
    const table = parseCsv('1;x\n2;y', { delimiter: ';', columnNames: ['n', 's'] });
    expect(table.numbers('n')).toEqual(Float64Array.of(1, 2));
    expect(table.strings('s')).toEqual(['x', 'y']);
  });

  test('reads a header alone as a table without rows', () => {
    expect(parseCsv('a,b\n')).toMatchObject({ rowCount: 0, columnNames: ['a', 'b'] });
  });

  test('reads bytes as it reads text', () => {
    expect(parseCsv(new TextEncoder().encode('größe\n1'))).toEqual(parseCsv('größe\n1'));
  });
});

describe('the type of a column', () => {
  test.each([
    ['1', 1],
    ['-0.5', -0.5],
    ['+.5', 0.5],
    ['5.', 5],
    ['1e-3', 0.001],
    ['6.02E23', 6.02e23],
    [' 7 ', 7],
    ['1e999', Infinity],
    ['Infinity', Infinity],
    ['-inf', -Infinity],
  ])('%j is the number %d', (field, value) => {
    expect(parseCsv(`a\n${field}`).numbers('a')).toEqual(Float64Array.of(value));
  });

  test.each(['0x1F', '1_000', '12px', '1,5', '--1', '.', 'e5', ' ', '١'])('%j is a string', (field) => {
    expect(parseCsv(`a;b\n${field};1`, { delimiter: ';' }).strings('a')).toEqual([field]);
  });

  test('is string as soon as one value is no number', () => {
    expect(parseCsv('a\n1\nx\n3').strings('a')).toEqual(['1', 'x', '3']);
  });

  test('is number where no value is there', () => {
    expect(parseCsv('a,b\n,1\n,2').numbers('a')).toEqual(Float64Array.of(NaN, NaN));
  });

  test('can be said', () => {
    const table = parseCsv('zip,n\n01234,1\n99999,2', { types: { zip: 'string', n: 'number' } });
    expect(table.strings('zip')).toEqual(['01234', '99999']);
    expect(table.numbers('n')).toEqual(Float64Array.of(1, 2));
  });

  test('does not depend on names that every object has', () => {
    expect(parseCsv('constructor,__proto__\nx,1').records()[0]).toEqual(
      Object.fromEntries([
        ['constructor', 'x'],
        ['__proto__', 1],
      ]),
    );
  });

  test('can be said for known columns only', () => {
    expect(() => parseCsv('a\n1', { types: { b: 'number' }, file: 'a.csv' })).toThrow(
      expect.objectContaining({ code: 'ERR_COLUMN', message: 'types: expected columns of a.csv ("a"), got "b"' }),
    );
  });
});

describe('missing tokens', () => {
  test.each(['', 'NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NULL', 'null', 'None'])(
    '%j is missing',
    (token) => {
      expect(parseCsv(`a,b\n${token},${token}\n1,x`).records()[0]).toEqual({ a: NaN, b: null });
    },
  );

  test('can be others', () => {
    const table = parseCsv('a,b\n-9,NA\n1,x', { missing: ['-9'] });
    expect(table.records()).toEqual([
      { a: NaN, b: 'NA' },
      { a: 1, b: 'x' },
    ]);
  });
});

describe('a text that is not CSV', () => {
  const numbers = { types: { a: 'number', b: 'number' } } as const;

  test.each([
    ['a row too short', 'a,b\n1,2\n3', {}, 3, 'b', 'expected 2 fields (as in the first line), got 1'],
    ['a row too long', 'a,b\n1,2,3', {}, 2, 3, 'expected 2 fields (as in the first line), got 3'],
    ['a quote left open', 'a,b\n1,2\n3,"4\n5,6', {}, 3, 'b', 'expected a closing quote, got the end of the text'],
    ['text after a closing quote', 'a,b\n1,"2"x', {}, 2, 'b', 'expected quotes around the whole field'],
    ['a quote within a field', 'a,b\n1,2"', {}, 2, 'b', 'expected quotes around the whole field'],
    ['a quote within the header', 'a,b"\n1,2', {}, 1, 2, 'expected quotes around the whole field'],
    ['a name twice', 'a,b,a\n1,2,3', {}, 1, 3, 'expected distinct column names, got "a" twice'],
    ['no number where one must be', 'a,b\n1,2\n3,x7', numbers, 3, 'b', 'expected a number, got "x7"'],
    ['too few names', '1,2', { columnNames: ['a'] }, 1, undefined, 'expected 1 fields (columnNames), got 2'],
    ['nothing', '', {}, 1, undefined, 'expected a header line, got an empty text'],
    ['blank lines only', '\n\n', {}, 1, undefined, 'expected a header line, got an empty text'],
    ['too many bytes', 'a\n1', { maxBytes: 2 }, 1, undefined, 'expected at most 2 bytes, got 3'],
  ])('with %s: the error names file, line and column', (_, text, options, line, column, message) => {
    expect(() => parseCsv(text, { ...options, file: 'a.csv' })).toThrow(
      expect.objectContaining({
        code: 'ERR_CSV',
        file: 'a.csv',
        line,
        column,
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  test('the message begins with the place', () => {
    expect(() => parseCsv('a\nx', { types: { a: 'number' } })).toThrow('<text>:2, column "a": expected a number');
  });

  test('lines count blank lines and those within quotes, however they end', () => {
    const text = '\ufeffa,b\r\n\r\n"x\r\ny\nz",1\r"",2\n\nw,oops';
    expect(() => parseCsv(text, { types: { b: 'number' } })).toThrow(expect.objectContaining({ line: 8, column: 'b' }));
  });

  test('bytes that are not UTF-8 are named by their line', () => {
    const latin1 = Buffer.from('name\nAda\nJos\u00e9\n', 'latin1');
    expect(() => parseCsv(latin1, { file: 'a.csv' })).toThrow(
      expect.objectContaining({
        code: 'ERR_CSV',
        line: 3,
        message: expect.stringContaining('a.csv:3: expected UTF-8 text, got other bytes.') as string,
      }),
    );
  });

  test('a delimiter that cannot be one is misuse', () => {
    expect(() => parseCsv('a', { delimiter: '' })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
  });
});
