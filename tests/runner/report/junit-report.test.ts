import { XMLParser } from 'fast-xml-parser';
import type { NotebookRun } from 'labmill/runner';
import { describe, expect, test } from 'vitest';
import { KernelStartError } from '../../../src/base/errors.ts';
import { cellError } from '../../../src/runner/cell-failure.ts';
import { junitReport } from '../../../src/runner/report/junit-report.ts';
import { aNotebook, code } from '../../support/a-notebook.ts';

const sources = ['a < 1 && "b"\nc', 'throw', 'd', 'e'];
const traceback = ['\x1b[31mE\x1b[0m: <no>\x00'];
const run: NotebookRun = {
  path: 'lab1/lab1.ipynb',
  title: 'Lab 1',
  status: 'failed',
  durationMs: 1500,
  cells: [
    { index: 0, id: 'a', status: 'passed', durationMs: 1234 },
    { index: 1, id: 'b', status: 'failed', durationMs: 4 },
    { index: 2, id: 'c', status: 'not-run', durationMs: 0 },
    { index: 3, id: 'd', status: 'expected-error', durationMs: 0 },
  ],
  results: [
    { measure: 'R²', value: 0.5, threshold: 0.8, passed: false, cellIndex: 0 },
    { measure: 'accuracy', value: 0.9, passed: true, cellIndex: 0 },
    { measure: 'rows', value: 100, cellIndex: 0 },
  ],
  warnings: [],
  notebook: aNotebook(sources.map((source) => code(source))),
  error: cellError({ notebook: 'lab1/lab1.ipynb', index: 1, id: 'b' }, 'throw', {
    ename: 'E',
    evalue: '<no>',
    traceback,
  }),
};

/** Reads a report as another program does; `@` marks attributes, `#` text. */
function read(report: string): { testsuites: { testsuite: Record<string, unknown> & { testcase: unknown } } } {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', textNodeName: '#' });
  return parser.parse(report, true) as ReturnType<typeof read>;
}
const suiteOf = (each: NotebookRun) => read(junitReport(each)).testsuites.testsuite;

describe('junitReport', () => {
  test('is a suite that counts its cells and the figures that were checked', () => {
    expect(suiteOf(run)).toMatchObject({
      '@name': 'lab1/lab1.ipynb',
      '@tests': '6',
      '@failures': '1',
      '@errors': '1',
      '@skipped': '1',
      '@time': '1.500',
    });
  });

  test('names a cell by its number and first line, in the package of its notebook', () => {
    const [first] = suiteOf(run).testcase as object[];
    expect(first).toEqual({ '@classname': 'lab1.lab1', '@name': 'cell 1: a < 1 && "b"', '@time': '1.234' });
  });

  test('says why a cell failed, without colours or characters that XML forbids', () => {
    const [, second] = suiteOf(run).testcase as { error: object }[];
    expect(second!.error).toEqual({
      '@type': 'E',
      '@message': '<no>',
      '#': expect.stringMatching(/^lab1\/lab1\.ipynb: cell 2 [^]*1 \| throw[^]*E: <no>\ufffd$/),
    });
  });

  test('says which figure missed its threshold', () => {
    expect((suiteOf(run).testcase as object[]).slice(2)).toMatchObject([
      { '@name': 'cell 3: d', skipped: '' },
      { '@name': 'cell 4: e' },
      { '@name': 'R²', failure: { '@message': 'R²: 0.5 (threshold 0.8)' } },
      { '@name': 'accuracy' },
    ]);
  });

  test('has a case for a run that ended before its first cell', () => {
    const early = { ...run, cells: [], results: [], error: new KernelStartError('no kernel') };
    expect(suiteOf(early)).toMatchObject({
      '@errors': '1',
      testcase: { '@name': 'the run', error: { '@type': 'KernelStartError', '@message': 'no kernel' } },
    });
  });
});
