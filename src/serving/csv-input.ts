import type { CsvOptions } from '../data/parse-csv.ts';
import type { Table } from '../data/table.ts';
import type { InputField } from './input-field.ts';
import { requireColumns } from './named-columns.ts';
import { type InputSource, shown } from './read-input.ts';

/**
 * Returns the columns of a CSV that a model takes, found by name; further ones are ignored. `parse` reads the text, and
 * once more, with the model's types, when it guessed others: a word among numbers is then an error with its line.
 *
 * @throws ColumnError that names missing columns, CsvError as `parse` does
 */
export function csvInput(fields: readonly InputField[], parse: (options: CsvOptions) => Table): InputSource {
  const guessed = parse({});
  const names = new Set(guessed.columnNames);
  requireColumns(fields, names);
  const misread = fields.filter(({ name, type }) => names.has(name) && guessed.column(name).type !== type);
  const types = Object.fromEntries(misread.map(({ name, type }) => [name, type]));
  const table = misread.length === 0 ? guessed : parse({ types });
  const columns = fields.map(({ name }) => (names.has(name) ? table.column(name).values : undefined));
  return {
    rowCount: table.rowCount,
    value: (i, j) => {
      const value = columns[j]?.[i];
      return Number.isNaN(value) || value === null ? undefined : value;
    },
    path: (i, j) => `row ${i + 1}, column ${shown(fields[j]!.name)}`,
  };
}
