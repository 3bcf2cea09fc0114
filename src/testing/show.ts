import { inspect } from 'node:util';
import { escapeMarkup } from '../base/escape-markup.ts';

const displaySymbol = Symbol.for('Jupyter.display');

/** A value that shows itself in a notebook: its method gives the MIME bundle (MIME type → data). */
export interface Shown {
  readonly [mime: symbol]: () => unknown;
}

/** The views of a value: plain text, HTML, and more MIME types when it has them. */
export interface Views {
  readonly text: string;
  readonly html: string;
  readonly mime?: Readonly<Record<string, unknown>>;
}

/**
 * Returns `value` with methods that show it in a notebook and in `util.inspect`.
 * They are not enumerable, so the value still copies, compares and serialises as plain data.
 */
export function shown<T extends object>(value: T, views: Views): T & Shown {
  const bundle = { 'text/plain': views.text, 'text/html': views.html, ...views.mime };
  return Object.defineProperties(value, {
    [displaySymbol]: { value: () => bundle },
    [inspect.custom]: { value: () => views.text },
  }) as T & Shown;
}

/** Returns an HTML table; every cell is escaped, numbers are set to the right. */
export function htmlTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const headRow = head.map((cell) => `<th>${escapeMarkup(cell)}</th>`).join('');
  const bodyRows = rows.map((row) => `<tr>${row.map(htmlCell).join('')}</tr>`).join('');
  return `<table><thead><tr>${headRow}</tr></thead><tbody>${bodyRows}</tbody></table>`;
}

/** Returns a text table whose columns are as wide as their widest cell, numbers set to the right. */
export function textTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const widths = head.map((cell, j) => Math.max(cell.length, ...rows.map((row) => String(row[j]).length)));
  const line = (row: readonly (string | number)[]) =>
    row
      .map((cell, j) => (typeof cell === 'number' ? String(cell).padStart(widths[j]!) : cell.padEnd(widths[j]!)))
      .join('  ')
      .trimEnd();
  return [head, ...rows].map(line).join('\n');
}

/** Returns `value` in four significant digits, as short as it can be written. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function htmlCell(cell: string | number): string {
  return typeof cell === 'number' ? `<td style="text-align: right">${cell}</td>` : `<td>${escapeMarkup(cell)}</td>`;
}
