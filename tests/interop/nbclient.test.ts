import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { installKernel, jupyterHome, nbconvert, scratchCopy } from '../support/jupyter.ts';
import { labs } from '../support/labs.ts';

const python = inject('python');
const home = jupyterHome();

describe.skipIf(python === null)('jupyter nbconvert --execute', () => {
  beforeAll(() => installKernel(home));

  afterAll(() => home[Symbol.dispose]());

  test.each(labs)('runs the notebook of %s from top to bottom', (lab) => {
    const notebook = join(scratchCopy(lab, 'nbclient'), `${lab}.ipynb`);
    const { status, stderr } = nbconvert(python!, notebook, home);

    expect(stderr).not.toContain('Traceback');
    expect(status).toBe(0);
    const validate = 'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))';
    expect(spawnSync(python!, ['-c', validate, notebook], { encoding: 'utf8' }).stderr).toBe('');
    expect(readFileSync(notebook, 'utf8')).toContain('application/vnd.labmill.result+json');
  });
});
