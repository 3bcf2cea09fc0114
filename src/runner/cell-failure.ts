import { stripVTControlCharacters } from 'node:util';
import { CellError } from '../base/errors.ts';
import type { JsonObject } from '../notebook/document.ts';
import { sourceExcerpt } from './source-excerpt.ts';

/** A cell as messages name it. */
export interface CellPlace {
  readonly notebook: string;
  readonly index: number;
  readonly id: string | undefined;
}

/** Returns how messages name a cell: `lab1/lab1.ipynb: cell 5 (id "scaler")`. */
export function nameCell({ notebook, index, id }: CellPlace): string {
  return `${notebook}: cell ${index + 1}${id === undefined ? '' : ` (id ${JSON.stringify(id)})`}`;
}

/** Returns the error of a cell whose `execute_reply` says that it failed. */
export function cellError(place: CellPlace, source: string, reply: JsonObject): CellError {
  const ename = textAt(reply, 'ename') ?? textAt(reply, 'status') ?? 'Error';
  const evalue = textAt(reply, 'evalue') ?? '';
  const traceback = Array.isArray(reply['traceback']) ? reply['traceback'].map(String) : [];
  const line = failingLine(traceback, reply['execution_count']);
  const excerpt = sourceExcerpt(source, line);
  const where = `${nameCell(place)}${line === undefined ? '' : `, line ${line}`}`;
  return new CellError(`${where}: ${ename}: ${evalue}\n${excerpt}`, {
    notebook: place.notebook,
    cellIndex: place.index,
    cellId: place.id,
    line,
    sourceExcerpt: excerpt,
    ename,
    evalue,
    traceback,
  });
}

/** The kernel's traceback names a cell by its execution count: the first frame in this very cell is the line meant. */
function failingLine(traceback: readonly string[], executionCount: unknown): number | undefined {
  const frames = stripVTControlCharacters(traceback.join('\n')).matchAll(/Cell \[(\d+)\], line (\d+)/g);
  for (const [, cell, line] of frames) {
    if (Number(cell) === executionCount) return Number(line);
  }
  return undefined;
}

function textAt(reply: JsonObject, key: string): string | undefined {
  const value = reply[key];
  return typeof value === 'string' ? value : undefined;
}
