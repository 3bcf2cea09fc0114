import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatNotebook, type Notebook } from 'labmill/notebook';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { aTestNotebook, type TestNotebook } from '../../../support/test-notebook.ts';

/** Returns a notebook in a folder that has the given files. */
function inFolderWith(files: Readonly<Record<string, string>>): { notebook: TestNotebook; folder: string } {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { notebook: aTestNotebook(folder), folder };
}

/** Returns the text of a notebook file with code cells. */
function notebookOf(
  cells: ReadonlyArray<{ source: string; tags?: readonly string[] }>,
  language = 'typescript',
): string {
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'labmill', display_name: '', language } },
    cells: [
      { cell_type: 'markdown', id: 'm', metadata: {}, source: '# Title' },
      ...cells.map(({ source, tags = [] }, index) => ({
        cell_type: 'code' as const,
        id: `c${index}`,
        metadata: { tags },
        source,
        execution_count: null,
        outputs: [],
      })),
    ],
  };
  return formatNotebook(notebook);
}

describe('%run of a file', () => {
  test('leaves its names in the notebook and shows no value', async () => {
    const { notebook, folder } = inFolderWith({ 'a.ts': 'export const ran: number = 1\n!echo hi\nran' });
    const { printed, shown } = await notebook.run(`%run ${folder}/a.ts`);
    expect([printed, shown]).toEqual(['hi\n', undefined]);
    expect(await notebook.show('ran + 1')).toBe('2');
  });

  test('sees the names of the notebook, and what follows in the cell sees its own', async () => {
    const { notebook, folder } = inFolderWith({ 'a.ts': 'const fromFile = fromCell * 2' });
    expect(await notebook.show(`const fromCell = 4\n%run ${folder}/a.ts\nfromFile`)).toBe('8');
  });

  test('has its imports, `require` and `import.meta` relative to its own folder', async () => {
    const { notebook, folder } = inFolderWith({
      'deep/a.ts': "import { b } from './b.ts'\nconst got = [b, require('./c.cjs').c, import.meta.dirname]",
      'deep/b.ts': 'export const b = 1',
      'deep/c.cjs': 'exports.c = 2',
    });
    expect(await notebook.show(`%run ${folder}/deep/a.ts\ngot`)).toBe(`[ 1, 2, '${folder}/deep' ]`);
    expect(await notebook.show('typeof globalThis.require')).toBe("'undefined'");
  });

  test('passes arguments, also such with spaces, and takes them back', async () => {
    const { notebook, folder } = inFolderWith({ 'a b.ts': 'const args = process.argv.slice(1)' });
    expect(await notebook.show(`%run "${folder}/a b.ts" one "two three"\nargs`)).toBe(
      `[ '${folder}/a b.ts', 'one', 'two three' ]`,
    );
    expect(await notebook.show('process.argv.includes("one")')).toBe('false');
  });

  test('may await, use magics and begin with `#!` and a byte order mark', async () => {
    const { notebook, folder } = inFolderWith({
      'a.ts': '\uFEFF#!/usr/bin/env node\n!echo command\nconst later = await 5',
    });
    expect((await notebook.run(`%run ${folder}/a.ts`)).printed).toBe('command\n');
    expect(await notebook.show('later')).toBe('5');
  });

  test('runs an edited file and what it imports anew', async () => {
    const { notebook, folder } = inFolderWith({ 'a.ts': "import { b } from './b.ts'", 'b.ts': 'export const b = 1' });
    await notebook.run(`%run ${folder}/a.ts`);
    writeFileSync(join(folder, 'b.ts'), 'export const b = 2');
    expect(await notebook.show(`%run ${folder}/a.ts\nb`)).toBe('2');
  });

  test('that fails keeps the names before the failure, and takes the others back', async () => {
    const { notebook, folder } = inFolderWith({ 'a.ts': 'const before = 1\nthrow new Error("no")\nconst after = 2' });
    expect(await notebook.show(`%run ${folder}/a.ts`)).toBe('Error: no');
    expect(await notebook.show('[typeof before, typeof after]')).toBe("[ 'number', 'undefined' ]");
  });

  test('names the place of a syntax error', async () => {
    const { notebook, folder } = inFolderWith({ 'a.ts': '1\nlet x = ;' });
    const { outcome } = await notebook.run(`%run ${folder}/a.ts`);
    expect(outcome).toMatchObject({ failure: { name: 'SyntaxError', stack: expect.stringContaining(`a.ts:2:9`) } });
  });

  test.each([
    ['%run', 'UsageError: %run: expected a file: %run file.ts | notebook.ipynb [arguments]'],
    ['%run /no/such.ts', 'UsageError: %run: there is no file "/no/such.ts"'],
  ])('%j is refused', async (cell, error) => {
    expect(await aTestNotebook().show(cell)).toBe(error);
  });
});

describe('%run of a notebook', () => {
  test('runs its code cells in order, with their magics, and leaves out what is to be skipped', async () => {
    const { notebook, folder } = inFolderWith({
      'n.ipynb': notebookOf([
        { source: 'let total = 1' },
        { source: 'throw new Error("skipped")', tags: ['skip-execution'] },
        { source: 'total += 10\n!echo {total}' },
        { source: '%%time\ntotal *= 2' },
      ]),
    });
    const { printed, error } = await notebook.run(`%run ${folder}/n.ipynb`);
    expect(error).toBeUndefined();
    expect(printed).toMatch(/^11\nWall time: /);
    expect(await notebook.show('total')).toBe('22');
  });

  test('stops at the cell that fails and names it', async () => {
    const { notebook, folder } = inFolderWith({
      'n.ipynb': notebookOf([{ source: 'const reached = 1' }, { source: '\nfail()' }]),
    });
    const { outcome } = await notebook.run(`%run ${folder}/n.ipynb`);
    expect(outcome).toMatchObject({ failure: { stack: expect.stringContaining('n.ipynb, cell 3:2:1') } });
    expect(await notebook.show('reached')).toBe('1');
  });

  test.each([
    ['in another language', notebookOf([], 'python'), 'NotebookLanguageError: '],
    ['that is none', '[]', 'NotebookFormatError: '],
  ])('%s is refused', async (_what, text, error) => {
    const { notebook, folder } = inFolderWith({ 'n.ipynb': text });
    expect(await notebook.show(`%run ${folder}/n.ipynb`)).toContain(error);
  });
});

test('an interrupt ends what %run runs', async () => {
  const { notebook, folder } = inFolderWith({ 'a.ts': 'await new Promise(() => {})\nglobalThis.wentOn = true' });
  const running = notebook.run(`%run ${folder}/a.ts`);
  await new Promise(setImmediate);
  notebook.session.interrupt();
  expect((await running).error).toBe('KeyboardInterrupt: the cell was interrupted');
  expect(await notebook.show('typeof wentOn')).toBe("'undefined'");
});
