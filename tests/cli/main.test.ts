import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatNotebook } from 'labmill/notebook';
import { expect, test } from 'vitest';
import { aNotebook, code } from '../support/a-notebook.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

test.skipIf(process.platform === 'win32').each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('labmill run stopped by %s ends with %i and keeps what was put out', async (signal, exitCode) => {
  const folder = temporaryFolder();
  // The kernel's parent is the command: the cell sends the signal when it is well under way.
  const source = `console.log('before'); process.kill(process.ppid, '${signal}'); await new Promise(() => {});`;
  writeFileSync(join(folder, 'a.ipynb'), formatNotebook(aNotebook([code(source)])));
  const child = spawn(process.execPath, [main, 'run', 'a.ipynb'], { cwd: folder, stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([exitCode, null]);
  expect(readFileSync(join(folder, 'out/a.ipynb'), 'utf8')).toContain('"before\\n"');
});
