import { describe, expect, test } from 'vitest';
import { aTestNotebook } from '../../../support/test-notebook.ts';

describe('a magic that is not there', () => {
  test.each([
    ['%whod', 'there is no magic %whod; did you mean %who?'],
    ['%timit 1', 'there is no magic %timit; did you mean %timeit?'],
    ['%bash ls', 'there is no magic %bash; did you mean %%bash?'],
    ['%%writefiel a', 'there is no magic %%writefiel; did you mean %%writefile?'],
    ['%%cd ..', 'there is no magic %%cd; did you mean %cd?'],
    ['%nonsense', 'there is no magic %nonsense; %lsmagic lists the magics'],
    ['%nonsense?', 'there is no magic %nonsense; %lsmagic lists the magics'],
  ])('%j is refused with a suggestion', async (cell, message) => {
    expect(await aTestNotebook().show(cell)).toBe(`UsageError: ${message}`);
  });
});

describe('%lsmagic', () => {
  test('lists the magics', async () => {
    const shown = String(await aTestNotebook().show('%lsmagic'));
    expect(shown).toMatch(/^%cd +changes the folder/m);
    expect(shown).toMatch(/^%%writefile +writes the cell/m);
    expect(shown).toMatch(/^!command +runs a line/m);
  });
});

describe('help', () => {
  /** Returns what a cell shows in the pager. */
  async function pageOf(...cells: readonly string[]): Promise<unknown> {
    const notebook = aTestNotebook();
    await notebook.show(...cells.slice(0, -1));
    const { outcome } = await notebook.run(cells.at(-1)!);
    return outcome.status === 'ok' ? outcome.payloads : outcome;
  }
  const page = (text: unknown) => [{ source: 'page', data: { 'text/plain': text }, start: 0 }];

  test('%magic shows that of all magics, and the rules', async () => {
    expect(await pageOf('%magic')).toEqual(
      page(expect.stringMatching(/^A line is a magic only where.*^%%writefile \[-a] name\n {2}writes the cell/ms)),
    );
  });

  test.each(['%timeit?', '?%timeit'])('%j shows that of a magic', async (cell) => {
    expect(await pageOf(cell)).toEqual(
      page('%timeit [-n loops] [-r runs] statement\n  runs a statement many times and prints how long it takes\n'),
    );
  });

  test('`name?` describes what the name stands for', async () => {
    expect(await pageOf('const described = 5\ndescribed?')).toEqual(page('described: number\n5'));
  });

  test('`name??` shows the whole source of a function', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `  f(${index});`).join('\n');
    expect(await pageOf(`function long() {\n${lines}\n}`, 'long??')).toEqual(
      page(expect.stringContaining(`long() {\n${lines}\n}`)),
    );
  });

  test('`name??` shows the source of a class of a module', async () => {
    expect(await pageOf('import { Readable } from "node:stream"', 'Readable??')).toEqual(
      page(expect.stringContaining('function Readable(options) {')),
    );
  });

  test('`name?` of nothing is a mistake', async () => {
    expect(await aTestNotebook().show('nowhere.at.all?')).toBe(
      'UsageError: nowhere.at.all?: there is nothing of this name',
    );
  });
});
