import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CodeCell, formatNotebook, type Output } from 'labmill/notebook';
import { judgeRuns } from 'labmill/runner';
import { describe, expect, test } from 'vitest';
import { aNotebook, code } from '../support/a-notebook.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const shows = (result: object): Output => ({
  output_type: 'display_data',
  data: { 'application/vnd.labmill.result+json': { measure: 'R²', value: 0.5, ...result } },
  metadata: {},
});
const fails: Output = { output_type: 'error', ename: 'E', evalue: 'no', traceback: [] };
const ran = (output: Output, ...tags: string[]): CodeCell =>
  code('f()', { execution_count: 1, outputs: [output], metadata: { tags } });
const measured = ran(shows({ passed: true }));

/** Writes executed notebooks into a fresh folder: each name has its cells. */
function folderOf(notebooks: Readonly<Record<string, readonly CodeCell[]>>): string {
  const folder = temporaryFolder();
  for (const [name, cells] of Object.entries(notebooks)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, formatNotebook(aNotebook(cells.map((cell, index) => ({ ...cell, id: `c${index}` })))));
    writeFileSync(path.replace(/ipynb$/, 'html'), '');
  }
  return folder;
}

describe('judgeRuns', () => {
  test('passes when every figure of every notebook did', async () => {
    const { status, runs } = await judgeRuns(folderOf({ 'a/a.ipynb': [measured], 'b/b.ipynb': [measured] }));
    expect([status, runs.map(({ results }) => results.length)]).toEqual(['passed', [1, 1]]);
  });

  test.each([
    ['a figure did not pass', [ran(shows({ passed: false }))]],
    ['a cell failed', [measured, ran(fails)]],
    ['a notebook has not run', [code('f()')]],
  ])('fails when %s', async (_, cells) => {
    const { status } = await judgeRuns(folderOf({ 'a.ipynb': [measured], 'b.ipynb': cells }));
    expect(status).toBe('failed');
  });

  test('does not count an error that was meant, or the old figure of a skipped cell', async () => {
    const skipped = ran(shows({ passed: false }), 'skip-execution');
    const { status, runs } = await judgeRuns(
      folderOf({ 'a.ipynb': [measured, ran(fails, 'raises-exception'), skipped] }),
    );
    expect([status, runs[0]!.cells.map((cell) => cell.status)]).toEqual([
      'passed',
      ['passed', 'expected-error', 'skipped'],
    ]);
  });

  test('names the cell that failed', async () => {
    const { runs } = await judgeRuns(folderOf({ 'a.ipynb': [measured, ran(fails)] }));
    expect(runs[0]!.error).toMatchObject({ code: 'ERR_CELL', failure: { cellIndex: 1, ename: 'E' } });
  });

  test('writes the page over all notebooks, with links to their reports', async () => {
    const folder = folderOf({ 'a/a.ipynb': [measured], 'b/b.ipynb': [measured] });
    const { reportPath } = await judgeRuns(folder);
    expect(reportPath).toBe(join(folder, 'index.html'));
    expect(readFileSync(reportPath!, 'utf8')).toMatch(/href="a\/a\.html"[^]*href="b\/b\.html"/);
  });

  test('tells how long it took from the moments that the cells note', async () => {
    const times = {
      'iopub.status.busy': '2026-01-02T03:04:05.000Z',
      'shell.execute_reply': '2026-01-02T03:04:07.500Z',
    };
    const { durationMs } = await judgeRuns(folderOf({ 'a.ipynb': [{ ...measured, metadata: { execution: times } }] }));
    expect(durationMs).toBe(2500);
  });

  test.each([
    ['no notebook', {}, 'expected a folder with notebooks'],
    ['no figure', { 'a.ipynb': [code('1')] }, 'expected executed notebooks with figures that were checked, found none'],
    ['figures that nothing was held against', { 'a.ipynb': [ran(shows({}))] }, 'found none'],
  ])('refuses a folder with %s', async (_, notebooks, message) => {
    await expect(judgeRuns(folderOf(notebooks))).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringContaining(message),
    });
  });
});
