import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { installKernel, jupyterHome, root } from '../support/jupyter.ts';

const python = inject('python');
const home = jupyterHome();

/** The methods of the suite, so that one that silently goes missing is noticed. */
const METHODS = [
  'clear_output',
  'completion',
  'display_data',
  'error',
  'execute_result',
  'execute_stderr',
  'execute_stdout',
  'history',
  'inspect',
  'is_complete',
  'kernel_info',
  'pager',
  'recv_iopub_welcome_msg',
];

let report = '';

beforeAll(() => {
  if (python === null) return;
  installKernel(home);
  const suite = join(root, 'tests/interop/kernel_protocol.py');
  report = spawnSync(python, [suite], { env: home.env, encoding: 'utf8' }).stderr;
});

afterAll(() => home[Symbol.dispose]());

test.skipIf(python === null).each(METHODS)("jupyter_kernel_test's test_%s passes", (method) => {
  expect(report).toMatch(new RegExp(`^test_${method} \\(.*\\) \\.\\.\\. ok$`, 'm'));
});
