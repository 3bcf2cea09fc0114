import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

const python = inject('python');
const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = join(root, 'out/nbclient');
const dataFolder = mkdtempSync(join(tmpdir(), 'labmill-jupyter-'));
const env = { ...process.env, JUPYTER_DATA_DIR: dataFolder };

describe.skipIf(python === null)('jupyter nbconvert --execute', () => {
  beforeAll(() => {
    rmSync(scratch, { recursive: true, force: true });
    const cli = join(root, 'dist/cli/main.js');
    expect(spawnSync(process.execPath, [cli, 'kernel', 'install', '--user'], { env }).status).toBe(0);
  });

  afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

  test.each(['lab1', 'lab5'])('runs the notebook of %s from top to bottom', (lab) => {
    const skipped = join(root, lab, 'out');
    cpSync(join(root, lab), join(scratch, lab), { recursive: true, filter: (file) => file !== skipped });
    const notebook = join(scratch, lab, `${lab}.ipynb`);
    const args = ['-m', 'nbconvert', '--to', 'notebook', '--execute', '--inplace', notebook];
    const { status, stderr } = spawnSync(python!, args, { env, encoding: 'utf8' });

    expect(stderr).not.toContain('Traceback');
    expect(status).toBe(0);
    const validate = 'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))';
    expect(spawnSync(python!, ['-c', validate, notebook], { encoding: 'utf8' }).stderr).toBe('');
    expect(readFileSync(notebook, 'utf8')).toContain('application/vnd.labmill.result+json');
  });
});
