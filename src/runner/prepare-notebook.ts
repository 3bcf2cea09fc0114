import type { Notebook } from '../notebook/document.ts';
import { injectParameters, type ParameterValues } from '../notebook/inject-parameters.ts';
import { requireTypeScript } from '../notebook/language.ts';
import { readNotebook } from '../notebook/read-notebook.ts';
import { cellTimeoutMs } from './cell-timeout.ts';

/** A notebook that can be run: of our language, with its parameters in place. */
export interface PreparedNotebook {
  readonly path: string;
  readonly notebook: Notebook;
  readonly warnings: readonly string[];
}

/**
 * Reads a notebook and puts its parameters in. Everything that is wrong with how a run was asked for shows here, before
 * any cell runs.
 *
 * @throws FileReadError, NotebookFormatError, NotebookLanguageError, ParameterError
 * @throws InvalidArgumentError for a tag `timeout:…` that is no duration
 */
export async function prepareNotebook(path: string, parameters: ParameterValues = {}): Promise<PreparedNotebook> {
  const { notebook, warnings } = await readNotebook(path);
  requireTypeScript(notebook, path);
  for (const cell of notebook.cells) cellTimeoutMs(cell, Infinity, path);
  return { path, notebook: await injectParameters(notebook, parameters, path), warnings };
}
