import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { writeFileAtomic } from '../base/write-atomic.ts';
import { findNotebooks } from './find-notebooks.ts';
import type { NotebookRun, RunStatus } from './notebook-run.ts';
import { outputPaths } from './output-paths.ts';
import { prepareNotebook } from './prepare-notebook.ts';
import { type RunNotebookOptions, runPrepared } from './run-notebook.ts';

/** Options of `runNotebooks`. */
export interface RunNotebooksOptions extends Omit<RunNotebookOptions, 'output'> {
  /** The folder for executed notebooks and reports. Default: `out`. */
  readonly outputDir?: string;
  /** Whether an executed notebook replaces the one it came from. Default: false. */
  readonly inplace?: boolean;
  /** How many notebooks run at the same time. Default: one for each core. */
  readonly jobs?: number;
}

/** What running several notebooks gave. */
export interface NotebooksRun {
  /** `passed` when all passed; `interrupted` when the caller's signal stopped the run. */
  readonly status: RunStatus;
  readonly durationMs: number;
  /** One for each notebook, in the order they were named. */
  readonly runs: readonly NotebookRun[];
  /** The report to open: the page over all notebooks, or the report of the only one. */
  readonly reportPath?: string;
}

/**
 * Runs notebooks, and every notebook of a folder, at the same time, each in a kernel of its own; writes executed
 * notebooks, reports, and a page over all of them.
 *
 * @throws NotebookFormatError, NotebookLanguageError, ParameterError, InvalidArgumentError before anything has run
 * @throws FileWriteError when the page over all notebooks cannot be written
 */
export async function runNotebooks(paths: readonly string[], options: RunNotebooksOptions = {}): Promise<NotebooksRun> {
  const { outputDir = 'out', inplace = false, jobs = availableParallelism(), parameters, signal } = options;
  const start = performance.now();
  const found = await findNotebooks(paths, outputDir);
  const outputs = outputPaths(found, { outputDir, cwd: process.cwd(), inplace });
  const prepared = await Promise.all(found.map((path) => prepareNotebook(path, parameters)));
  const runs = await inParallel(prepared, jobs, (each, index) =>
    runPrepared(each, { ...options, output: outputs[index]! }),
  );
  const durationMs = performance.now() - start;
  const status = statusOf(runs, signal);
  const reportPath =
    runs.length === 1 ? runs[0]!.reportPath : await writeIndex(runs, durationMs, join(outputDir, 'index.html'));
  return { status, durationMs, runs, ...(reportPath !== undefined && { reportPath }) };
}

function statusOf(runs: readonly NotebookRun[], signal: AbortSignal | undefined): RunStatus {
  if (signal?.aborted === true) return 'interrupted';
  return runs.every((run) => run.status === 'passed') ? 'passed' : 'failed';
}

/** Writes the page over several notebooks and returns its path. */
export async function writeIndex(runs: readonly NotebookRun[], durationMs: number, path: string): Promise<string> {
  const { indexReport } = await import('./report/index-report.ts');
  const reports = new Map(runs.map((run) => [run.path, run.reportPath]));
  const link = (notebook: string): string => {
    const report = reports.get(notebook);
    return report === undefined ? '#' : relativeUrl(dirname(path), report);
  };
  writeFileAtomic(path, indexReport(runs, durationMs, link));
  return path;
}

function relativeUrl(folder: string, file: string): string {
  return relative(resolve(folder), resolve(file)).split(sep).map(encodeURIComponent).join('/');
}

/** Maps `items` with at most `limit` at work at a time; results keep the order of `items`. */
async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
