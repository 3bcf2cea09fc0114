import { CellError, type LabmillError } from '../base/errors.ts';
import { formatDuration } from './duration.ts';
import type { MeasuredResult, NotebookRun } from './notebook-run.ts';

/** A row of the results table: what one notebook measured, or that it measured nothing. */
export interface ResultRow {
  readonly notebook: string;
  readonly measure: string;
  readonly figure: string;
  readonly time: string;
  readonly verdict: string;
}

/**
 * Returns the results table's rows: one for each figure, at least one for each notebook. A run that ended early says so
 * in a row of its own.
 */
export function resultRows(runs: readonly NotebookRun[]): ResultRow[] {
  return runs.flatMap((run) => {
    const common = { notebook: run.path, time: formatDuration(run.durationMs) };
    const rows = run.results.map((result) => ({
      ...common,
      measure: result.measure,
      figure: formatFigure(result),
      verdict: verdictOf(result.passed),
    }));
    const needsOwnRow = rows.length === 0 || run.status === 'interrupted' || run.error !== undefined;
    return needsOwnRow
      ? [...rows, { ...common, measure: reasonOf(run.error), figure: '–', verdict: run.status }]
      : rows;
  });
}

function reasonOf(error: LabmillError | undefined): string {
  if (!(error instanceof CellError)) return error?.name ?? '–';
  return `${error.failure.ename} in cell ${error.failure.cellIndex + 1}`;
}

/** Returns a figure as text: its value and unit, and what it was held against. */
export function formatFigure({ value, unit, threshold }: Omit<MeasuredResult, 'measure' | 'cellIndex'>): string {
  const withUnit = (number: number): string => `${formatNumber(number)}${unit === undefined ? '' : ` ${unit}`}`;
  return threshold === undefined ? withUnit(value) : `${withUnit(value)} (threshold ${withUnit(threshold)})`;
}

/** Returns the word for a figure's outcome; a figure that was held against nothing was measured. */
export function verdictOf(passed: boolean | undefined): string {
  if (passed === undefined) return 'measured';
  return passed ? 'passed' : 'failed';
}

/** Four significant digits, whole numbers in full. */
function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
