import { describe, expect, test } from 'vitest';
import { updateDvcFile } from '../../../src/versioning/format/update-dvc-file.ts';
import { dvcFormats } from '../../support/dvc-formats.ts';

const md5 = '00000000000000000000000000000001';

describe('updateDvcFile', () => {
  test.each(dvcFormats.updates)('changes a file to the byte as DVC: $name', ({ before, out, after }) => {
    expect(updateDvcFile(before, 'foo.dvc', [out])).toBe(after);
  });

  test('keeps what people wrote, down to the spaces', () => {
    const text = `# mine\n\nouts:\n  -   path:   "foo"   # why\n      desc:  'raw'\n      md5: ${'a'.repeat(32)}   # old\nmeta: {a: [1.0]}`;
    expect(updateDvcFile(text, 'foo.dvc', [{ path: 'foo', md5, hash: 'md5' }])).toBe(
      text.replace('a'.repeat(32), `'${md5}'`).replace('# old\n', '# old\n      hash: md5\n'),
    );
  });

  test('keeps what an output is to its owner and drops what its content was', () => {
    const text = `outs:\n- md5: ${'a'.repeat(32)}.dir\n  nfiles: 2\n  hash: md5\n  path: foo\n  desc: raw\n  push: false\n`;
    expect(updateDvcFile(text, 'foo.dvc', [{ path: 'foo', md5, hash: 'md5' }])).toBe(
      `outs:\n- md5: '${md5}'\n  hash: md5\n  path: foo\n  desc: raw\n  push: false\n`,
    );
  });

  test('writes outputs anew in a text that is not made of blocks, and keeps the rest', () => {
    const text = `meta: {a: 1} # mine\nouts: [{path: foo, md5: ${'a'.repeat(32)}}]\n`;
    expect(updateDvcFile(text, 'foo.dvc', [{ path: 'foo', md5, size: 3 }])).toBe(
      `meta: { a: 1 } # mine\nouts:\n- path: foo\n  md5: '${md5}'\n  size: 3\n`,
    );
  });

  test('refuses what is no .dvc file', () => {
    expect(() => updateDvcFile('stages: {}', 'foo.dvc', [])).toThrow(
      expect.objectContaining({ code: 'ERR_DATA_FORMAT' }),
    );
  });
});
