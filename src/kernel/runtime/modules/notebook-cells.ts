import { requireTypeScript } from '../../../notebook/language.ts';
import { readNotebook } from '../../../notebook/read-notebook.ts';
import { hasTag } from '../../../notebook/tags.ts';
import type { Source } from '../../thread-messages.ts';

/**
 * Returns the cells of a notebook file that are to run. Each is a script in the notebook's folder whose name tells which cell it is.
 *
 * @param title what tracebacks call the notebook
 * @throws FileReadError, NotebookFormatError, NotebookLanguageError
 */
export async function notebookCells(file: string, title: string): Promise<Source[]> {
  const { notebook } = await readNotebook(file);
  requireTypeScript(notebook, file);
  return notebook.cells.flatMap((cell, index) => {
    if (cell.cell_type !== 'code' || hasTag(cell, 'skip-execution')) return [];
    const suffix = `, cell ${index + 1}`;
    return [{ file: file + suffix, title: title + suffix, text: cell.source }];
  });
}
