import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inFolder } from '../../../support/in-folder.ts';
import { aTestNotebook } from '../../../support/test-notebook.ts';

describe('%cd', () => {
  test('changes the folder for code and commands alike', async () => {
    const folder = inFolder();
    const { printed } = await aTestNotebook().run('%cd ..\n!pwd');
    expect(printed).toBe(`${join(folder, '..')}\n`.repeat(2));
    expect(process.cwd()).toBe(join(folder, '..'));
  });

  test('takes a quoted name', async () => {
    const folder = inFolder();
    mkdirSync('with space');
    await aTestNotebook().run('%cd "with space"');
    expect(process.cwd()).toBe(join(folder, 'with space'));
  });

  test.each(['%cd', '%cd ~'])('%j goes home', async (cell) => {
    inFolder();
    await aTestNotebook().run(cell);
    expect(process.cwd()).toBe(homedir());
  });

  test('- goes back', async () => {
    const folder = inFolder();
    const notebook = aTestNotebook();
    await notebook.run('%cd ..\n%cd -');
    expect(process.cwd()).toBe(folder);
  });

  test('- refuses to go back from where it began', async () => {
    const before = process.env['OLDPWD'];
    delete process.env['OLDPWD'];
    onTestFinished(() => void (process.env['OLDPWD'] = before));
    expect(await aTestNotebook().show('%cd -')).toBe('UsageError: %cd -: there is no folder before this one');
  });

  test('refuses what is no folder', async () => {
    expect(await aTestNotebook().show('%cd /no/such/folder')).toBe(
      'UsageError: %cd: "/no/such/folder" is not a folder',
    );
  });
});

test('%pwd has a value', async () => {
  const folder = inFolder();
  expect(await aTestNotebook().show('%pwd')).toBe(`'${folder}'`);
});

describe('%ls', () => {
  test('lists files, and folders with a slash', async () => {
    inFolder();
    mkdirSync('sub');
    for (const name of ['b.txt', 'a.ts', '.hidden']) writeFileSync(name, '');
    expect((await aTestNotebook().run('%ls')).printed).toBe('a.ts   b.txt  sub/\n');
  });

  test('of an empty folder prints nothing', async () => {
    inFolder();
    expect((await aTestNotebook().run('%ls')).printed).toBe('');
  });

  test('keeps lines short', async () => {
    inFolder();
    for (const letter of 'abc') writeFileSync(letter.repeat(30), '');
    const { printed } = await aTestNotebook().run('%ls');
    expect(printed).toBe(`${'a'.repeat(30)}  ${'b'.repeat(30)}\n${'c'.repeat(30)}\n`);
  });

  test.skipIf(process.platform === 'win32')('with arguments lists as the system does', async () => {
    inFolder();
    writeFileSync('.hidden', '');
    expect((await aTestNotebook().run('%ls -A')).printed).toBe('.hidden\n');
  });
});
