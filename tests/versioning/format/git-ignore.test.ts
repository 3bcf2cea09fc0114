import { describe, expect, test } from 'vitest';
import { addGitIgnoreEntry, removeGitIgnoreEntry } from '../../../src/versioning/format/git-ignore.ts';
import { dvcFormats } from '../../support/dvc-formats.ts';

// DVC adds a line a second time, and does not find an escaped one again; it asks git before it adds.
const soundCases = dvcFormats.gitIgnores.filter(
  ({ before, name }) => !before?.includes(`/${name}`) && !name.includes('['),
);

describe('a .gitignore', () => {
  test.each(dvcFormats.added)('gets the entry of $name as from dvc add', ({ name, gitignore }) => {
    expect(addGitIgnoreEntry(addGitIgnoreEntry(undefined, name), 'folder')).toBe(gitignore);
  });

  test.each(soundCases)('$before gets and loses the entry of $name as from DVC', ({ before, name, added, removed }) => {
    expect(addGitIgnoreEntry(before ?? undefined, name)).toBe(added);
    expect(removeGitIgnoreEntry(added, name) ?? null).toBe(removed);
  });

  test('does not get an entry that it has', () => {
    expect(addGitIgnoreEntry('/a\n/b', 'b')).toBe('/a\n/b');
  });

  test('loses an entry that needed escapes', () => {
    expect(removeGitIgnoreEntry(addGitIgnoreEntry('x\n', '[a]*'), '[a]*')).toBe('x\n');
  });

  test('cannot be made to hold a second line by a name', () => {
    expect(addGitIgnoreEntry('', 'a\n!secret')).toBe('/a?\\!secret\n');
  });
});
