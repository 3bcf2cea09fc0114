import { Fragment } from '../display/fragment.ts';
import { htmlTable } from '../display/html-table.ts';

/** Returns records of texts as a table: HTML, and aligned columns where only text can be shown. */
export function table(records: ReadonlyArray<Readonly<Record<string, string>>>): Fragment {
  return new Fragment({ 'text/plain': textTable(records), 'text/html': htmlTable(records, { all: true }) });
}

function textTable(records: ReadonlyArray<Readonly<Record<string, string>>>): string {
  const columns = Object.keys(records[0] ?? {});
  const rows = [columns, ...records.map((record) => columns.map((column) => record[column] ?? ''))];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
