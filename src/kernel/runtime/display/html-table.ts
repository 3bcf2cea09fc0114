import { inspect, types } from 'node:util';
import { escapeMarkup } from '../../../base/escape-markup.ts';
import { Fragment, htmlOf } from './fragment.ts';
import { groupedNumber } from './grouped-number.ts';
import { isPlainObject, type PlainObject } from './plain-object.ts';
import { type Extent, SHOW_ALL } from './plain-text.ts';

const MAX_ROWS = 30;
const MAX_COLUMNS = 30;
const MAX_CELL_LENGTH = 200;
/** How many cells of a table hold a simple value, at least: what is nested deeply, or has other keys each time, reads better as text. */
const MIN_SIMPLE_SHARE = 0.5;

/** The entries of a collection that are drawn. */
interface Entries {
  /** The keys of a Map. */
  readonly keys: readonly unknown[] | undefined;
  readonly values: readonly unknown[];
  /** How many entries the collection has. */
  readonly size: number;
}

/**
 * Returns an array of records (plain objects with mostly the same keys), a Map or a Set as an HTML table; `undefined` for
 * anything else. Only what is drawn is looked at. The table has no colours and borders of its own: front ends have theirs.
 */
export function htmlTable(value: object, { all = false }: Extent = {}): string | undefined {
  const entries = entriesOf(value, all ? Infinity : MAX_ROWS);
  if (entries === undefined || entries.size === 0) return undefined;
  const { keys, values, size } = entries;
  const fields = fieldsOf(values);
  if (fields === undefined && Array.isArray(value)) return undefined;

  const names = fields?.slice(0, all ? Infinity : MAX_COLUMNS);
  const columns = [
    ...(keys === undefined ? [] : [column('key', keys, 'th')]),
    ...(names?.map((name) =>
      column(
        name,
        values.map((record) => (record as PlainObject)[name]),
      ),
    ) ?? [column('value', values)]),
  ];
  const rows = values.map((_, row) => `<tr>${columns.map(({ cells }) => cells[row]).join('')}</tr>`);
  const note = cutNote(rows.length, size, names?.length ?? 1, fields?.length ?? 1);
  return [
    '<table class="dataframe">',
    `<thead><tr>${columns.map(({ head }) => head).join('')}</tr></thead>`,
    '<tbody>',
    ...rows,
    `</tbody>\n</table>${note}`,
  ].join('\n');
}

/** Returns the cells of a column; front ends set everything to the right unless told otherwise. */
function column(name: string, values: readonly unknown[], tag: 'td' | 'th' = 'td'): { head: string; cells: string[] } {
  const isNumeric = values.every(
    (value) => value === undefined || typeof value === 'number' || typeof value === 'bigint',
  );
  const style = `style="text-align:${isNumeric ? 'right' : 'left'}"`;
  return {
    head: `<th ${style}>${escapeMarkup(name)}</th>`,
    cells: values.map((value) => `<${tag} ${style}>${cellContent(value)}</${tag}>`),
  };
}

function entriesOf(value: object, count: number): Entries | undefined {
  if (Array.isArray(value)) return { keys: undefined, values: value.slice(0, count), size: value.length };
  if (types.isSet(value)) return { keys: undefined, values: first(value, count), size: value.size };
  if (!types.isMap(value)) return undefined;
  return { keys: first(value.keys(), count), values: first(value.values(), count), size: value.size };
}

function first(values: Iterable<unknown>, count: number): unknown[] {
  const result: unknown[] = [];
  for (const value of values) {
    if (result.length >= count) break;
    result.push(value);
  }
  return result;
}

/** Returns the names of the columns when the values are records, else `undefined`. */
function fieldsOf(values: readonly unknown[]): string[] | undefined {
  if (!values.every(isPlainObject)) return undefined;
  const fields = [...new Set(values.flatMap((record) => Object.keys(record)))];
  const simple = values.map((record) => fields.filter((name) => isSimple(record[name])).length);
  const share = simple.reduce((sum, count) => sum + count, 0) / (values.length * fields.length);
  return share >= MIN_SIMPLE_SHARE ? fields : undefined;
}

function isSimple(value: unknown): boolean {
  if (value === null || types.isDate(value) || value instanceof Fragment) return true;
  return value !== undefined && typeof value !== 'object' && typeof value !== 'function';
}

function cellContent(value: unknown): string {
  if (value === undefined) return '';
  if (value instanceof Fragment) return htmlOf(value.data);
  const text =
    typeof value === 'string'
      ? value
      : inspect(value, { depth: 1, breakLength: Infinity, maxArrayLength: 10, maxStringLength: MAX_CELL_LENGTH });
  return escapeMarkup(text.length <= MAX_CELL_LENGTH ? text : `${text.slice(0, MAX_CELL_LENGTH)}…`);
}

function cutNote(rows: number, rowCount: number, columns: number, columnCount: number): string {
  const cuts = [
    ...(rows < rowCount ? [`${rows} of ${groupedNumber(rowCount)} rows`] : []),
    ...(columns < columnCount ? [`${columns} of ${groupedNumber(columnCount)} columns`] : []),
  ];
  return cuts.length === 0 ? '' : `\n<p>${cuts.join(', ')}; <code>${SHOW_ALL}</code> shows all</p>`;
}
