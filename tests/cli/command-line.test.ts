import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatNotebook } from 'labmill/notebook';
import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { aNotebook, code, tagged } from '../support/a-notebook.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function labmill(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const exitCode = await runCommandLine(args, {
    writeOut: (text) => void (out += text),
    writeErr: (text) => void (err += text),
  });
  return { exitCode, out, err };
}

function notebookWith(source: string, metadata = {}): string[] {
  const folder = temporaryFolder();
  const path = join(folder, 'a.ipynb');
  writeFileSync(path, formatNotebook(aNotebook([tagged('const n = 1', 'parameters'), code(source)], { metadata })));
  return [path, '--output', join(folder, 'out')];
}

describe('labmill', () => {
  test('prints its help, with an example for each command', async () => {
    expect(await labmill('--help')).toMatchObject({ exitCode: 0, out: expect.stringContaining('run [options]') });
    expect(await labmill('run', '--help')).toMatchObject({ exitCode: 0, out: expect.stringContaining('Examples:') });
  });

  test.each([
    ['an unknown command', ['walk'], "unknown command 'walk'"],
    ['an unknown flag', ['run', 'a.ipynb', '--fast'], "unknown option '--fast'"],
    ['no notebook', ['run'], "missing required argument 'notebook|folder'"],
    ['a missing file', ['run', 'none.ipynb'], 'none.ipynb: expected a notebook or a folder with notebooks'],
    ['half a parameter', ['run', 'a.ipynb', '-p', 'n'], '-p: expected a name and a value'],
    ['a time-out without a unit', ['run', 'a.ipynb', '--timeout', '30'], '--timeout: expected a duration such as'],
    ['no jobs', ['run', 'a.ipynb', '--jobs', '0'], '--jobs: expected a whole number from 1 on, got "0"'],
  ])('ends with 2 for %s', async (_, args, message) => {
    expect(await labmill(...args)).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(message) });
  });

  test('ends with 2 for an unknown parameter and for another language', async () => {
    expect(await labmill('run', ...notebookWith('1'), '-p', 'm', '1')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('unknown parameter "m": expected one of "n"'),
    });
    expect(await labmill('run', ...notebookWith('1', { kernelspec: { name: 'python3' } }))).toMatchObject({
      exitCode: 2,
    });
  });
});

// These start real kernels.
describe('labmill run', () => {
  test('ends with 0 and prints table and report path when all held', async () => {
    const { exitCode, out } = await labmill('run', ...notebookWith('n + 1'), '-p', 'n', '-4');
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/│ passed[^]*Report: .*a\.html\n$/)]);
  });

  test('ends with 1 and names the cell when one failed', async () => {
    const { exitCode, err } = await labmill('run', ...notebookWith('throw new Error("no")'));
    expect([exitCode, err]).toEqual([1, expect.stringContaining('cell 2 (id "code"), line 1: Error: no')]);
  });

  const misses = `({ [Symbol.for('Jupyter.display')]: () => (
    { 'application/vnd.labmill.result+json': { measure: 'R²', value: 0.5, passed: false }, 'text/plain': '' }
  ) })`;

  test('ends with 1 when a figure did not pass, and prints it as JSON', async () => {
    const { exitCode, out } = await labmill('run', ...notebookWith(misses), '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      status: 'failed',
      notebooks: [{ results: [{ measure: 'R²', passed: false }] }],
    });
  });

  test('leaves a figure that did not pass to labmill gate, which ends with 1', async () => {
    const args = notebookWith(misses);
    const run = await labmill('run', ...args, '--allow-failed-figures', '--junit');
    const folder = args.at(-1)!;
    expect([run.exitCode, readFileSync(join(folder, 'a.xml'), 'utf8')]).toEqual([
      0,
      expect.stringContaining('<failure'),
    ]);
    const gate = await labmill('gate', folder);
    expect([gate.exitCode, gate.out]).toEqual([1, expect.stringMatching(/│ failed[^]*Report: .*index\.html\n$/)]);
  });
});
