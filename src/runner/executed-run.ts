import { existsSync } from 'node:fs';
import type { CellError } from '../base/errors.ts';
import type { Cell, CodeCell } from '../notebook/document.ts';
import { readNotebook } from '../notebook/read-notebook.ts';
import { hasTag } from '../notebook/tags.ts';
import { cellError } from './cell-failure.ts';
import { measuredResults } from './measured-results.ts';
import { titleOf } from './notebook-title.ts';
import type { CellRun, CellStatus, NotebookRun } from './notebook-run.ts';

/**
 * Returns what an executed notebook says of its own run, whoever ran it. It has held when at least one cell ran, none
 * failed that was not meant to, and every figure that was held against something passed.
 *
 * @throws FileReadError, NotebookFormatError
 */
export async function readExecutedRun(path: string): Promise<NotebookRun> {
  const { notebook, warnings } = await readNotebook(path);
  const code = notebook.cells.flatMap((cell, index) => (cell.cell_type === 'code' ? [{ cell, index }] : []));
  const cells: CellRun[] = code.map(({ cell, index }) => ({
    index,
    id: cell.id,
    status: statusOf(cell),
    durationMs: spanMs([cell]),
  }));
  const results = code.flatMap(({ cell, index }) =>
    hasTag(cell, 'skip-execution') ? [] : measuredResults(cell.outputs, index),
  );
  const hasRun = cells.some(({ status }) => status === 'passed' || status === 'expected-error');
  const error = code.map(({ cell, index }) => errorOf(cell, index, path)).find((each) => each !== undefined);
  const report = path.replace(/(\.ipynb)?$/, '.html');
  return {
    path,
    title: titleOf(notebook, path),
    status: hasRun && error === undefined && results.every(({ passed }) => passed !== false) ? 'passed' : 'failed',
    durationMs: spanMs(notebook.cells),
    cells,
    results,
    ...(error !== undefined && { error }),
    warnings,
    notebook,
    outputPath: path,
    ...(existsSync(report) && { reportPath: report }),
  };
}

function statusOf(cell: CodeCell): CellStatus {
  if (hasTag(cell, 'skip-execution')) return 'skipped';
  if (cell.execution_count === null && cell.outputs.length === 0) return 'not-run';
  if (!cell.outputs.some(({ output_type }) => output_type === 'error')) return 'passed';
  return hasTag(cell, 'raises-exception') ? 'expected-error' : 'failed';
}

function errorOf(cell: CodeCell, index: number, notebook: string): CellError | undefined {
  const output = cell.outputs.find(({ output_type }) => output_type === 'error');
  if (output === undefined || statusOf(cell) !== 'failed') return undefined;
  return cellError({ notebook, index, id: cell.id }, cell.source, { ...output, execution_count: cell.execution_count });
}

/** Returns the time from the first to the last moment that cells' `execution` metadata note (nbformat 4.5). */
export function spanMs(cells: readonly Cell[]): number {
  const moments = cells
    .flatMap(({ metadata }) => Object.values((metadata['execution'] ?? {}) as Record<string, unknown>))
    .map((moment) => Date.parse(String(moment)))
    .filter((moment) => !Number.isNaN(moment));
  return moments.length === 0 ? 0 : Math.max(...moments) - Math.min(...moments);
}
