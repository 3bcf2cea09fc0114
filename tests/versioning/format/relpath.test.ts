import { describe, expect, test } from 'vitest';
import { checkRelpath, resolveOutPath } from '../../../src/versioning/format/relpath.ts';

describe('checkRelpath', () => {
  test.each(['a', 'a/b c/d.csv', '...', '.gitignore', 'é/😀', 'a.dvc', 'x\\y', '.git-like', '-', 'a:b'])(
    'accepts %j',
    (path) => {
      expect(checkRelpath(path, 'x.dir')).toBe(path);
    },
  );

  test.each([
    ['', 'it is empty'],
    ['../x', 'it leads out'],
    ['a/../../x', 'it leads out'],
    ['a/..', 'it leads out'],
    ['..\\x', 'it leads out'],
    ['a/.. /x', 'it leads out'],
    ['/etc/passwd', 'it is absolute'],
    ['\\\\server\\x', 'it is absolute'],
    ['C:\\x', 'it is absolute'],
    ['a//b', 'empty part'],
    ['./a', 'empty part'],
    ['a/', 'empty part'],
    ['a\0b', 'NUL'],
    ['.git/hooks/post-checkout', 'not for data'],
    ['sub/.GIT/config', 'not for data'],
    ['.git\\hooks', 'not for data'],
    ['.git ./x', 'not for data'],
    ['.git::$INDEX_ALLOCATION/x', 'not for data'],
    ['GIT~1/hooks', 'not for data'],
    ['.g\u200cit/hooks', 'not for data'],
    ['.dvc/config', 'not for data'],
  ])('refuses %j', (path, reason) => {
    expect(() => checkRelpath(path, 'x.dir')).toThrow(
      expect.objectContaining({ code: 'ERR_DATA_FORMAT', message: expect.stringMatching(`^x\\.dir: .*${reason}`) }),
    );
  });
});

describe('resolveOutPath', () => {
  test.each([
    ['a.dvc', undefined, 'a', 'a'],
    ['sub/a.dvc', undefined, 'b/a', 'sub/b/a'],
    ['sub/a.dvc', '..', 'a', 'a'],
    ['sub/a.dvc', '../other', 'a', 'other/a'],
  ])('reads from %s, wdir %s, path %s the path %s', (file, wdir, path, expected) => {
    expect(resolveOutPath(file, wdir, path)).toBe(expected);
  });

  test.each([
    ['a.dvc', '..', 'x'],
    ['sub/a.dvc', '../..', 'x'],
    ['sub/a.dvc', '..\\..', 'x'],
    ['a.dvc', '/etc', 'passwd'],
    ['a.dvc', '.git', 'hooks'],
    ['sub/a.dvc', undefined, '../a'],
  ])('refuses what %s says with wdir %s and path %s', (file, wdir, path) => {
    expect(() => resolveOutPath(file, wdir, path)).toThrow(
      expect.objectContaining({ code: 'ERR_DATA_FORMAT', message: expect.stringMatching(`^${file}: `) }),
    );
  });
});
