import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Cell, hasTag, readNotebook } from 'labmill/notebook';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { jupyterHome, nbconvert, root, scratchCopy } from '../support/jupyter.ts';
import { labs } from '../support/labs.ts';

const python = inject('python');
const home = jupyterHome();

/** Lab 5 is left out on purpose: magics are what it is about, and tslab has none. */
describe.skipIf(python === null)('stock tslab', () => {
  beforeAll(() => {
    const tslab = join(createRequire(import.meta.url).resolve('tslab/package.json'), '../bin/tslab');
    const folder = join(home.folder, 'data/kernels/tslab');
    const argv = [process.execPath, tslab, 'kernel', '--config-path={connection_file}'];
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ argv, display_name: 'tslab', language: 'typescript' }));
  });

  afterAll(() => home[Symbol.dispose]());

  test.each(labs.filter((lab) => lab !== 'lab5'))(
    'runs the notebook of %s unchanged, and measures the same',
    async (lab) => {
      const path = join(scratchCopy(lab, 'tslab'), `${lab}.ipynb`);
      const { status, stderr } = nbconvert(python!, path, home, '--ExecutePreprocessor.kernel_name=tslab');

      expect(stderr).not.toContain('Traceback');
      expect(status).toBe(0);
      const [ours, theirs] = [await readNotebook(join(root, lab, `${lab}.ipynb`)), await readNotebook(path)];
      expect(theirs.notebook.cells.map(shownText)).toEqual(ours.notebook.cells.map(shownText));
    },
  );
});

/** What a cell shows as text: tslab prints a result to stdout, where we send an `execute_result`. */
function shownText(cell: Cell): string {
  if (hasTag(cell, 'nbval-ignore-output')) return '';
  const outputs = cell.cell_type === 'code' ? cell.outputs : [];
  return outputs
    .map((output) =>
      'data' in output ? `${String(output.data['text/plain'])}\n` : 'text' in output ? output.text : '',
    )
    .join('');
}
