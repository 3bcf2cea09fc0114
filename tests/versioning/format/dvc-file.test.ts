import { describe, expect, test } from 'vitest';
import { type DvcFile, formatDvcFile, parseDvcFile } from '../../../src/versioning/format/dvc-file.ts';
import { dvcFormats } from '../../support/dvc-formats.ts';

const foo = 'acbd18db4cc2f85cedef654fccc4a4d8';
const out = `outs:\n- md5: ${foo}\n  size: 3\n  hash: md5\n`;
const refused = (message: string) =>
  expect.objectContaining({ code: 'ERR_DATA_FORMAT', message: expect.stringMatching(`^a\\.dvc[^]*${message}`) });

describe('formatDvcFile', () => {
  test.each(dvcFormats.added)('writes the file of $name to the byte as dvc add', ({ name, file, directory }) => {
    const content = { md5: foo, size: 3, isexec: true, hash: 'md5', path: name };
    expect(formatDvcFile({ outs: [content] })).toBe(file);
    expect(formatDvcFile(parseDvcFile(directory, 'folder.dvc'))).toBe(directory);
  });

  test('writes the keys in the order of DVC, whatever order they came in', () => {
    const outs = [{ path: 'x', push: false, desc: 'mine', hash: 'md5', size: 1, md5: foo }];
    expect(formatDvcFile({ meta: { by: ['me'] }, outs, frozen: true })).toBe(
      `frozen: true\nouts:\n- md5: ${foo}\n  size: 1\n  hash: md5\n  path: x\n  desc: mine\n  push: false\nmeta:\n  by:\n  - me\n`,
    );
  });
});

describe('parseDvcFile', () => {
  test.each(dvcFormats.added)('reads what dvc add wrote for $name', ({ name, file }) => {
    expect(parseDvcFile(file, 'a.dvc')).toEqual({
      outs: [{ md5: foo, size: 3, isexec: true, hash: 'md5', path: name }],
    });
  });

  test('reads the same from the usual layout and from any other', () => {
    const usual = parseDvcFile(`${out}  path: data/x.csv\n`, 'a.dvc');
    const other = parseDvcFile(`# mine\nouts: [{path: data/x.csv, hash: md5, "size": 3, md5: ${foo}}]\n`, 'a.dvc');
    expect(usual).toEqual({ outs: [{ md5: foo, size: 3, hash: 'md5', path: 'data/x.csv' }] });
    expect(other).toEqual(usual);
  });

  test('reads an import, and a file without outputs', () => {
    const text = `md5: ${foo}\nfrozen: true\ndeps:\n- path: x\n  repo:\n    url: https://example.com\n${out}  path: x\n`;
    expect(parseDvcFile(text, 'a.dvc')).toMatchObject({ frozen: true, deps: [{ path: 'x' }], outs: [{ path: 'x' }] });
    expect(parseDvcFile('desc: none yet\n', 'a.dvc')).toEqual({ desc: 'none yet', outs: [] } satisfies DvcFile);
  });

  test.each([
    ['an empty file', '', 'expected a YAML mapping, got an empty file'],
    ['a list', '- a\n', 'expected a YAML mapping'],
    ['no YAML', 'outs: [\n', 'damaged: '],
    ['a merge conflict', `<<<<<<< HEAD\n${out}=======\n`, ''],
    ['an unknown key', 'stages: {}\n', 'expected a key that DVC knows, got "stages"'],
    ['an unknown key of an output', `${out}  path: x\n  owner: me\n`, 'outs\\[0\\]: .* got "owner"'],
    ['__proto__', '__proto__: {x: 1}\n', 'got "__proto__"'],
    ['another type', 'outs: x\n', 'expected a list of mappings as "outs"'],
    ['a size in words', `outs:\n- size: many\n  path: x\n`, 'expected a whole number as "size"'],
    ['a size below zero', `outs:\n- size: -1\n  path: x\n`, 'expected a whole number as "size"'],
    ['no path', out, 'expected a path, got none'],
    ['a number as path', `${out}  path: 12\n`, 'expected text as "path"'],
    ['a way out', `${out}  path: ../x\n`, 'it leads out'],
    ['an absolute path', `${out}  path: /etc/passwd\n`, 'it is absolute'],
    ['a git hook', `${out}  path: .git/hooks/x\n`, 'not for data'],
    ['a wrong hash', 'outs:\n- md5: abc\n  path: x\n', 'expected an md5'],
    ['a path twice', `${out}  path: x\n${out.slice(6)}  path: x\n`, 'the same path is there twice'],
    ['a key twice', 'desc: a\ndesc: b\n', '"desc" is there twice'],
    ['a key twice below', `${out}  path: x\n  md5: ${foo}\n`, '"md5" is there twice'],
    ['a tag', 'meta: !!js/function "x"\nouts: !evil 1\n', ''],
  ])('refuses %s', (_what, text, message) => {
    expect(() => parseDvcFile(text, 'a.dvc')).toThrow(refused(message));
  });

  test.each([
    ['aliases that multiply', bomb(30), 'alias'],
    ['a depth of 50,000', `meta: ${'['.repeat(5e4)}`, 'damaged: '],
    ['20,000 times the same key', `meta:\n${'  a: 1\n'.repeat(2e4)}`, 'there twice'],
    ['a million characters', `desc: ${'x'.repeat(1e6)}\n`, 'expected at most 500000 characters'],
  ])('refuses %s within seconds', { timeout: 10_000 }, (_what, text, message) => {
    expect(() => parseDvcFile(text, 'a.dvc')).toThrow(refused(message));
  });
});

/** Lines of which each stands for nine of the one before. */
function bomb(levels: number): string {
  const lines = Array.from({ length: levels }, (_, i) => `  l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`);
  return `meta:\n  l0: &l0 x\n${lines.join('\n')}\n`;
}
