import type { InputField } from './input-field.ts';
import { requireColumns } from './named-columns.ts';
import { type InputSource, memberPath, own, shown } from './read-input.ts';
import { Refusal } from './refusal.ts';

type Members = Readonly<Record<string, unknown>>;
type Read = (fields: readonly InputField[], value: unknown, form: string) => InputSource;

const forms: Readonly<Record<string, Read>> = {
  dataframe_split: split,
  dataframe_records: (fields, value, form) =>
    Array.isArray(value) ? list(fields, value, form) : refuse(form, 'a list of records', value),
  instances: listOrColumns,
  inputs: listOrColumns,
};

/**
 * Returns the rows of an `/invocations` request in JSON, which has exactly one of `dataframe_split`,
 * `dataframe_records`, `instances` and `inputs`, as MLflow's scoring server takes them. Columns are found by name, further
 * ones ignored; rows without names have the model's columns in its order.
 *
 * Source: MLflow 3, "Deploy MLflow Model as a Local Inference Server", inference server specification
 *
 * @throws Refusal for what has none of these forms, ColumnError that names missing columns
 */
export function invocationInput(fields: readonly InputField[], body: unknown): InputSource {
  const wanted = `expected a JSON object with exactly one of ${Object.keys(forms).join(', ')}`;
  if (!isObject(body)) throw new Refusal(400, `${wanted}, got ${shown(body)}`);
  const [form, ...others] = Object.keys(forms).filter((name) => Object.hasOwn(body, name));
  if (form === undefined || others.length > 0) {
    const keys = Object.keys(body).slice(0, 10).map(shown).join(', ');
    throw new Refusal(400, `${wanted}, got ${keys === '' ? 'an empty one' : keys}`);
  }
  return forms[form]!(fields, body[form], form);
}

function split(fields: readonly InputField[], value: unknown, form: string): InputSource {
  const wanted = 'an object with "data" and, if needed, "columns" and "index"';
  if (!isObject(value) || !Array.isArray(value['data'])) return refuse(form, wanted, value);
  const { columns, data, index, ...others } = value;
  if (Object.keys(others).length > 0) return refuse(form, wanted, value);
  const rows = data as readonly unknown[];
  if (index !== undefined && index !== null && !(Array.isArray(index) && index.length === rows.length)) {
    return refuse(`${form}.index`, `${rows.length} values (the rows of "data")`, index);
  }
  if (columns === undefined || columns === null) return list(fields, rows, `${form}.data`);
  if (!Array.isArray(columns)) return refuse(`${form}.columns`, 'a list of names', columns);
  requireColumns(fields, new Set(columns));
  return places(
    fields.map(({ name }) => columns.indexOf(name)),
    requireWidth(rows, columns.length, `${form}.data`),
    `${form}.data`,
  );
}

function listOrColumns(fields: readonly InputField[], value: unknown, form: string): InputSource {
  if (Array.isArray(value)) return list(fields, value, form);
  if (isObject(value)) return columnsByName(fields, value, form);
  return refuse(form, 'a list of rows or an object of columns', value);
}

/** Rows as records, as lists, or, for a model of one column, as plain values. */
function list(fields: readonly InputField[], rows: readonly unknown[], form: string): InputSource {
  if (rows.length > 0 && rows.every(isObject)) return records(fields, rows, form);
  const isPlain = fields.length === 1 && !rows.some((row) => typeof row === 'object' && row !== null);
  const lists = isPlain ? rows.map((row) => [row]) : requireWidth(rows, fields.length, form);
  return places([...fields.keys()], lists, form);
}

function records(fields: readonly InputField[], rows: readonly Members[], form: string): InputSource {
  requireColumns(fields, new Set(rows.flatMap((row) => Object.keys(row))));
  return {
    rowCount: rows.length,
    value: (i, j) => own(rows[i]!, fields[j]!.name),
    path: (i, j) => memberPath(`${form}[${i}]`, fields[j]!.name),
  };
}

function places(place: readonly number[], rows: readonly (readonly unknown[])[], form: string): InputSource {
  return {
    rowCount: rows.length,
    value: (i, j) => rows[i]![place[j]!],
    path: (i, j) => `${form}[${i}][${place[j]!}]`,
  };
}

/** Columns of equal length, or one row of plain values. */
function columnsByName(fields: readonly InputField[], columns: Members, form: string): InputSource {
  requireColumns(fields, new Set(Object.keys(columns)));
  const used = fields.map(({ name }) => own(columns, name)).filter((column) => column !== undefined);
  const isOneRow = !used.some(Array.isArray);
  const lengths = new Set(used.map((column) => (Array.isArray(column) ? column.length : NaN)));
  if (!isOneRow && lengths.size > 1) return refuse(form, 'columns of equal length', columns);
  return {
    rowCount: isOneRow ? 1 : [...lengths][0]!,
    value: (i, j) => {
      const column = own(columns, fields[j]!.name);
      return isOneRow ? column : (column as readonly unknown[] | undefined)?.[i];
    },
    path: (i, j) => `${memberPath(form, fields[j]!.name)}${isOneRow ? '' : `[${i}]`}`,
  };
}

function requireWidth(rows: readonly unknown[], width: number, form: string): readonly (readonly unknown[])[] {
  const isRow = (row: unknown): row is readonly unknown[] => Array.isArray(row) && row.length === width;
  if (rows.every(isRow)) return rows;
  const odd = rows.findIndex((row) => !isRow(row));
  const row = rows[odd];
  throw new Refusal(
    400,
    `${form}[${odd}]: expected a row of ${width} values, got ${Array.isArray(row) ? `${row.length}` : shown(row)}`,
  );
}

function refuse(form: string, expected: string, value: unknown): never {
  throw new Refusal(400, `${form}: expected ${expected}, got ${shown(value)}`);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
