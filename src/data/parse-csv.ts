import { isUtf8 } from 'node:buffer';
import type { Options } from 'csv-parse';
import { CsvError as CsvSyntaxError, parse } from 'csv-parse/sync';
import { ColumnError, CsvError } from '../base/errors.ts';
import type { Column } from './column.ts';
import { type CsvSource, lineAt, lineOfRecord, syntaxError } from './csv-place.ts';
import { Table } from './table.ts';

/** Options of `parseCsv` and `readCsv`. */
export interface CsvOptions {
  /** What stands between two fields; default `,`. */
  readonly delimiter?: string;
  /** The names of the columns of a text that has no header line; by default the first line names them. */
  readonly columnNames?: readonly string[];
  /** The type of a column by its name; by default a column is a number column if every value it has is a number. */
  readonly types?: Readonly<Record<string, 'number' | 'string'>>;
  /** The fields that mean "no value"; default `missingTokens`. */
  readonly missing?: readonly string[];
  /** The largest size that is read, in bytes; default 256 MiB. */
  readonly maxBytes?: number;
  /** The name of the text in messages; default the path, or `<text>`. */
  readonly file?: string;
}

/** The fields that stand for a missing value unless the option `missing` names others. */
export const missingTokens: readonly string[] = [
  '',
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  '<NA>',
  'NaN',
  'nan',
  'NULL',
  'null',
  'None',
];

/** The largest CSV that is read unless the option `maxBytes` says otherwise: 256 MiB. */
export const defaultMaxBytes: number = 256 * 1024 * 1024;

type Records = readonly (readonly string[])[];

/**
 * Returns the table of a CSV text (RFC 4180; a byte order mark, any line ending and blank lines are accepted).
 * Numbers are decimal, with an optional exponent, or `Infinity`; anything else, such as `0x1F` or `1,000`, is a string.
 *
 * @throws CsvError with file, line and column when the text is too large, is not UTF-8, has no header, repeats
 * a name, has a row of another length, a stray quote, or a field that is not of the type asked for
 * @throws ColumnError when `types` names a column that is not there
 */
export function parseCsv(text: string | Uint8Array, options: CsvOptions = {}): Table {
  const { delimiter = ',', maxBytes = defaultMaxBytes, file = '<text>' } = options;
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  requireReadable(bytes, maxBytes, file);
  const syntax: Options = {
    bom: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
  };
  const source: CsvSource = { bytes, file, syntax };
  const records = readRecords(source);
  const names = columnNames(records, options.columnNames, source);
  const typeOf = columnTypes(options.types, names, file);
  const rows = options.columnNames === undefined ? records.slice(1) : records;
  const missing = new Set(options.missing ?? missingTokens);

  const parseColumn = (name: string, j: number): Column => {
    if (typeOf.get(name) === 'string') return { type: 'string', values: parseStrings(rows, j, missing) };
    const numbers = parseNumbers(rows, j, missing);
    if (numbers instanceof Float64Array) return { type: 'number', values: numbers };
    if (!typeOf.has(name)) return { type: 'string', values: parseStrings(rows, j, missing) };
    const line = lineOfRecord(source, records.length - rows.length + numbers.wrongRow);
    const field = JSON.stringify(rows[numbers.wrongRow]![j]!.slice(0, 80));
    throw new CsvError(`expected a number, got ${field}`, { file, line, column: name });
  };
  return new Table(names.map((name, j) => [name, parseColumn(name, j)]));
}

/** Returns the error for a text of `bytes` bytes where only `maxBytes` are read. */
export function tooLarge(bytes: number, maxBytes: number, file: string): CsvError {
  return new CsvError(`expected at most ${maxBytes} bytes, got ${bytes}. Raise maxBytes to read it.`, {
    file,
    line: 1,
  });
}

function requireReadable(bytes: Uint8Array, maxBytes: number, file: string): void {
  if (bytes.length > maxBytes) throw tooLarge(bytes.length, maxBytes, file);
  if (isUtf8(bytes)) return;
  const line = lineAt(bytes, Buffer.from(new TextDecoder().decode(bytes).split('\ufffd', 1)[0]!).length);
  throw new CsvError('expected UTF-8 text, got other bytes. Is it a binary file, or in another encoding?', {
    file,
    line,
  });
}

function readRecords(source: CsvSource): Records {
  try {
    return parse(source.bytes, source.syntax);
  } catch (cause) {
    if (!(cause instanceof CsvSyntaxError)) throw cause;
    throw syntaxError(cause, source);
  }
}

/** Returns the names the columns have, checked against the first record. */
function columnNames(records: Records, given: readonly string[] | undefined, { file }: CsvSource): readonly string[] {
  const first = records[0];
  const names = given ?? first;
  if (names === undefined)
    throw new CsvError('expected a header line, got an empty text', {
      file,
      line: 1,
    });
  const repeated = names.findIndex((name, j) => names.indexOf(name) !== j);
  if (repeated !== -1) {
    throw new CsvError(`expected distinct column names, got ${JSON.stringify(names[repeated])} twice`, {
      file,
      line: 1,
      column: repeated + 1,
    });
  }
  if (first !== undefined && first.length !== names.length) {
    throw new CsvError(`expected ${names.length} fields (columnNames), got ${first.length}`, { file, line: 1 });
  }
  return names;
}

/** Returns the types that were asked for, by the names of columns that are there. */
function columnTypes(
  types: CsvOptions['types'] = {},
  names: readonly string[],
  file: string,
): ReadonlyMap<string, 'number' | 'string'> {
  const unknown = Object.keys(types).find((name) => !names.includes(name));
  if (unknown === undefined) return new Map(Object.entries(types));
  const known = names.map((name) => JSON.stringify(name)).join(', ');
  throw new ColumnError(`types: expected columns of ${file} (${known}), got ${JSON.stringify(unknown)}`);
}

function parseStrings(rows: Records, j: number, missing: ReadonlySet<string>): (string | null)[] {
  return rows.map((row) => (missing.has(row[j]!) ? null : row[j]!));
}

/** Returns the numbers of the fields `j`, or the first row whose field is not a number. */
function parseNumbers(rows: Records, j: number, missing: ReadonlySet<string>): Float64Array | { wrongRow: number } {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const field = rows[i]![j]!;
    values[i] = missing.has(field) ? NaN : toNumber(field);
    if (Number.isNaN(values[i]) && !missing.has(field)) return { wrongRow: i };
  }
  return values;
}

const decimal = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
const infinity = /^\s*([+-]?)inf(?:inity)?\s*$/i;

/** Returns the number that a field spells, or NaN. */
function toNumber(field: string): number {
  if (decimal.test(field)) return Number(field);
  const sign = infinity.exec(field)?.[1];
  return sign === undefined ? NaN : sign === '-' ? -Infinity : Infinity;
}
