import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { root, scratchCopy } from '../support/jupyter.ts';
import { allRun, command, type Lab, startLab } from '../support/jupyterlab.ts';
import { labs } from '../support/labs.ts';

const python = inject('python');
/** Screenshots to look at. */
const pictures = join(root, 'reports/e2e');

let lab: Lab;

describe.skipIf(python === null)('JupyterLab 4 in Chromium', () => {
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    lab = await startLab(python!);
  });

  afterAll(() => lab?.close());

  const open = (folder: string, notebook: string) =>
    lab.open(join(relative(root, scratchCopy(folder, 'e2e')), notebook));

  test.each(labs)('the notebook of %s runs from top to bottom', async (name) => {
    const page = await open(name, `${name}.ipynb`);
    // The committed outputs must not pass for those of this run.
    await command(page, 'notebook:clear-all-cell-outputs');
    await page.waitForFunction(() => document.querySelector('.jp-OutputArea-output') === null);
    await command(page, 'notebook:run-all-cells');
    await allRun(page, 90_000);
    await page.screenshot({ path: join(pictures, `${name}.png`) });

    const outputs = page.locator('.jp-OutputArea-output');
    expect(await outputs.locator('[data-mime-type="application/vnd.jupyter.error"]').count()).toBe(0);
    expect(await page.locator('.jp-OutputArea svg, .jp-OutputArea img').count()).toBeGreaterThan(1);
    await page.close();
  });

  test('the interrupt button ends a loop, and the next cell runs', async () => {
    const page = await open('tests/fixtures/jupyterlab', 'endless-loop.ipynb');
    await command(page, 'notebook:run-cell-and-select-next');
    await page.waitForSelector('.jp-Notebook-ExecutionIndicator[data-status="busy"]');
    await page.getByTitle('Interrupt the kernel').click();
    await page.getByText('KeyboardInterrupt').first().waitFor();
    await command(page, 'notebook:run-cell-and-select-next');
    await page.getByText('still here').last().waitFor();
    await page.screenshot({ path: join(pictures, 'interrupt.png') });
    await page.close();
  });
});
