import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const python = inject('python');
const root = fileURLToPath(new URL('../..', import.meta.url));
const dataFolder = mkdtempSync(join(tmpdir(), 'labmill-jupyter-'));
const env = { ...process.env, JUPYTER_DATA_DIR: dataFolder };

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
  const cli = join(root, 'dist/cli/main.js');
  expect(spawnSync(process.execPath, [cli, 'kernel', 'install', '--user'], { env }).status).toBe(0);
  report = spawnSync(python, [join(root, 'tests/interop/kernel_protocol.py')], { env, encoding: 'utf8' }).stderr;
});

afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

test.skipIf(python === null).each(METHODS)("jupyter_kernel_test's test_%s passes", (method) => {
  expect(report).toMatch(new RegExp(`^test_${method} \\(.*\\) \\.\\.\\. ok$`, 'm'));
});
