import { sha256 } from '../base/sha256.ts';
import type { Cell, Notebook } from './document.ts';

/** nbformat 4.5: 1 to 64 letters, digits, hyphens and underscores. */
const validId = /^[a-zA-Z0-9_-]{1,64}$/;

/** Returns whether cells of this notebook carry an `id`: from nbformat 4.5 on. */
export function hasCellIds(notebook: Notebook): boolean {
  return notebook.nbformat_minor >= 5;
}

/**
 * Returns the notebook with ids as its format version wants them, and a warning for each cell that was mended:
 * below 4.5 none; from 4.5 on a valid one that no earlier cell has.
 */
export function mendCellIds(notebook: Notebook): { notebook: Notebook; warnings: string[] } {
  if (!hasCellIds(notebook)) return { notebook: { ...notebook, cells: notebook.cells.map(withoutId) }, warnings: [] };
  const seen = new Set<string>();
  const warnings: string[] = [];
  const cells = notebook.cells.map((cell, index) => {
    const fault = faultOf(cell.id, seen);
    const id = fault === undefined ? cell.id! : newCellId(cell.source, seen);
    seen.add(id);
    if (fault === undefined) return cell;
    warnings.push(`cell ${index + 1}: ${fault}; it is ${JSON.stringify(id)} from now on`);
    return { ...cell, id };
  });
  return { notebook: { ...notebook, cells }, warnings };
}

/** Returns an id made of the cell's source, so that the same notebook is mended the same way every time. */
export function newCellId(source: string, taken: ReadonlySet<string>): string {
  for (let attempt = 0; ; attempt++) {
    const id = sha256(`${attempt}\n${source}`).slice(0, 8);
    if (!taken.has(id)) return id;
  }
}

function faultOf(id: string | undefined, seen: ReadonlySet<string>): string | undefined {
  if (id === undefined) return 'has no id';
  if (seen.has(id)) return `has the id ${JSON.stringify(id)} of an earlier cell`;
  if (!validId.test(id)) return `has the id ${JSON.stringify(id.slice(0, 80))}, which nbformat does not allow`;
  return undefined;
}

function withoutId(cell: Cell): Cell {
  const { id: _, ...rest } = cell;
  return rest;
}
