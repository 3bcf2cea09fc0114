import { describe, expect, test } from 'vitest';
import { isDirectoryId, md5, objectPath, parseObjectId } from '../../../src/versioning/format/object-id.ts';

// "foo" and the empty text: RFC 1321's and DVC's documentation's own examples.
const foo = 'acbd18db4cc2f85cedef654fccc4a4d8';

describe('object ids', () => {
  test('are the md5 of the bytes', () => {
    expect([md5('foo'), md5(new Uint8Array())]).toEqual([foo, 'd41d8cd98f00b204e9800998ecf8427e']);
  });

  test('tell files from directories, and where DVC 3 keeps both', () => {
    expect([foo, `${foo}.dir`].map(isDirectoryId)).toEqual([false, true]);
    expect(objectPath(`${foo}.dir`)).toBe('files/md5/ac/bd18db4cc2f85cedef654fccc4a4d8.dir');
  });

  test.each([foo, `${foo}.dir`])('accept %s', (id) => {
    expect(parseObjectId(id, 'a.dvc')).toBe(id);
  });

  test.each([
    ['upper case', foo.toUpperCase()],
    ['too short', foo.slice(1)],
    ['a path', `../../${foo.slice(6)}`],
    ['another ending', `${foo}.zip`],
    ['a line break', `${foo}\n`],
    ['a number', 12],
    ['nothing', undefined],
  ])('refuse %s', (_what, id) => {
    expect(() => parseObjectId(id, 'a.dvc')).toThrow(
      expect.objectContaining({ code: 'ERR_DATA_FORMAT', message: expect.stringMatching(/^a\.dvc: expected an md5/) }),
    );
  });
});
