import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { root, scratchCopy } from '../support/jupyter.ts';
import {
  busy,
  type FrontEnd,
  outputOf,
  photograph,
  pictures,
  runAll,
  runCell,
  startFrontEnd,
  writeCells,
} from '../support/jupyterlab.ts';

const python = inject('python');

let notebook: FrontEnd;

describe.skipIf(python === null)('Jupyter Notebook 7 in Chromium', () => {
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    notebook = await startFrontEnd(python!, 'notebook');
  });

  afterEach(({ task }) => notebook.closePages(task.result?.state === 'fail' ? task.name : undefined));

  afterAll(() => notebook?.close());

  test('every kind of value shows itself', async () => {
    const folder = relative(root, scratchCopy('tests/fixtures/jupyterlab', 'e2e'));
    const page = await notebook.open(join(folder, 'rich-display.ipynb'));
    await page.setViewportSize({ width: 1100, height: 3000 });
    await runAll(page);
    await photograph(page, 'notebook-rich-display');
    const kinds = ['table', 'mjx-container', 'svg', 'img', '.jp-RenderedJSON', '.vega-embed', 'progress'];
    const counts = await Promise.all(kinds.map((kind) => page.locator('.jp-OutputArea').locator(kind).count()));
    expect(counts).not.toContain(0);
  });

  test('the interrupt button ends a loop, and the next cell runs', async () => {
    const page = await notebook.open(writeCells('notebook-interrupt', 'while (true) {}', '6 * 7'));
    await runCell(page, 0);
    await busy(page);
    await page.getByTitle('Interrupt the kernel').click();
    await outputOf(page, 0).getByText('KeyboardInterrupt').first().waitFor();
    await runCell(page, 1);
    await outputOf(page, 1).getByText('42', { exact: true }).waitFor();
    await photograph(page, 'notebook-interrupt');
  });

  test('a question shows a box for its answer', async () => {
    const page = await notebook.open(writeCells('notebook-input', "input('who? ')"));
    await runCell(page, 0);
    await page.locator('.jp-Stdin-input').fill('Ada');
    await page.locator('.jp-Stdin-input').press('Enter');
    await outputOf(page, 0).getByText("'Ada'").waitFor();
    await photograph(page, 'notebook-input');
  });
});
