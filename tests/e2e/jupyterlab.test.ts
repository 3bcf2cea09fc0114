import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { root, scratchCopy } from '../support/jupyter.ts';
import {
  busy,
  cellOf,
  command,
  type FrontEnd,
  outputOf,
  photograph,
  pictures,
  runAll,
  runCell,
  startFrontEnd,
  writeCells,
} from '../support/jupyterlab.ts';
import { labs } from '../support/labs.ts';

const python = inject('python');

let lab: FrontEnd;

describe.skipIf(python === null)('JupyterLab 4 in Chromium', () => {
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    lab = await startFrontEnd(python!, 'lab');
  });

  afterEach(({ task }) => lab.closePages(task.result?.state === 'fail' ? task.name : undefined));

  afterAll(() => lab?.close());

  const open = (folder: string, notebook: string) =>
    lab.open(join(relative(root, scratchCopy(folder, 'e2e')), notebook));
  const openCells = (name: string, ...sources: string[]) => lab.open(writeCells(name, ...sources));

  test.each(labs)('the notebook of %s runs from top to bottom', async (name) => {
    const page = await open(name, `${name}.ipynb`);
    // The committed outputs must not pass for those of this run.
    await command(page, 'notebook:clear-all-cell-outputs');
    await page.waitForFunction(() => document.querySelector('.jp-OutputArea-output') === null);
    await runAll(page);
    await page.screenshot({ path: join(pictures, `${name}.png`) });

    const outputs = page.locator('.jp-OutputArea-output');
    expect(await outputs.locator('[data-mime-type="application/vnd.jupyter.error"]').count()).toBe(0);
    expect(await page.locator('.jp-OutputArea svg, .jp-OutputArea img').count()).toBeGreaterThan(1);
  });

  test.each([
    ['a loop', 'while (true) {}'],
    ['an await', 'await new Promise(() => {})'],
    ['a command', '!sleep 1000'],
  ])('the interrupt button ends %s, and the next cell runs', async (what, source) => {
    const page = await openCells(`interrupt ${what}`, source, "['still', 'here'].join(' ')");
    await runCell(page, 0);
    await busy(page);
    await page.getByTitle('Interrupt the kernel').click();
    await outputOf(page, 0).getByText('KeyboardInterrupt').first().waitFor();
    await runCell(page, 1);
    await outputOf(page, 1).getByText('still here').waitFor();
    await photograph(page, `interrupt ${what}`);
  });

  test('a question shows a box for its answer', async () => {
    const page = await openCells('input', "const name = input('who? ');", '`Hello, ${name}`');
    await runCell(page, 0);
    await page.locator('.jp-Stdin-input').fill('Ada');
    await photograph(page, 'input');
    await page.locator('.jp-Stdin-input').press('Enter');
    await runCell(page, 1);
    await outputOf(page, 1).getByText('Hello, Ada').waitFor();
    expect(await outputOf(page, 0).locator('.jp-RenderedText').innerText()).toBe('who?  Ada\n');
  });

  test('the box for a password does not show it', async () => {
    const page = await openCells('password', "input('key: ', { password: true }).length");
    await runCell(page, 0);
    const box = page.locator('.jp-Stdin-input[type="password"]');
    await box.fill('secret');
    await photograph(page, 'password');
    await box.press('Enter');
    await outputOf(page, 0).getByText('6', { exact: true }).waitFor();
    expect(await outputOf(page, 0).innerText()).not.toContain('secret');
  });

  test('the interrupt button ends a question, and the next cell runs', async () => {
    const page = await openCells('input-interrupt', "input('who? ')", '6 * 7');
    await runCell(page, 0);
    await page.locator('.jp-Stdin-input').waitFor();
    await page.getByTitle('Interrupt the kernel').click();
    await outputOf(page, 0).getByText('KeyboardInterrupt').first().waitFor();
    await runCell(page, 1);
    await outputOf(page, 1).getByText('42', { exact: true }).waitFor();
    await photograph(page, 'input-interrupt');
  });

  test('the restart button forgets the names, and the next cell runs', async () => {
    const page = await openCells('restart', 'const a = 1; a', 'typeof a');
    await runCell(page, 0);
    await outputOf(page, 0).getByText('1', { exact: true }).waitFor();
    await page.getByTitle('Restart the kernel').first().click();
    await page.locator('.jp-Dialog .jp-mod-accept').click();
    await runCell(page, 1);
    await outputOf(page, 1).getByText("'undefined'").waitFor();
    await photograph(page, 'restart');
  });

  test('a kernel that dies is started again, and the next cell says what happened', async () => {
    const page = await openCells('death', '!kill -9 $PPID', '6 * 7');
    await runCell(page, 0);
    await page.locator('.jp-Dialog').getByText('died').waitFor();
    await page.locator('.jp-Dialog .jp-mod-accept').click();
    await runCell(page, 1);
    await outputOf(page, 1).getByText('42', { exact: true }).waitFor();
    await photograph(page, 'death');
    expect(await outputOf(page, 1).innerText()).toContain('The kernel before this one died while Cell [1] ran');
  });

  test('a cell that ends the kernel says so', async () => {
    const page = await openCells('abort', 'process.abort()');
    await runCell(page, 0);
    await outputOf(page, 0).getByText('process.abort() was called').waitFor();
    await page.locator('.jp-Dialog').getByText('died').waitFor();
    await photograph(page, 'abort');
  });

  test('Tab completes, and Shift-Tab tells what a name is', async () => {
    const source =
      'const measured = { width: 1, weight: 2 };\nfunction scale(x: number, by = 2) {\n  return x * by;\n}';
    const page = await openCells('complete', source, '');
    await runCell(page, 0);
    await cellOf(page, 0).getByText('[1]').waitFor();
    await cellOf(page, 1).locator('.cm-content').click();
    await page.keyboard.type('measured.w');
    await page.keyboard.press('Tab');
    await page.locator('.jp-Completer-item', { hasText: 'weight' }).waitFor();
    await photograph(page, 'complete');
    await page.keyboard.press('Enter');
    await page.keyboard.type(' + scale');
    await page.keyboard.press('Shift+Tab');
    await page.locator('.jp-Tooltip', { hasText: 'return x * by' }).waitFor();
    await photograph(page, 'inspect');
  });

  test('magics list, run commands and open the pager', async () => {
    const page = await openCells('magics', 'const rate = 0.1;', '!ls ../../tests', '%whos', '%lsmagic', 'rate?');
    await page.setViewportSize({ width: 1100, height: 1900 });
    await runAll(page);
    expect(await outputOf(page, 1).innerText()).toContain('fixtures');
    expect(await outputOf(page, 2).innerText()).toMatch(/rate\s+number\s+0\.1/);
    expect(await outputOf(page, 3).innerText()).toContain('%timeit');
    expect(await outputOf(page, 4).innerText()).toContain('number');
    await photograph(page, 'magics');
  });

  test('every kind of value shows itself', async () => {
    const page = await open('tests/fixtures/jupyterlab', 'rich-display.ipynb');
    await page.setViewportSize({ width: 1100, height: 3000 });
    await runAll(page);
    await photograph(page, 'rich-display');
    const kinds = ['table', 'mjx-container', 'svg', 'img', '.jp-RenderedJSON', '.vega-embed', 'progress'];
    const counts = await Promise.all(kinds.map((kind) => page.locator('.jp-OutputArea').locator(kind).count()));
    expect(counts).not.toContain(0);
  });
});
