import { escapeMarkup } from '../base/escape-markup.ts';
import type { Column } from './column.ts';

/** What is needed of a table to draw it. */
export interface TableView {
  readonly rowCount: number;
  readonly columnNames: readonly string[];
  column(name: string): Column;
}

interface Cells {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly isNumber: readonly boolean[];
}

/** Rows and columns beyond this many are drawn as the first half, an ellipsis and the last half. */
const drawnAtMost = 20;
/** Longer strings are cut. */
const longestCell = 60;
const ellipsis = '…';

/** Returns a table as aligned text, numbers to the right, with its size in the last line. */
export function tableToText(table: TableView): string {
  const { header, rows, isNumber } = drawnCells(table);
  const widths = header.map((name, j) => Math.max(name.length, ...rows.map((row) => row[j]!.length)));
  const lines = [header, ...rows].map((row) =>
    row
      .map((cell, j) => (isNumber[j] === true ? cell.padStart(widths[j]!) : cell.padEnd(widths[j]!)))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, size(table)].join('\n');
}

/** Returns a table as an HTML fragment; names and values are escaped. */
export function tableToHtml(table: TableView): string {
  const { header, rows, isNumber } = drawnCells(table);
  const cell = (tag: 'td' | 'th', text: string, j: number): string =>
    `<${tag} style="text-align:${isNumber[j] === true ? 'right' : 'left'}">${escapeMarkup(text)}</${tag}>`;
  const head = header.map((name, j) => cell('th', name, j)).join('');
  const body = rows.map((row) => `<tr>${row.map((text, j) => cell('td', text, j)).join('')}</tr>`).join('\n');
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>\n<p>${size(table)}</p>`;
}

function drawnCells(table: TableView): Cells {
  const names = ends(table.columnNames);
  const indices = ends(Array.from({ length: table.rowCount }, (_, i) => i));
  const columns = names.map((name) => (name === undefined ? undefined : table.column(name)));
  return {
    header: names.map((name) => name ?? ellipsis),
    rows: indices.map((index) =>
      columns.map((column) => (column === undefined || index === undefined ? ellipsis : cellText(column, index))),
    ),
    isNumber: columns.map((column) => column?.type === 'number'),
  };
}

/** Returns all items, or the first and last ones around `undefined`. */
function ends<T>(items: readonly T[]): (T | undefined)[] {
  if (items.length <= drawnAtMost) return [...items];
  const half = drawnAtMost / 2;
  return [...items.slice(0, half), undefined, ...items.slice(-half)];
}

function cellText(column: Column, index: number): string {
  if (column.type === 'string') return short((column.values[index] ?? '').replaceAll(/\s+/g, ' '));
  const value = column.values[index]!;
  return Number.isNaN(value) ? '' : String(Number(value.toPrecision(6)));
}

function short(text: string): string {
  return text.length <= longestCell ? text : `${text.slice(0, longestCell - 1)}${ellipsis}`;
}

function size({ rowCount, columnNames }: TableView): string {
  const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  return `${plural(rowCount, 'row')} × ${plural(columnNames.length, 'column')}`;
}
