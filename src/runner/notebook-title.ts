import { basename } from 'node:path';
import type { Notebook } from '../notebook/document.ts';

/** Returns a notebook's title: the first heading of its prose, or the file's name. */
export function titleOf(notebook: Notebook, path: string): string {
  const prose = notebook.cells.filter((cell) => cell.cell_type === 'markdown').map((cell) => cell.source);
  const [, heading] = /^#{1,6}\s+(.+?)\s*#*$/m.exec(prose.join('\n')) ?? [];
  return heading ?? basename(path, '.ipynb');
}
