import { stripVTControlCharacters } from 'node:util';
import type { NotebookRun, NotebooksRun } from 'labmill/runner';
import { describe, expect, test } from 'vitest';
import { TimeoutError } from '../../src/base/errors.ts';
import { failureText, jsonText, summaryText } from '../../src/cli/run-text.ts';
import { cellError } from '../../src/runner/cell-failure.ts';
import { aNotebook } from '../support/a-notebook.ts';

const traceback = ['\x1b[31mE\x1b[0m: e', 'Cell [1], line 2:'];
const reply = { ename: 'E', evalue: 'e', traceback, execution_count: 1 };
const run: NotebookRun = {
  path: 'a.ipynb',
  title: 'A',
  status: 'failed',
  durationMs: 1500,
  cells: [{ index: 0, id: 'c', status: 'failed', durationMs: 1 }],
  results: [{ measure: 'R²', value: 0.91, threshold: 0.8, passed: true, cellIndex: 0 }],
  warnings: [],
  notebook: aNotebook([]),
  error: cellError({ notebook: 'a.ipynb', index: 0, id: 'c' }, 'a\nb', reply),
  outputPath: 'out/a.ipynb',
  reportPath: 'out/a.html',
};
const result: NotebooksRun = { status: 'failed', durationMs: 2000, runs: [run], reportPath: 'out/a.html' };

describe('summaryText', () => {
  test('is a table of what was measured and the path of the report', () => {
    const lines = stripVTControlCharacters(summaryText(result)).split('\n');
    expect(lines[1]).toMatch(/notebook +│ what was measured +│ +figure +│ +time +│ verdict/);
    expect(lines[3]).toMatch(/a\.ipynb +│ R² +│ +0\.91 \(threshold 0\.8\) +│ +1\.5 s +│ passed/);
    expect(lines.at(-2)).toBe('Report: out/a.html');
  });
});

describe('failureText', () => {
  test('is the place, the error and the traceback', () => {
    expect(failureText(run)).toBe('\nERR_CELL: a.ipynb: cell 1 (id "c"), line 2: E: e\n\nE: e\nCell [1], line 2:\n');
  });

  test('shows the source when the traceback names no line', () => {
    const error = cellError({ notebook: 'a.ipynb', index: 0, id: 'c' }, 'a', { ename: 'E', evalue: 'e' });
    expect(failureText({ ...run, error })).toContain('E: e\n  1 | a\n');
  });

  test('is the message of any other error, and nothing for a run without one', () => {
    const { error: _, ...held } = run;
    expect(failureText({ ...run, error: new TimeoutError('too long', 5) })).toBe('\nERR_TIMEOUT: too long\n');
    expect(failureText(held)).toBe('');
  });
});

describe('jsonText', () => {
  test('holds what a machine needs', () => {
    expect(JSON.parse(jsonText(result))).toMatchObject({
      status: 'failed',
      report: 'out/a.html',
      notebooks: [
        {
          path: 'a.ipynb',
          output: 'out/a.ipynb',
          results: [{ measure: 'R²', value: 0.91 }],
          cells: [{ index: 0, status: 'failed' }],
          error: { code: 'ERR_CELL', cellIndex: 0, line: 2, ename: 'E', sourceExcerpt: '  1 | a\n> 2 | b' },
        },
      ],
    });
  });
});
