import { performance } from 'node:perf_hooks';
import type { Cell, CodeCell, Notebook } from '../notebook/document.ts';
import type { Displays } from '../notebook/output-area.ts';
import { hasTag } from '../notebook/tags.ts';
import { cellTimeoutMs } from './cell-timeout.ts';
import { formatDuration } from './duration.ts';
import { executeCell, type ExecuteCellOptions, type ExecutedCell } from './execute-cell.ts';
import { measuredResults } from './measured-results.ts';
import type { CellRun, CellStatus, Execution, RunEvent } from './notebook-run.ts';
import type { RunningKernel } from './running-kernel.ts';

/** Options of `executeNotebook`. */
export interface ExecuteNotebookOptions {
  /** How long a cell may run unless its tag `timeout:30s` says otherwise. Default: 10 minutes. */
  readonly cellTimeoutMs?: number;
  /** How long all cells may run together. Default: no limit. */
  readonly notebookTimeoutMs?: number;
  /** Whether a failing cell neither ends the run nor fails it. Default: false. */
  readonly allowErrors?: boolean;
  /** Whether a figure that did not pass does not fail the run: `judgeRuns` may do so later. Default: false. */
  readonly allowFailedFigures?: boolean;
  /** How long an interrupted cell may take to end, before its kernel is killed. Default: 5 seconds. */
  readonly graceMs?: number;
  /** Interrupts the running cell and ends the run; what was put out until then is kept. */
  readonly signal?: AbortSignal;
  /** Told of every cell's start and end. */
  readonly onEvent?: (event: RunEvent) => void;
}

interface Ended {
  readonly cell: CodeCell;
  readonly status: CellStatus;
}

/** Runs the code cells of a notebook from top to bottom in a kernel. `path` names the notebook in messages. */
export async function executeNotebook(
  notebook: Notebook,
  path: string,
  kernel: RunningKernel,
  options: ExecuteNotebookOptions = {},
): Promise<Execution> {
  const { notebookTimeoutMs = Infinity, graceMs = 5000, allowErrors = false, signal, onEvent } = options;
  const { allowFailedFigures = false } = options;
  const displays: Displays = new Map();
  const cells: Cell[] = [];
  const runs: CellRun[] = [];
  const start = performance.now();
  let stopped: ExecutedCell | undefined;

  const limitOf = (cell: CodeCell): ExecuteCellOptions['limit'] => {
    const leftMs = Math.max(1, start + notebookTimeoutMs - performance.now());
    const ms = cellTimeoutMs(cell, options.cellTimeoutMs ?? 600_000, path);
    return ms <= leftMs
      ? { ms, passed: `the cell ran longer than ${formatDuration(ms)}` }
      : { ms: leftMs, passed: `the notebook ran longer than ${formatDuration(notebookTimeoutMs)}` };
  };

  const run = async (cell: CodeCell, index: number): Promise<Ended> => {
    const place = { notebook: path, index, id: cell.id };
    const executed = await executeCell(kernel, cell, { place, limit: limitOf(cell), displays, graceMs, signal });
    const mayFail = allowErrors || hasTag(cell, 'raises-exception');
    if (executed.error?.code === 'ERR_CELL' && mayFail) return { cell: executed.cell, status: 'expected-error' };
    if (executed.status !== 'passed') stopped = executed;
    return executed;
  };

  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== 'code') {
      cells.push(cell);
      continue;
    }
    const unrun = withoutRunning(cell, stopped !== undefined || signal?.aborted === true);
    const cellStart = performance.now();
    if (unrun === undefined) onEvent?.({ type: 'cell-start', path, index, source: cell.source });
    const ended = unrun ?? (await run(cell, index));
    const durationMs = unrun === undefined ? performance.now() - cellStart : 0;
    const cellRun: CellRun = { index, id: cell.id, status: ended.status, durationMs };
    if (unrun === undefined) onEvent?.({ type: 'cell-end', path, cell: cellRun });
    cells.push(ended.cell);
    runs.push(cellRun);
  }

  const results = runs
    .filter(hasRun)
    .flatMap(({ index }) => measuredResults((cells[index] as CodeCell).outputs, index));
  const hasHeld = stopped === undefined && (allowFailedFigures || results.every(({ passed }) => passed !== false));
  const languageInfo = kernel.info['language_info'];
  const metadata = { ...notebook.metadata, ...(languageInfo !== undefined && { language_info: languageInfo }) };
  return {
    status: signal?.aborted === true ? 'interrupted' : hasHeld ? 'passed' : 'failed',
    durationMs: performance.now() - start,
    cells: runs,
    results,
    ...(stopped?.error !== undefined && { error: stopped.error }),
    notebook: { ...notebook, metadata, cells },
  };
}

/** Returns a cell that is not to be run, as it is to be kept; a skipped one keeps its outputs of an earlier time. */
function withoutRunning(cell: CodeCell, isOver: boolean): Ended | undefined {
  const cleared: CodeCell = { ...cell, execution_count: null, outputs: [] };
  if (isOver) return { cell: cleared, status: 'not-run' };
  if (hasTag(cell, 'skip-execution')) return { cell, status: 'skipped' };
  return cell.source.trim() === '' ? { cell: cleared, status: 'skipped' } : undefined;
}

/** What a cell shows that did not run was not measured in this run. */
function hasRun({ status }: CellRun): boolean {
  return status !== 'skipped' && status !== 'not-run';
}
