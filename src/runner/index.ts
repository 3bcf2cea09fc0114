/** Running notebooks headless, over the real Jupyter protocol. */
export type {
  CellRun,
  CellStatus,
  Execution,
  MeasuredResult,
  NotebookRun,
  RunEvent,
  RunStatus,
} from './notebook-run.ts';
export type { ExecuteNotebookOptions } from './execute-notebook.ts';
export type { OutputPaths } from './output-paths.ts';
export { type ResultRow, resultRows } from './result-rows.ts';
export { runNotebook, type RunNotebookOptions } from './run-notebook.ts';
export { judgeRuns } from './judge-runs.ts';
export { type NotebooksRun, runNotebooks, type RunNotebooksOptions } from './run-notebooks.ts';
