import { stripVTControlCharacters, styleText } from 'node:util';
import Table from 'cli-table3';
import { CellError } from '../base/errors.ts';
import type { NotebookRun } from '../runner/notebook-run.ts';
import { resultRows } from '../runner/result-rows.ts';
import type { NotebooksRun } from '../runner/run-notebooks.ts';

/** Returns what a person reads after a run: the results table, and where the report is. */
export function summaryText({ runs, reportPath }: NotebooksRun): string {
  const table = new Table({
    head: ['notebook', 'what was measured', 'figure', 'time', 'verdict'],
    colAligns: ['left', 'left', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const { notebook, measure, figure, time, verdict } of resultRows(runs)) {
    table.push([notebook, measure, figure, time, coloured(verdict)]);
  }
  return `${table.toString()}\n${reportPath === undefined ? '' : `Report: ${reportPath}\n`}`;
}

/** Returns why a run failed, with the failing cell's source and traceback; nothing when no error ended it. */
export function failureText({ error }: NotebookRun): string {
  if (error === undefined) return '';
  if (!(error instanceof CellError)) return `\n${error.code}: ${error.message}\n`;
  const traceback = error.failure.traceback.join('\n');
  // A traceback that names the line shows the source around it; another one needs the excerpt of the message.
  const message = error.failure.line === undefined ? error.message : error.message.split('\n')[0]!;
  return `\n${error.code}: ${message}\n\n${process.stderr.isTTY ? traceback : stripVTControlCharacters(traceback)}\n`;
}

/** Returns what a machine reads after a run. */
export function jsonText({ status, durationMs, runs, reportPath }: NotebooksRun): string {
  return `${JSON.stringify({ status, durationMs, report: reportPath, notebooks: runs.map(toRecord) }, null, 2)}\n`;
}

function toRecord(run: NotebookRun): object {
  const { path, title, status, durationMs, cells, results, warnings, error, outputPath, reportPath } = run;
  const failure = error instanceof CellError ? error.failure : undefined;
  return {
    path,
    title,
    status,
    durationMs,
    output: outputPath,
    report: reportPath,
    ...(error !== undefined && { error: { code: error.code, message: error.message, ...failure } }),
    results,
    cells,
    warnings,
  };
}

function coloured(verdict: string): string {
  const colour = verdict === 'passed' ? 'green' : verdict === 'measured' ? 'dim' : 'red';
  return styleText(colour, verdict, { stream: process.stdout });
}
