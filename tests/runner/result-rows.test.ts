import { type NotebookRun, resultRows } from 'labmill/runner';
import { describe, expect, test } from 'vitest';
import { TimeoutError } from '../../src/base/errors.ts';
import { cellError } from '../../src/runner/cell-failure.ts';
import { aNotebook } from '../support/a-notebook.ts';

const run = (members: Partial<NotebookRun>): NotebookRun => ({
  path: 'a.ipynb',
  title: 'A',
  status: 'passed',
  durationMs: 1200,
  cells: [],
  results: [],
  warnings: [],
  notebook: aNotebook([]),
  ...members,
});
const row = { notebook: 'a.ipynb', time: '1.2 s' };

describe('resultRows', () => {
  test('gives a row for each figure', () => {
    const results = [
      { measure: 'error', value: 1.23456, unit: '°C', threshold: 2, passed: true, cellIndex: 0 },
      { measure: 'days', value: 12345, cellIndex: 1 },
    ];
    expect(resultRows([run({ results })])).toEqual([
      { ...row, measure: 'error', figure: '1.235 °C (threshold 2 °C)', verdict: 'passed' },
      { ...row, measure: 'days', figure: '12345', verdict: 'measured' },
    ]);
  });

  test('gives a row for a notebook that measured nothing', () => {
    expect(resultRows([run({})])).toEqual([{ ...row, measure: '–', figure: '–', verdict: 'passed' }]);
  });

  const failed = cellError({ notebook: 'a.ipynb', index: 4, id: undefined }, '', { ename: 'TypeError' });
  test.each([
    [failed, 'TypeError in cell 5'],
    [new TimeoutError('too long', 5), 'TimeoutError'],
  ])('says what ended a run early: %s', (error, measure) => {
    const results = [{ measure: 'days', value: 1, passed: false, cellIndex: 1 }];
    expect(resultRows([run({ status: 'failed', results, error })])).toMatchObject([
      { measure: 'days', verdict: 'failed' },
      { measure, verdict: 'failed' },
    ]);
  });
});
