import { dirname, resolve } from 'node:path';
import { isLabmillError } from '../base/errors.ts';
import { writeFileAtomic } from '../base/write-atomic.ts';
import type { Notebook } from '../notebook/document.ts';
import type { ParameterValues } from '../notebook/inject-parameters.ts';
import { writeNotebook } from '../notebook/write-notebook.ts';
import { executeNotebook, type ExecuteNotebookOptions } from './execute-notebook.ts';
import type { Execution, NotebookRun } from './notebook-run.ts';
import { titleOf } from './notebook-title.ts';
import type { OutputPaths } from './output-paths.ts';
import { type PreparedNotebook, prepareNotebook } from './prepare-notebook.ts';
import { junitReport } from './report/junit-report.ts';
import { startKernel } from './running-kernel.ts';

/** Options of `runNotebook`. */
export interface RunNotebookOptions extends ExecuteNotebookOptions {
  /** Values for the parameters that the notebook declares. Default: its own. */
  readonly parameters?: ParameterValues;
  /** Where the executed notebook and its report are written. Default: nowhere. */
  readonly output?: OutputPaths;
  /** Whether a JUnit report, `.xml`, is written beside the HTML report. Default: false. */
  readonly junit?: boolean;
}

/**
 * Runs a notebook from top to bottom in a kernel of its own, in the notebook's folder. A cell that fails, takes too long
 * or kills its kernel ends the run; that is no exception, it stands in what is returned.
 *
 * @throws NotebookFormatError, NotebookLanguageError, ParameterError, FileReadError before anything has run
 */
export async function runNotebook(path: string, options: RunNotebookOptions = {}): Promise<NotebookRun> {
  return runPrepared(await prepareNotebook(path, options.parameters), options);
}

/** Runs a notebook that `prepareNotebook` gave. */
export async function runPrepared(prepared: PreparedNotebook, options: RunNotebookOptions): Promise<NotebookRun> {
  const { path, notebook, warnings } = prepared;
  const cellCount = notebook.cells.filter((cell) => cell.cell_type === 'code').length;
  options.onEvent?.({ type: 'notebook-start', path, cellCount });
  const execution = await execute(notebook, path, options);
  const run: NotebookRun = { ...execution, path, title: titleOf(execution.notebook, path), warnings };
  const written = options.output === undefined ? run : await write(run, options.output, options.junit ?? false);
  options.onEvent?.({ type: 'notebook-end', path, run: written });
  return written;
}

async function execute(notebook: Notebook, path: string, options: RunNotebookOptions): Promise<Execution> {
  try {
    await using kernel = await startKernel(dirname(resolve(path)), options.signal);
    return await executeNotebook(notebook, path, kernel, options);
  } catch (error) {
    const nothing = { durationMs: 0, cells: [], results: [], notebook };
    if (options.signal?.aborted === true) return { ...nothing, status: 'interrupted' };
    if (isLabmillError(error)) return { ...nothing, status: 'failed', error };
    throw error;
  }
}

/** Writes what there is to show of a run. A file that cannot be written fails the run; the run's own error comes first. */
async function write(run: NotebookRun, output: OutputPaths, junit: boolean): Promise<NotebookRun> {
  try {
    writeNotebook(output.notebook, run.notebook);
    const { notebookReport } = await import('./report/notebook-report.ts');
    writeFileAtomic(output.report, await notebookReport(run));
    if (junit) writeFileAtomic(output.report.replace(/\.html$/, '.xml'), junitReport(run));
    return { ...run, outputPath: output.notebook, reportPath: output.report };
  } catch (error) {
    if (!isLabmillError(error)) throw error;
    return { ...run, status: 'failed', error: run.error ?? error };
  }
}
