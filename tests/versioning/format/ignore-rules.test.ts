import { describe, expect, test } from 'vitest';
import { IgnoreRules, newDvcIgnore } from '../../../src/versioning/format/ignore-rules.ts';
import { dvcFormats } from '../../support/dvc-formats.ts';

/** Returns the rules that hold in a path's folder: those of the root, then of each folder on the way. */
function rulesFor(path: string, files: Readonly<Record<string, string>>): IgnoreRules {
  const folders = path.replace(/\/$/, '').split('/').slice(0, -1);
  const onTheWay = ['', ...folders.map((_, index) => folders.slice(0, index + 1).join('/'))];
  return onTheWay.reduce((rules, folder) => rules.with(folder, files[folder] ?? ''), IgnoreRules.root());
}

describe('IgnoreRules', () => {
  test.each(dvcFormats.ignores)('ignores what DVC ignores with $files', ({ files, ignored }) => {
    const found = dvcFormats.ignorePaths.filter((path) =>
      rulesFor(path, files).ignoresPath(path.replace(/\/$/, ''), path.endsWith('/')),
    );
    expect(found).toEqual(ignored);
  });

  test('ignores nothing more with the file that a new repository gets', () => {
    const root = IgnoreRules.root();
    expect(root.with('', newDvcIgnore)).toBe(root);
  });

  test('leaves out a repository in the repository', () => {
    const rules = IgnoreRules.root().withoutRepository('sub/inner');
    expect([rules.ignores('sub/inner', true), rules.ignores('sub/inner', false), rules.ignores('inner', true)]).toEqual(
      [true, false, false],
    );
  });

  test.each(['[z-a]', '!', 'a\\', '[', '/'])('takes %j for a rule that means nothing', (rule) => {
    expect(IgnoreRules.root().with('', rule).ignores('a', false)).toBe(false);
  });
});
