import { writeFileAtomic } from '../base/write-atomic.ts';
import type { Column } from './column.ts';
import type { Table } from './table.ts';

/** Options of `formatCsv` and `writeCsv`. */
export interface FormatCsvOptions {
  /** What stands between two fields; default `,`. */
  readonly delimiter?: string;
  /** What is written for a missing value; default the empty field. */
  readonly missing?: string;
}

/**
 * Returns a table as CSV (RFC 4180, but with `\n` line ends): a header line, then a line for each row.
 * Numbers are written with the fewest digits that read back as the same number. `parseCsv` gives the table back
 * when it is told what the text cannot say: the `types` of columns of strings that look like numbers, and a
 * `missing` token that no string equals (with the default one, empty strings come back as missing).
 */
export function formatCsv(table: Table, { delimiter = ',', missing = '' }: FormatCsvOptions = {}): string {
  const names = table.columnNames;
  const columns = names.map((name) => table.column(name));
  const field = (text: string): string =>
    /["\r\n]/.test(text) || text.includes(delimiter) || text.startsWith('\ufeff')
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  // A lone empty field would be a blank line, which readers skip.
  const line = (fields: readonly string[]): string =>
    fields.length === 1 && fields[0] === '' ? '""' : fields.join(delimiter);
  const lines = [line(names.map(field))];
  for (let i = 0; i < table.rowCount; i++) lines.push(line(columns.map((column) => field(cell(column, i, missing)))));
  return `${lines.join('\n')}\n`;
}

/**
 * Writes a table as CSV (see `formatCsv`), the whole file or nothing.
 *
 * @throws FileWriteError when the file cannot be written; what stood there before is kept
 */
export function writeCsv(path: string, table: Table, options: FormatCsvOptions = {}): void {
  writeFileAtomic(path, formatCsv(table, options));
}

function cell(column: Column, index: number, missing: string): string {
  if (column.type === 'string') return column.values[index] ?? missing;
  const value = column.values[index]!;
  if (Number.isNaN(value)) return missing;
  return Object.is(value, -0) ? '-0' : String(value);
}
