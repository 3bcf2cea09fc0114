import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { formatNotebook, parseNotebook, writeNotebook } from 'labmill/notebook';
import { describe, expect, test } from 'vitest';
import { aNotebook, code } from '../support/a-notebook.ts';

describe('formatNotebook', () => {
  // The file was written by Python's nbformat; tests/fixtures/written-by-nbformat.py makes it, its metadata names the version.
  test('writes a notebook that nbformat wrote back byte for byte', () => {
    const text = readFileSync(new URL('../fixtures/notebooks/written-by-nbformat.ipynb', import.meta.url), 'utf8');
    expect(formatNotebook(parseNotebook(text, 'a.ipynb').notebook)).toBe(text);
  });

  test('undoes parseNotebook for any source, stream text and metadata', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, fc.dictionary(text, fc.jsonValue()), (source, output, metadata) => {
        const cell = code(source, { metadata, outputs: [{ output_type: 'stream', name: 'stdout', text: output }] });
        const written = formatNotebook(aNotebook([cell]));
        expect(formatNotebook(parseNotebook(written, 'a.ipynb').notebook)).toBe(written);
      }),
    );
  });

  // Python: json.dumps([1e-05, 1e-07, 0.0001, 1e22, 1e16])
  test('spells small fractions as Python does', () => {
    const written = formatNotebook(aNotebook([], { metadata: { n: [0.00001, 1e-7, 0.0001, 1e22] } }));
    expect(written).toContain('[\n   1e-05,\n   1e-07,\n   0.0001,\n   1e+22\n  ]');
  });

  test('writes a number that was changed after reading as it is now', () => {
    const { notebook } = parseNotebook('{"nbformat":4,"nbformat_minor":5,"metadata":{"n":1.0},"cells":[]}', 'a.ipynb');
    (notebook.metadata as { n: number }).n = 2;
    expect(formatNotebook(notebook)).toContain('"n": 2\n');
  });

  test('writes no id below nbformat 4.5', () => {
    const written = formatNotebook(aNotebook([code('1', { id: 'abc' })], { nbformat_minor: 4 }));
    expect(written).not.toContain('"id"');
  });
});

describe('writeNotebook', () => {
  test('writes the file and leaves nothing else behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
    writeNotebook(join(folder, 'a.ipynb'), aNotebook([]));
    expect(readdirSync(folder)).toEqual(['a.ipynb']);
  });

  test('names a file that cannot be written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
    expect(() => writeNotebook(folder, aNotebook([]))).toThrow(
      expect.objectContaining({ code: 'ERR_FILE_WRITE', message: expect.stringContaining(folder) }),
    );
  });
});
