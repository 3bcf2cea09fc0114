import type { NotebookRun } from 'labmill/runner';
import { describe, expect, test } from 'vitest';
import { cellError } from '../../../src/runner/cell-failure.ts';
import { indexReport } from '../../../src/runner/report/index-report.ts';
import { notebookReport } from '../../../src/runner/report/notebook-report.ts';
import { aNotebook, code, prose } from '../../support/a-notebook.ts';

const error = cellError({ notebook: 'a.ipynb', index: 1, id: 'c' }, 'f("</pre>")', { ename: 'E', evalue: '<e>' });
const run: NotebookRun = {
  path: 'a.ipynb',
  title: '<A>',
  status: 'failed',
  durationMs: 1500,
  warnings: ['cell 1: has no id'],
  cells: [
    { index: 1, id: 'c', status: 'failed', durationMs: 40 },
    { index: 2, id: 'd', status: 'not-run', durationMs: 0 },
  ],
  results: [{ measure: 'R²', value: 0.9, passed: true, cellIndex: 1 }],
  error,
  notebook: aNotebook([
    prose('# Title\n<script>alert(1)</script>'),
    code('f("</pre>")', {
      execution_count: 7,
      metadata: { execution: { 'iopub.status.busy': '2026-01-02T03:04:05Z' } },
    }),
    code('g()'),
  ]),
};

describe('notebookReport', () => {
  test('is one file without scripts, and forbids them', async () => {
    const report = await notebookReport(run);
    expect(report).toContain(`content="default-src &#39;none&#39;; img-src data:;`);
    expect(report).not.toMatch(/<script|<link|<iframe|https?:/i);
  });

  test('shows prose, code, counts and times', async () => {
    const report = await notebookReport(run);
    expect(report).toContain('<h1>Title</h1>');
    expect(report).toContain('[7]<div class="took">40 ms</div>');
    expect(report).toContain('started 2026-01-02 03:04 UTC');
    expect(report).toContain('<title>&lt;A&gt;</title>');
  });

  test('says why a run ended early and leads to the cell', async () => {
    const report = await notebookReport(run);
    expect(report).toContain('<p class="what">E: &lt;e&gt;</p>');
    expect(report).toContain('a.ipynb, <a href="#cell-2">cell 2</a>');
    expect(report).toContain('f(&quot;&lt;/pre&gt;&quot;)');
    expect(report).toMatch(/class="cell bad" id="cell-2"/);
    expect(report).toMatch(/class="cell idle" id="cell-3"/);
  });

  test('shows what was measured and what was mended', async () => {
    const report = await notebookReport(run);
    expect(report).toContain('What was measured');
    expect(report).toContain('<p class="warning">cell 1: has no id</p>');
  });
});

describe('indexReport', () => {
  test('links each notebook and each failing cell to its report', () => {
    const page = indexReport([run, { ...run, path: 'b.ipynb' }], 3000, (path) => path.replace('ipynb', 'html'));
    expect(page).toContain('<a href="b.html">b.ipynb</a>');
    expect(page).toContain('<a href="a.html#cell-2">cell 2</a>');
    expect(page).toContain('<b>0</b> of <b>2</b> held');
  });
});
