import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseNotebook, readNotebook } from 'labmill/notebook';
import { describe, expect, test } from 'vitest';

const text = (members: object) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [], ...members });
const cell = (members: object) => ({ id: 'a', cell_type: 'markdown', metadata: {}, source: '', ...members });
const codeCell = (members: object) => cell({ cell_type: 'code', execution_count: null, outputs: [], ...members });
const output = (members: object) => text({ cells: [codeCell({ outputs: [members] })] });

describe('parseNotebook', () => {
  test('joins lines of source, streams and text, and leaves JSON and pictures alone', () => {
    const data = { 'text/plain': ['a\n', 'b'], 'application/json': ['a', 'b'], 'image/png': 'x' };
    const display = { output_type: 'display_data', data, metadata: {} };
    const { notebook } = parseNotebook(text({ cells: [codeCell({ source: ['1\n', '2'], outputs: [display] })] }), 'a');
    expect(notebook.cells[0]).toMatchObject({
      source: '1\n2',
      outputs: [{ data: { 'text/plain': 'a\nb', 'application/json': ['a', 'b'], 'image/png': 'x' } }],
    });
  });

  test('drops what must not be stored: trust and signature', () => {
    const { notebook } = parseNotebook(
      text({ metadata: { signature: 'x' }, cells: [cell({ metadata: { trusted: true, a: 1 } })] }),
      'a',
    );
    expect([notebook.metadata, notebook.cells[0]!.metadata]).toEqual([{}, { a: 1 }]);
  });

  test.each([
    ['an empty file', '', 'a.ipynb: expected a notebook (JSON), got an empty file'],
    ['half a file', '{"cells": [', 'a.ipynb: expected a notebook (JSON), got Unexpected end'],
    ['other JSON', '[1, 2]', 'a.ipynb: expected a notebook (a JSON object with "nbformat": 4), got other JSON'],
    ['nbformat 3', '{"nbformat": 3, "worksheets": []}', 'a.ipynb: expected nbformat 4, got nbformat 3. Convert it'],
    ['no cells', text({ cells: undefined }), 'a.ipynb: cells: invalid input: expected array'],
    ['a cell of no known type', text({ cells: [cell({ cell_type: 'x' })] }), 'a.ipynb: cells[0].cell_type: invalid'],
    ['a source of numbers', text({ cells: [cell({ source: 1 })] }), 'a.ipynb: cells[0].source: expected a string or'],
    ['no metadata', text({ cells: [cell({ metadata: 1 })] }), 'a.ipynb: cells[0].metadata: expected an object'],
    ['an unknown output', output({ output_type: 'x' }), 'a.ipynb: cells[0].outputs[0].output_type: invalid'],
    ['an error without a name', output({ output_type: 'error' }), 'a.ipynb: cells[0].outputs[0].ename: invalid input'],
  ])('refuses %s and says where and what', (_, given, message) => {
    expect(() => parseNotebook(given, 'a.ipynb')).toThrow(
      expect.objectContaining({ code: 'ERR_NOTEBOOK_FORMAT', exitCode: 2, message: expect.stringContaining(message) }),
    );
  });

  test('mends duplicate, missing and malformed ids with a warning each', () => {
    const ids = ['same', 'same', undefined, 'no good'];
    const { notebook, warnings } = parseNotebook(text({ cells: ids.map((id) => cell({ id, source: 'x' })) }), 'a');
    const mended = notebook.cells.map((each) => each.id);
    expect(new Set(mended).size).toBe(4);
    expect(mended[0]).toBe('same');
    expect(warnings).toEqual([
      `cell 2: has the id "same" of an earlier cell; it is "${mended[1]}" from now on`,
      `cell 3: has no id; it is "${mended[2]}" from now on`,
      `cell 4: has the id "no good", which nbformat does not allow; it is "${mended[3]}" from now on`,
    ]);
  });

  test('mends the same notebook the same way every time', () => {
    const given = text({ cells: [cell({ id: undefined })] });
    expect(parseNotebook(given, 'a')).toEqual(parseNotebook(given, 'a'));
  });

  test('drops ids below nbformat 4.5 without a warning', () => {
    const { notebook, warnings } = parseNotebook(text({ nbformat_minor: 4, cells: [cell({}), cell({})] }), 'a');
    expect([notebook.cells.some((each) => 'id' in each), warnings]).toEqual([false, []]);
  });
});

describe('readNotebook', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'labmill-test-')), 'a.ipynb');
  writeFileSync(path, text({}));

  test('reads a file', async () => {
    expect((await readNotebook(path)).notebook).toMatchObject({ nbformat: 4, cells: [] });
  });

  test('refuses a file that is larger than it may be', async () => {
    await expect(readNotebook(path, { maxBytes: 10 })).rejects.toMatchObject({
      code: 'ERR_NOTEBOOK_FORMAT',
      message: expect.stringContaining('expected a notebook of at most 10 bytes, got'),
    });
  });

  test('names a file that is not there', async () => {
    await expect(readNotebook('none.ipynb')).rejects.toMatchObject({
      code: 'ERR_FILE_READ',
      message: expect.stringContaining('none.ipynb: could not be read: ENOENT'),
    });
  });
});
