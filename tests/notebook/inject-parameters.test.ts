import { injectParameters } from 'labmill/notebook';
import { describe, expect, test } from 'vitest';
import { aNotebook, code, tagged } from '../support/a-notebook.ts';

const defaults = tagged('const days = 365;\nlet name: string = "a"; const on = false; const list = [1]', 'parameters');
const notebook = aNotebook([code('first', { id: 'first' }), defaults, code('last', { id: 'last' })]);

describe('injectParameters', () => {
  test('declares the values anew in a cell after the tagged one', async () => {
    const { cells } = await injectParameters(notebook, { days: 7, name: 'b"' }, 'a.ipynb');
    expect(cells.map((cell) => cell.source).toSpliced(1, 1)).toEqual([
      'first',
      '// Parameters\nconst days = 7;\nlet name: string = "b\\"";',
      'last',
    ]);
    expect(cells[2]!.metadata).toEqual({ tags: ['injected-parameters'] });
  });

  test.each([
    ['days', '7.5', 'const days = 7.5;'],
    ['days', '-1e3', 'const days = -1000;'],
    ['on', 'true', 'const on = true;'],
    ['name', '7', 'let name: string = "7";'],
    ['list', '[2, 3]', 'const list = [2,3];'],
  ])('reads the text of %s as the type of its default', async (name, text, declaration) => {
    const { cells } = await injectParameters(notebook, { [name]: text }, 'a.ipynb');
    expect(cells[2]!.source).toBe(`// Parameters\n${declaration}`);
  });

  test('replaces the injected cell of an earlier time', async () => {
    const once = await injectParameters(notebook, { days: 1 }, 'a.ipynb');
    expect(await injectParameters(once, { days: 2 }, 'a.ipynb')).toEqual(
      await injectParameters(notebook, { days: 2 }, ''),
    );
  });

  test('gives the cell no id below nbformat 4.5', async () => {
    const { cells } = await injectParameters({ ...notebook, nbformat_minor: 4 }, { days: 1 }, 'a.ipynb');
    expect('id' in cells[2]!).toBe(false);
  });

  test('changes nothing without values', async () => {
    expect(await injectParameters(notebook, {}, 'a.ipynb')).toBe(notebook);
  });

  test.each([
    [{ dayz: 1 }, 'a.ipynb: unknown parameter "dayz": expected one of "days", "name", "on", "list"'],
    [{ days: 'many' }, 'a.ipynb: parameter "days": expected a number like its default 365, got "many"'],
    [{ days: '' }, 'a.ipynb: parameter "days": expected a number like its default 365, got ""'],
    [{ days: 'Infinity' }, 'a.ipynb: parameter "days": expected a number like its default 365, got "Infinity"'],
    [{ on: 'yes' }, 'a.ipynb: parameter "on": expected a boolean like its default false, got "yes"'],
    [{ list: '{}' }, 'a.ipynb: parameter "list": expected an array like its default [1], got "{}"'],
    [{ name: 1 }, 'a.ipynb: parameter "name": expected a string like its default "a", got 1'],
  ])('refuses %j', async (values, message) => {
    await expect(injectParameters(notebook, values, 'a.ipynb')).rejects.toMatchObject({
      code: 'ERR_PARAMETER',
      exitCode: 2,
      message,
    });
  });

  test('says so when the notebook declares no parameters at all', async () => {
    await expect(injectParameters(aNotebook([]), { days: 1 }, 'a.ipynb')).rejects.toMatchObject({
      message: 'a.ipynb: unknown parameter "days": the notebook declares none (in a cell tagged "parameters")',
    });
  });
});
