import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aTestNotebook } from '../../support/test-notebook.ts';

/** Works in a fresh folder until the test ends. */
function inFolder(): string {
  const before = process.cwd();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'labmill-test-')));
  process.chdir(folder);
  onTestFinished(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

describe('!command', () => {
  test('prints what the command prints, on both streams', async () => {
    const notebook = aTestNotebook();
    await notebook.run('!echo out; echo err >&2');
    const streams = notebook.posted.flatMap((message) =>
      message.type === 'stream' ? [[message.name, message.text]] : [],
    );
    expect(Object.fromEntries(streams)).toEqual({ stdout: 'out\n', stderr: 'err\n' });
  });

  test('keeps the exit code and shows one that is not 0', async () => {
    const notebook = aTestNotebook();
    expect((await notebook.run('!exit 3')).printed).toBe('[exit code: 3]\n');
    expect(await notebook.show('_exitCode')).toBe('3');
    expect(await notebook.show('!true', '_exitCode')).toBe('0');
  });

  test('puts values in, and leaves what has none', async () => {
    const notebook = aTestNotebook();
    const { printed } = await notebook.run('const file = "a b"\n!echo "{file}" {1 + 1} {nothing} $((1 + 2))');
    expect(printed).toBe('a b 2 {nothing} 3\n');
  });

  test('runs in a loop', async () => {
    expect((await aTestNotebook().run('for (const n of [1, 2]) {\n  !echo {n}\n}')).printed).toBe('1\n2\n');
  });

  test('puts characters together that come in pieces', async () => {
    const script = `const b = Buffer.from("é"); process.stdout.write(b.subarray(0, 1)); setTimeout(() => process.stdout.write(b.subarray(1)), 50)`;
    const { printed } = await aTestNotebook().run(`!"{process.execPath}" -e '${script}'`);
    expect(printed).toBe('é');
  });
});

describe('%cd', () => {
  test('changes the folder for code and commands alike', async () => {
    const folder = inFolder();
    const { printed } = await aTestNotebook().run('%cd ..\n!pwd\nconsole');
    expect(printed).toBe(`${join(folder, '..')}\n`.repeat(2));
    expect(process.cwd()).toBe(join(folder, '..'));
  });

  test('refuses what is no folder', async () => {
    expect(await aTestNotebook().show('%cd /no/such/folder')).toBe(
      'UsageError: %cd: "/no/such/folder" is not a folder',
    );
  });
});

describe('%env', () => {
  test('sets, reads and lists the variables of commands', async () => {
    onTestFinished(() => void delete process.env['LABMILL_TEST']);
    const notebook = aTestNotebook();
    expect((await notebook.run('%env LABMILL_TEST=a b\n!echo $LABMILL_TEST')).printed).toBe(
      'env: LABMILL_TEST=a b\na b\n',
    );
    expect(await notebook.show('%env LABMILL_TEST')).toBe("'a b'");
    expect(await notebook.show('%env')).toContain("LABMILL_TEST: 'a b'");
  });

  test('refuses a variable that is not there', async () => {
    expect(await aTestNotebook().show('%env LABMILL_NOTHING')).toContain('no environment variable "LABMILL_NOTHING"');
  });
});

describe('%%writefile', () => {
  test('writes, overwrites and appends, and ends files with a line break', async () => {
    const folder = inFolder();
    const notebook = aTestNotebook();
    const printed = [];
    for (const cell of ['%%writefile a.txt\nzero', '%%writefile a.txt\none\n', '%%writefile -a a.txt\ntwo'])
      printed.push((await notebook.run(cell)).printed);
    expect(printed).toEqual(['Writing a.txt\n', 'Overwriting a.txt\n', 'Appending to a.txt\n']);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one\ntwo\n');
  });

  test.each([
    ['a quoted name', '%%writefile "with space.txt"\n1', 'with space.txt'],
    ['a name with a folder that is not there yet', '%%writefile deep/down/b.txt\n1', 'deep/down/b.txt'],
  ])('writes %s', async (_what, cell, name) => {
    const folder = inFolder();
    await aTestNotebook().run(cell);
    expect(readFileSync(join(folder, name), 'utf8')).toBe('1\n');
  });

  test('takes the body as it is', async () => {
    const folder = inFolder();
    await aTestNotebook().run('%%writefile a.ts\n!not a command\n{x} $y `z`\n\n');
    expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe('!not a command\n{x} $y `z`\n\n');
  });

  test('wants a name', async () => {
    expect(await aTestNotebook().show('%%writefile\n1')).toContain('expected a file name');
  });

  test('fails with the reason', async () => {
    const folder = inFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(await aTestNotebook().show('%%writefile file/a.txt\n1')).toMatch(/^FileWriteError: .*could not be written/);
  });
});

describe('%%bash', () => {
  test('prints what the script prints', async () => {
    expect((await aTestNotebook().run('%%bash\nx=1\necho $((x + 1)) {a}')).printed).toBe('2 {a}\n');
  });

  test('fails the cell when the script fails', async () => {
    expect(await aTestNotebook().show('%%bash -e\nfalse\necho no')).toBe(
      'UsageError: %%bash: the script ended with exit code 1',
    );
  });
});

describe('%time', () => {
  test.each([
    ['%time 1 + 1', '2'],
    ['%%time\n3', '3'],
    ['%time const timed = 4\ntimed', '4'],
  ])('%j prints the time and shows the value', async (cell, shown) => {
    const run = await aTestNotebook().run(cell);
    expect(run.shown).toBe(shown);
    expect(run.printed).toMatch(/^Wall time: [\d.e+-]+ (µs|ms|s)\n$/);
  });

  test('%%time prints the time of a cell that fails, too', async () => {
    expect((await aTestNotebook().run('%%time\nthrow 1')).printed).toMatch(/^Wall time: /);
  });

  test('wants something to time', async () => {
    expect(await aTestNotebook().show('%time')).toContain('%time: expected a statement behind it');
  });
});

describe('magics', () => {
  test('%lsmagic lists them', async () => {
    const { printed } = await aTestNotebook().run('%lsmagic');
    expect(printed.match(/^\S+/gm)).toEqual([
      '%cd',
      '%env',
      '%lsmagic',
      '%pwd',
      '%time',
      '%%bash',
      '%%time',
      '%%writefile',
      '!command',
    ]);
  });

  test('%pwd has a value', async () => {
    const folder = inFolder();
    expect(await aTestNotebook().show('%pwd')).toBe(`'${folder}'`);
  });

  test.each([
    ['%nope', 'UsageError: there is no magic %nope; the magics are %cd, %env, %lsmagic, %pwd, %time'],
    ['%%nope\n1', 'UsageError: there is no magic %%nope; the magics are %%bash, %%time, %%writefile'],
  ])('%j is refused with a list', async (cell, error) => {
    expect(await aTestNotebook().show(cell)).toBe(error);
  });

  test('`name?` is described in the pager', async () => {
    const { outcome } = await aTestNotebook().run('const described = 5\ndescribed?');
    expect(outcome).toMatchObject({ pages: [{ 'text/plain': 'described: number\n5' }] });
  });

  test('`name?` of nothing is a mistake', async () => {
    expect(await aTestNotebook().show('nowhere.at.all?')).toBe(
      'UsageError: nowhere.at.all?: there is nothing of this name',
    );
  });
});
