import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { freePorts } from 'labmill/kernel';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { installKernel, jupyterHome, root } from '../support/jupyter.ts';

const python = inject('python');
const home = jupyterHome();
const notebook = join(home.folder, 'rate.ipynb');

describe.skipIf(python === null)('the kernel behind other front ends', () => {
  const bin = (name: string): string => join(dirname(python!), name);

  beforeAll(() => {
    installKernel(home);
    copyFileSync(join(root, 'tests/fixtures/neighbours/rate.ipynb'), notebook);
  });

  afterAll(() => home[Symbol.dispose]());

  test('papermill executes a notebook', () => {
    const result = join(home.folder, 'out.ipynb');
    const { status, stderr } = spawnSync(bin('papermill'), [notebook, result], { env: home.env, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(readFileSync(result, 'utf8')).toContain('the rate is 0.1');
  });

  // Its list of languages is closed; `labmill run --parameter` is the way.
  test('papermill has no way to write parameters in TypeScript', () => {
    const args = [notebook, join(home.folder, 'out.ipynb'), '-p', 'rate', '0.5'];
    const { stderr } = spawnSync(bin('papermill'), args, { env: home.env, encoding: 'utf8' });
    expect(stderr).toContain('No parameter translator functions specified');
  });

  test('jupyter console shows results, output, errors and questions', () => {
    const typed = ['1 + 1', 'console.log("hi")', 'throw new TypeError("no")', 'input("who? ") <- Ada'];
    const script = join(root, 'tests/interop/console.py');
    const { stdout, stderr } = spawnSync(python!, [script, ...typed], { env: home.env, encoding: 'utf8' });
    const transcript = stripVTControlCharacters(stdout);
    expect(stderr).toBe('');
    expect(transcript).toContain('Out[1]: 2');
    expect(transcript).toContain('hi');
    expect(transcript).toContain('--> 1 | throw new TypeError("no")');
    expect(transcript).toContain("Out[4]: 'Ada'");
  });

  test('Voilà serves a notebook as a page', async () => {
    const [port] = await freePorts(1);
    const args = ['--no-browser', `--port=${port}`, '--Voila.ip=127.0.0.1', notebook];
    const voila = spawn(bin('voila'), args, { env: home.env, stdio: 'ignore' });
    try {
      const page = await vi.waitFor(async () => (await fetch(`http://127.0.0.1:${port}/`)).text(), {
        timeout: 60_000,
        interval: 200,
      });
      expect(page).toContain('the rate is 0.1');
    } finally {
      voila.kill();
      await once(voila, 'exit');
    }
  });
});
