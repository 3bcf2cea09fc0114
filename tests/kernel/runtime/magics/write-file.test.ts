import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inFolder } from '../../../support/in-folder.ts';
import { aTestNotebook } from '../../../support/test-notebook.ts';

describe('%%writefile', () => {
  test('writes, overwrites and appends, and ends files with a line break', async () => {
    inFolder();
    const notebook = aTestNotebook();
    const printed = [];
    for (const cell of ['%%writefile a.txt\nzero', '%%writefile a.txt\none\n', '%%writefile -a a.txt\ntwo'])
      printed.push((await notebook.run(cell)).printed);
    expect(printed).toEqual(['Writing a.txt\n', 'Overwriting a.txt\n', 'Appending to a.txt\n']);
    expect(readFileSync('a.txt', 'utf8')).toBe('one\ntwo\n');
  });

  test.each([
    ['a quoted name', '%%writefile "with space.txt"\n1', 'with space.txt'],
    ['a name with a folder', '%%writefile sub/b.txt\n1', 'sub/b.txt'],
  ])('writes %s', async (_what, cell, name) => {
    const folder = inFolder();
    mkdirSync('sub');
    await aTestNotebook().run(cell);
    expect(readFileSync(join(folder, name), 'utf8')).toBe('1\n');
  });

  test('takes the body as it is', async () => {
    inFolder();
    await aTestNotebook().run('%%writefile a.ts\n!not a command\n{x} $y `z`\n\n');
    expect(readFileSync('a.ts', 'utf8')).toBe('!not a command\n{x} $y `z`\n\n');
  });

  test('keeps a script executable', async () => {
    inFolder();
    writeFileSync('run.sh', '');
    chmodSync('run.sh', 0o755);
    await aTestNotebook().run('%%writefile run.sh\n1');
    expect(statSync('run.sh').mode & 0o777).toBe(0o755);
  });

  test('writes the file that a link leads to', async () => {
    inFolder();
    writeFileSync('target', '');
    symlinkSync('target', 'link');
    await aTestNotebook().run('%%writefile link\n1');
    expect(readFileSync('target', 'utf8')).toBe('1\n');
    expect(lstatSync('link').isSymbolicLink()).toBe(true);
  });

  test.each([
    ['%%writefile\n1', 'UsageError: %%writefile: expected a file name: %%writefile [-a] name'],
    ['%%writefile -a\n1', 'UsageError: %%writefile: expected a file name: %%writefile [-a] name'],
    ['%%writefile deep/a.txt\n1', 'UsageError: %%writefile: the folder "deep" is not there; make it first'],
  ])('refuses %j', async (cell, error) => {
    inFolder();
    expect(await aTestNotebook().show(cell)).toBe(error);
  });

  test('fails with the reason', async () => {
    inFolder();
    mkdirSync('folder');
    expect(await aTestNotebook().show('%%writefile folder\n1')).toMatch(/^FileWriteError: .*could not be written/);
  });
});
