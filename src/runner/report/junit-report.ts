import { stripVTControlCharacters } from 'node:util';
import { escapeMarkup } from '../../base/escape-markup.ts';
import { CellError } from '../../base/errors.ts';
import type { CellRun, MeasuredResult, NotebookRun } from '../notebook-run.ts';
import { formatFigure } from '../result-rows.ts';

/** What went wrong with a test case: an `error` in a cell, or the `failure` of a figure. */
interface Problem {
  readonly tag: 'error' | 'failure' | 'skipped';
  readonly type?: string;
  readonly message?: string;
  readonly text?: string;
}

interface TestCase {
  readonly name: string;
  readonly durationMs: number;
  readonly problem?: Problem;
}

/**
 * Returns what became of a notebook as JUnit XML, which every CI server reads: a suite with a test case for each code
 * cell and for each figure that was held against something. A figure that merely was measured is no test.
 */
export function junitReport(run: NotebookRun): string {
  const cases = [...run.cells.map((cell) => cellCase(cell, run)), ...run.results.flatMap(figureCase)];
  // A run can end before its first cell: a kernel that did not start, a disk that was full.
  if (run.error !== undefined && !cases.some(({ problem }) => problem?.tag === 'error')) {
    cases.push({ name: 'the run', durationMs: 0, problem: errorOf(run) });
  }
  const count = (tag: Problem['tag']): number => cases.filter(({ problem }) => problem?.tag === tag).length;
  const suite = attributes({
    name: run.path,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: seconds(run.durationMs),
  });
  // Servers group by the part before the last dot, as if it were a package.
  const className = run.path.replace(/\.ipynb$/, '').replaceAll(/[\\/]/g, '.');
  const lines = cases.map((each) => testCase(each, className));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite${suite}>\n${lines.join('')}</testsuite>\n</testsuites>\n`;
}

function cellCase({ index, status, durationMs }: CellRun, run: NotebookRun): TestCase {
  const [firstLine = ''] = run.notebook.cells[index]?.source.trimStart().split('\n', 1) ?? [];
  const name = `cell ${index + 1}: ${firstLine.slice(0, 80)}`;
  if (status === 'passed' || status === 'expected-error') return { name, durationMs };
  if (status === 'skipped' || status === 'not-run') return { name, durationMs, problem: { tag: 'skipped' } };
  return { name, durationMs, problem: errorOf(run) };
}

function errorOf({ error, status }: NotebookRun): Problem {
  if (!(error instanceof CellError))
    return { tag: 'error', type: error?.name ?? status, message: error?.message ?? status };
  const { ename, evalue, traceback } = error.failure;
  const text = `${error.message}\n\n${traceback.map(stripVTControlCharacters).join('\n')}`;
  return { tag: 'error', type: ename, message: evalue, text };
}

function figureCase(result: MeasuredResult): TestCase[] {
  if (result.passed === undefined) return [];
  const missed: Problem = { tag: 'failure', type: 'figure', message: `${result.measure}: ${formatFigure(result)}` };
  return [{ name: result.measure, durationMs: 0, ...(!result.passed && { problem: missed }) }];
}

function testCase({ name, durationMs, problem }: TestCase, classname: string): string {
  const head = `<testcase${attributes({ classname, name, time: seconds(durationMs) })}`;
  if (problem === undefined) return `${head}/>\n`;
  const { tag, type, message, text = '' } = problem;
  return `${head}><${tag}${attributes({ type, message })}>${escapeMarkup(text)}</${tag}></testcase>\n`;
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value))}"`)
    .join('');
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}
