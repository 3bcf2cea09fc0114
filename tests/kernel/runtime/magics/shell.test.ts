import { describe, expect, test } from 'vitest';
import { aTestNotebook, type TestNotebook } from '../../../support/test-notebook.ts';

/** Returns everything that was printed on a stream. */
function printedOn(notebook: TestNotebook, name: 'stdout' | 'stderr'): string {
  return notebook.posted
    .map((message) => (message.type === 'stream' && message.name === name ? message.text : ''))
    .join('');
}

describe('!command', () => {
  test('prints what the command prints, on both streams', async () => {
    const notebook = aTestNotebook();
    await notebook.run('!echo out; echo err >&2');
    expect(printedOn(notebook, 'stdout')).toBe('out\n');
    expect(printedOn(notebook, 'stderr')).toBe('err\n');
  });

  test('keeps the exit code and shows one that is not 0', async () => {
    const notebook = aTestNotebook();
    expect((await notebook.run('!exit 3')).printed).toBe('[exit code: 3]\n');
    expect(await notebook.show('_exitCode')).toBe('3');
    expect(await notebook.show('!true', '_exitCode')).toBe('0');
  });

  test('has the exit code that shells give a command that a signal has ended', async () => {
    expect(await aTestNotebook().show('!kill -9 $$', '_exitCode')).toBe('137');
  });

  test('puts values in, and leaves what has none', async () => {
    const notebook = aTestNotebook();
    const { printed } = await notebook.run('const file = "a b"\n!echo "{file}" {1 + 1} {nothing} $((1 + 2))');
    expect(printed).toBe('a b 2 {nothing} 3\n');
  });

  test('leaves programs of awk alone', async () => {
    const { printed } = await aTestNotebook().run(`!printf '1 2\\n3 4\\n' | awk '{n += $1} {print($2)} END {print n}'`);
    expect(printed).toBe('2\n4\n4\n');
  });

  test('runs in a loop', async () => {
    expect((await aTestNotebook().run('for (const n of [1, 2]) {\n  !echo {n}\n}')).printed).toBe('1\n2\n');
  });

  test('has an empty stdin', async () => {
    expect((await aTestNotebook().run('!cat; echo done')).printed).toBe('done\n');
  });

  test.each([
    ['!cd /tmp', '%cd /tmp'],
    ['!export A=b', '%env A=b'],
  ])('%j suggests %j', async (command, magic) => {
    expect((await aTestNotebook().run(command)).printed).toContain(`write ${magic}\n`);
  });

  test('suggests nothing for a command in another folder', async () => {
    expect((await aTestNotebook().run('!cd / && pwd')).printed).toBe('/\n');
  });
});

describe('lines = !command', () => {
  test.each([
    ['lines = !printf "a\\nb\\n"\nlines', "[ 'a', 'b' ]"],
    ['const lines = !printf "a\\r\\n\\nb"\nlines', "[ 'a', '', 'b' ]"],
    ['let lines: string[] = !printf ""\nlines', '[]'],
    ['const [first, ...rest] = !printf "a\\nb\\nc"\nrest', "[ 'b', 'c' ]"],
    ['!!echo a', "[ 'a' ]"],
  ])('%j has its lines', async (cell, shown) => {
    expect(await aTestNotebook().show(cell)).toBe(shown);
  });

  test('assigns to a name that is there, and declares one that is not', async () => {
    const notebook = aTestNotebook();
    expect(await notebook.show('let kept = 1', 'kept = !echo a', 'fresh = !echo b', '[kept, fresh]')).toBe(
      "[ [ 'a' ], [ 'b' ] ]",
    );
  });

  test('prints nothing of stdout, but stderr', async () => {
    expect((await aTestNotebook().run('const quiet = !echo a; echo b >&2')).printed).toBe('b\n');
  });

  test('keeps the exit code, and shows one that is not 0', async () => {
    const notebook = aTestNotebook();
    expect((await notebook.run('const part = !echo a; exit 4')).printed).toBe('[exit code: 4]\n');
    expect(await notebook.show('[part, _exitCode]')).toBe("[ [ 'a' ], 4 ]");
  });

  test('of a command that is not there fails: a name may have been meant', async () => {
    expect(await aTestNotebook().show('const off = !nothingOfThisName')).toBe(
      'CommandError: "nothingOfThisName": the shell knows no such command, and the notebook no such name',
    );
  });

  test('negates a name that the notebook has', async () => {
    expect(await aTestNotebook().show('const on = true', 'const off = !on\noff')).toBe('false');
  });
});
