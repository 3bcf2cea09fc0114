import { readParameters } from 'labmill/notebook';
import { describe, expect, test } from 'vitest';
import { aNotebook, code, tagged } from '../support/a-notebook.ts';

const read = (source: string) => readParameters(aNotebook([code('1'), tagged(source, 'parameters')]), 'a.ipynb');

describe('readParameters', () => {
  test.each([
    ['const a = 1', 'number', 1],
    ['let a = -0.5;', 'number', -0.5],
    ['var a = "x"', 'string', 'x'],
    ['const a = `x`', 'string', 'x'],
    ['export const a = true', 'boolean', true],
    ['const a = [1, [2, "x"]]', 'array', [1, [2, 'x']]],
    ['const a = { b: 1, "c": [null] } as const', 'object', { b: 1, c: [null] }],
  ])('reads %s', async (source, type, defaultValue) => {
    expect(await read(source)).toMatchObject([{ name: 'a', type, defaultValue }]);
  });

  test.each([
    'const a = f()',
    'const a = [f()]',
    'const { a } = { a: 1 }',
    'const a = null',
    'const a = `${1}`',
    'a = 1',
    'const a = /x/',
  ])('passes over %s', async (source) => {
    expect(await read(source)).toEqual([]);
  });

  test('keeps keyword and annotation', async () => {
    expect(await read('// how many\nlet n: number | undefined = 1, m = 2')).toMatchObject([
      { name: 'n', keyword: 'let', annotation: ': number | undefined' },
      { name: 'm', keyword: 'let', annotation: '' },
    ]);
  });

  test('finds none without a tagged cell', async () => {
    expect(await readParameters(aNotebook([code('const a = 1')]), 'a.ipynb')).toEqual([]);
  });

  test('refuses a cell that cannot be parsed', async () => {
    await expect(read('const = 1')).rejects.toMatchObject({
      code: 'ERR_PARAMETER',
      message: expect.stringContaining('a.ipynb: the cell tagged "parameters" cannot be read:'),
    });
  });
});
