import { stripVTControlCharacters } from 'node:util';
import type { NotebookRun } from 'labmill/runner';
import { describe, expect, test } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';
import { aNotebook } from '../support/a-notebook.ts';

const run: NotebookRun = {
  path: 'a.ipynb',
  title: 'A',
  status: 'passed',
  durationMs: 1500,
  cells: [{ index: 0, id: 'a', status: 'passed', durationMs: 1 }],
  results: [],
  warnings: ['cell 1: has no id'],
  notebook: aNotebook([]),
};
const finished = '✓ a.ipynb  passed, 1 of 1 cells in 1.5 s\n  warning: a.ipynb: cell 1: has no id\n';

function writtenFor(terminal: { isTTY?: boolean; columns?: number }): string[] {
  const written: string[] = [];
  using progress = createProgress((text) => written.push(text), terminal);
  progress.onEvent({ type: 'notebook-start', path: 'a.ipynb', cellCount: 2 });
  progress.onEvent({ type: 'cell-start', path: 'a.ipynb', index: 0, source: '\nconst\x1ba = 1;\nmore' });
  progress.onEvent({ type: 'cell-end', path: 'a.ipynb', cell: run.cells[0]! });
  progress.onEvent({ type: 'notebook-end', path: 'a.ipynb', run });
  return written;
}

describe('createProgress', () => {
  test('prints one line for a finished notebook where there is no terminal', () => {
    expect(writtenFor({}).map(stripVTControlCharacters)).toEqual([finished]);
  });

  test('moves with the cells on a terminal', () => {
    const written = writtenFor({ isTTY: true, columns: 200 });
    expect(written[0]).toMatch(/^⠋ a\.ipynb {2}╌{12} 0\/2 {2}\d+ ms {2}starting its kernel\n$/);
    expect(written[2]).toMatch(/^\x1b\[1A\x1b\[J⠋ a\.ipynb {2}━{6}╌{6} 1\/2 {2}\d+ ms {2}const a = 1;\n$/);
    expect(stripVTControlCharacters(written[3]!)).toBe(finished);
  });

  test('cuts a line that would wrap', () => {
    expect(writtenFor({ isTTY: true, columns: 20 })[0]).toHaveLength(20);
  });
});
