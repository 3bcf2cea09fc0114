import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { allRun, command, type Lab, startLab } from '../support/jupyterlab.ts';

const python = inject('python');
const root = fileURLToPath(new URL('../..', import.meta.url));
/** Copies in the repository (for `labmill/…` to resolve) that a front end may save over. */
const scratch = 'out/e2e';
/** Screenshots to look at. */
const pictures = join(root, 'reports/e2e');

let lab: Lab;

describe.skipIf(python === null)('JupyterLab 4 in Chromium', () => {
  beforeAll(async () => {
    rmSync(join(root, scratch), { recursive: true, force: true });
    mkdirSync(pictures, { recursive: true });
    for (const folder of ['lab1', 'lab5', 'tests/fixtures/jupyterlab']) {
      const skipped = join(root, folder, 'out');
      cpSync(join(root, folder), join(root, scratch, folder), { recursive: true, filter: (file) => file !== skipped });
    }
    lab = await startLab(python!);
  });

  afterAll(() => lab?.close());

  test.each(['lab1/lab1.ipynb', 'lab5/lab5.ipynb'])('%s runs from top to bottom', async (notebook) => {
    const page = await lab.open(`${scratch}/${notebook}`);
    await command(page, 'notebook:run-all-cells');
    await allRun(page, 90_000);
    await page.screenshot({ path: join(pictures, `${dirname(notebook)}.png`) });

    const outputs = page.locator('.jp-OutputArea-output');
    expect(await outputs.locator('[data-mime-type="application/vnd.jupyter.error"]').count()).toBe(0);
    expect(await page.locator('.jp-OutputArea svg, .jp-OutputArea img').count()).toBeGreaterThan(1);
    await page.close();
  });

  test('the interrupt button ends a loop, and the next cell runs', async () => {
    const page = await lab.open(`${scratch}/tests/fixtures/jupyterlab/endless-loop.ipynb`);
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
