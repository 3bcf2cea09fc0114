import type { LabmillError } from '../base/errors.ts';
import type { Notebook } from '../notebook/document.ts';

/** How running a notebook ended; `interrupted` when the caller's signal stopped it. */
export type RunStatus = 'passed' | 'failed' | 'interrupted';

/**
 * How a code cell ended. `expected-error`: it failed and may (tag `raises-exception`, or `allowErrors`);
 * `skipped`: tagged `skip-execution`, or empty; `not-run`: the run had ended before it.
 */
export type CellStatus = 'passed' | 'failed' | 'expected-error' | 'timed-out' | 'interrupted' | 'skipped' | 'not-run';

/** A code cell of a run. */
export interface CellRun {
  /** The cell's place among all cells of the notebook, from 0. */
  readonly index: number;
  readonly id: string | undefined;
  readonly status: CellStatus;
  readonly durationMs: number;
}

/** A figure that a cell measured (an output of type `application/vnd.labmill.result+json`). */
export interface MeasuredResult {
  readonly measure: string;
  readonly value: number;
  readonly unit?: string;
  readonly threshold?: number;
  /** Whether the notebook's own check of the figure held. */
  readonly passed?: boolean;
  /** The cell that showed it. */
  readonly cellIndex: number;
}

/** What running a notebook's cells gave. */
export interface Execution {
  readonly status: RunStatus;
  readonly durationMs: number;
  /** One for each code cell, in the notebook's order. */
  readonly cells: readonly CellRun[];
  readonly results: readonly MeasuredResult[];
  /** Why the run ended early; none when only a result did not pass. */
  readonly error?: LabmillError;
  /** The notebook with its new outputs. */
  readonly notebook: Notebook;
}

/** A notebook that was run, and the files that were written of it. */
export interface NotebookRun extends Execution {
  readonly path: string;
  /** The first heading of its prose, or the file's name. */
  readonly title: string;
  /** What was mended in the notebook when it was read. */
  readonly warnings: readonly string[];
  /** The executed notebook. */
  readonly outputPath?: string;
  /** The HTML report. */
  readonly reportPath?: string;
}

/** What happens while notebooks run. */
export type RunEvent =
  | { readonly type: 'notebook-start'; readonly path: string; readonly cellCount: number }
  | { readonly type: 'cell-start'; readonly path: string; readonly index: number; readonly source: string }
  | { readonly type: 'cell-end'; readonly path: string; readonly cell: CellRun }
  | { readonly type: 'notebook-end'; readonly path: string; readonly run: NotebookRun };
