import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDirObject, parseDirObject } from '../../../src/versioning/format/dir-object.ts';
import { dvcFormats } from '../../support/dvc-formats.ts';

const foo = 'acbd18db4cc2f85cedef654fccc4a4d8';
const listing = (...relpaths: string[]) =>
  Buffer.from(JSON.stringify(relpaths.map((relpath) => ({ md5: foo, relpath }))));

describe('formatDirObject', () => {
  test.each(dvcFormats.directories)('writes $entries.length entries to the byte as DVC', ({ entries, json, id }) => {
    const object = formatDirObject(entries);
    expect({ json: object.bytes.toString(), id: object.id }).toEqual({ json, id });
  });

  test.each(dvcFormats.added)('writes the directory with the file $name as dvc add', ({ name, object, directory }) => {
    const { bytes, id } = formatDirObject([{ relpath: name, md5: foo }]);
    expect(bytes.toString()).toBe(object);
    expect(directory).toContain(id);
  });

  test('gives back what parseDirObject reads, in whatever order the entries came', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[^/\\.:\0]{1,8}$/u), { maxLength: 20 });
    fc.assert(
      fc.property(names, (relpaths) => {
        const entries = relpaths.map((relpath) => ({ relpath, md5: foo }));
        const { bytes } = formatDirObject(entries);
        expect(new Set(parseDirObject(bytes, 'x.dir'))).toEqual(new Set(entries));
        expect(formatDirObject(entries.toReversed()).bytes).toEqual(bytes);
      }),
    );
  });
});

describe('parseDirObject', () => {
  test('reads a directory that dvc add wrote', () => {
    const { entries, json } = dvcFormats.directories.at(-1)!;
    expect(new Set(parseDirObject(Buffer.from(json), 'x.dir'))).toEqual(new Set(entries));
  });

  test.each([
    ['bytes that are no JSON', Buffer.from('[{"md5"'), 'damaged: '],
    ['bytes that are no text', Buffer.from([0x5b, 0xff, 0x5d]), 'damaged: '],
    ['another value', Buffer.from('{"a": 1}'), 'expected a list of files'],
    ['an entry without a name', Buffer.from(`[{"md5": "${foo}"}]`), 'expected a "relpath"'],
    ['an entry that is null', Buffer.from('[null]'), 'expected a "relpath"'],
    ['a wrong hash', Buffer.from('[{"relpath": "a", "md5": "../x"}]'), 'expected an md5'],
    [
      'a directory in a directory',
      Buffer.from(`[{"relpath": "a", "md5": "${foo}.dir"}]`),
      'expected the md5 of a file',
    ],
    ['a way out', listing('a', '../x'), 'it leads out'],
    ['an absolute path', listing('/etc/cron.d/x'), 'it is absolute'],
    ['a git hook', listing('.git/hooks/post-checkout'), 'not for data'],
    ['a name twice', listing('a', 'b', 'a'), '"a" is there twice'],
    ['a file that is a folder', listing('a/b/c', 'a'), '"a" is both a file and a folder'],
    ['a file that is a folder, the other way round', listing('a/b', 'a/b/c/d'), '"a/b" is both'],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => parseDirObject(bytes, 'x.dir')).toThrow(
      expect.objectContaining({ code: 'ERR_DATA_FORMAT', message: expect.stringMatching(`^x\\.dir.*${message}`) }),
    );
  });

  test('takes a file named __proto__ for a file', () => {
    expect(parseDirObject(listing('__proto__'), 'x.dir')).toEqual([{ relpath: '__proto__', md5: foo }]);
  });

  test('refuses an object that is larger than it may be', () => {
    expect(() => parseDirObject(listing('a'), 'x.dir', { maxBytes: 10 })).toThrow(
      'x.dir: expected at most 10 bytes, got',
    );
  });
});
