import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { jupyterHome, nbconvert, root } from '../support/jupyter.ts';

const python = inject('python');
const home = jupyterHome();
const project = join(home.folder, 'my project');

describe.skipIf(python === null)('a project with a labmill of its own', () => {
  beforeAll(() => {
    const installed = join(project, 'node_modules/labmill');
    cpSync(join(root, 'dist'), join(installed, 'dist'), { recursive: true });
    copyFileSync(join(root, 'package.json'), join(installed, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'), 'junction');
    copyFileSync(join(root, 'tests/fixtures/neighbours/rate.ipynb'), join(project, 'rate.ipynb'));
  });

  afterAll(() => home[Symbol.dispose]());

  test('has a kernel of its own', () => {
    const cli = join(project, 'node_modules/labmill/dist/cli/main.js');
    const options = { cwd: project, env: home.env, encoding: 'utf8' } as const;
    const { stdout } = spawnSync(process.execPath, [cli, 'kernel', 'install', '--name', 'my-project'], options);
    expect(stdout).toContain('The kernel "TypeScript (my-project)" is installed in');
    const spec = readFileSync(join(home.folder, 'data/kernels/my-project/kernel.json'), 'utf8');
    expect(spec).toContain(JSON.stringify(join(project, 'node_modules/labmill/dist/kernel/main.js')));
  });

  test('runs notebooks with it, also where the path has a blank', () => {
    const notebook = join(project, 'rate.ipynb');
    const flag = '--ExecutePreprocessor.kernel_name=my-project';
    const { status, stderr } = nbconvert(python!, notebook, home, flag);
    expect(status, stderr).toBe(0);
    expect(readFileSync(notebook, 'utf8')).toContain('the rate is 0.1');
  });
});
