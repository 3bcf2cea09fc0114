import type { InputProblem } from '../base/errors.ts';
import type { InputField } from './input-field.ts';
import {
  inputError,
  maxProblems,
  memberPath,
  own,
  readInput,
  requireRowCount,
  type Rows,
  shown,
} from './read-input.ts';
import { Refusal } from './refusal.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * Returns a function that reads the body of a `/predict` request: one row as an object, or `{ rows: [row, …] }`.
 * A row has a value for each column; one that the model does not know is more likely misspelt than meant.
 *
 * The function throws an InputError that names each wrong value, and a Refusal for too many rows or a body that is
 * no object.
 */
export function predictBodyReader(fields: readonly InputField[], maxRows: number): (body: unknown) => Rows {
  const names = new Set(fields.map(({ name }) => name));

  const unknownColumns = (row: Row, path: string, problems: InputProblem[]): void => {
    for (const key in row) {
      if (names.has(key) || problems.length >= maxProblems) continue;
      const expected = `one of the columns ${[...names].map(shown).join(', ')}`;
      problems.push({ path: memberPath(path, key), expected, got: 'an unknown one' });
    }
  };

  const readRows = (rows: readonly unknown[], pathOf: (index: number) => string): Rows => {
    const problems: InputProblem[] = [];
    rows.forEach((row, i) => {
      if (isRow(row)) unknownColumns(row, pathOf(i), problems);
      else if (problems.length < maxProblems)
        problems.push({ path: pathOf(i), expected: 'an object', got: shown(row) });
    });
    if (!rows.every(isRow)) throw inputError(problems);
    const source = {
      rowCount: rows.length,
      value: (i: number, j: number) => own(rows[i]!, fields[j]!.name),
      path: (i: number, j: number) => memberPath(pathOf(i), fields[j]!.name),
    };
    return readInput(fields, source, problems);
  };

  return (body) => {
    if (!isRow(body))
      throw new Refusal(400, `expected a JSON object: a row, or {"rows": [row, …]}, got ${shown(body)}`);
    const { rows } = body;
    if (rows === undefined || (names.has('rows') && !Array.isArray(rows))) return readRows([body], () => '');
    if (!Array.isArray(rows)) throw inputError([{ path: 'rows', expected: 'an array of rows', got: shown(rows) }]);
    requireRowCount(rows.length, maxRows);
    return readRows(rows, (i) => `rows[${i}]`);
  };
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
