import { writeFileAtomic } from '../base/write-atomic.ts';
import { hasCellIds } from './cell-ids.ts';
import type { Cell, MimeBundle, Notebook, Output } from './document.ts';
import { formatJson } from './json-text.ts';

/**
 * Returns the text of a notebook file, byte for byte as Jupyter's `nbformat` writes it: keys sorted, one space a
 * level, text as lists of lines, a newline at the end. Cells below nbformat 4.5 are written without an `id`.
 */
export function formatNotebook(notebook: Notebook): string {
  const withIds = hasCellIds(notebook);
  return `${formatJson({ ...notebook, cells: notebook.cells.map((cell) => storedCell(cell, withIds)) })}\n`;
}

/**
 * Writes a notebook file at once or not at all.
 *
 * @throws FileWriteError when it could not be written; what stood there before is kept
 */
export function writeNotebook(path: string, notebook: Notebook): void {
  writeFileAtomic(path, formatNotebook(notebook));
}

function storedCell(cell: Cell, withId: boolean): object {
  const { id, ...rest } = cell;
  const stored = { ...rest, ...(withId && { id }), source: splitLines(cell.source) };
  if (cell.cell_type === 'code') return { ...stored, outputs: cell.outputs.map(storedOutput) };
  if (cell.attachments === undefined) return stored;
  const attachments = Object.entries(cell.attachments).map(([name, bundle]) => [name, storedBundle(bundle)]);
  return { ...stored, attachments: Object.fromEntries(attachments) };
}

function storedOutput(output: Output): object {
  if (output.output_type === 'stream') return { ...output, text: splitLines(output.text) };
  if (output.output_type === 'error') return output;
  return { ...output, data: storedBundle(output.data) };
}

/** nbformat splits text and these two; a base64 picture stays one string. */
function storedBundle(bundle: MimeBundle): MimeBundle {
  const isSplit = (mime: string): boolean =>
    mime.startsWith('text/') || mime === 'application/javascript' || mime === 'image/svg+xml';
  const entries = Object.entries(bundle);
  if (!entries.some(([mime, data]) => isSplit(mime) && typeof data === 'string')) return bundle;
  return Object.fromEntries(
    entries.map(([mime, data]) => [mime, isSplit(mime) && typeof data === 'string' ? splitLines(data) : data]),
  );
}

/** Python's `str.splitlines(keepends=True)`, whose line ends are more than `\n`. */
function splitLines(text: string): string[] {
  return text
    .match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/g)!
    .slice(0, -1);
}
