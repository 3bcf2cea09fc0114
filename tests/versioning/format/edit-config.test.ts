import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/versioning/format/config.ts';
import { editConfig, removeConfigSection, renameConfigSection } from '../../../src/versioning/format/edit-config.ts';
import { dvcFormats } from '../../support/dvc-formats.ts';

const set = (section: string, option: string, value?: string) => (text: string) =>
  editConfig(text, 'config', { section, option }, value);

/** What each command of the fixture does to the text. */
const edits: Readonly<Record<string, (text: string) => string>> = {
  'remote add first ../first': set('remote "first"', 'url', '../../first'),
  'remote add -d second https://example.com/a,b': (text) =>
    set('core', 'remote', 'second')(set('remote "second"', 'url', 'https://example.com/a,b')(text)),
  'remote modify second user me': set('remote "second"', 'user', 'me'),
  "remote modify second password it's#1": set('remote "second"', 'password', "it's#1"),
  'remote modify first jobs 4': set('remote "first"', 'jobs', '4'),
  'config cache.type hardlink,copy': set('cache', 'type', 'hardlink,copy'),
  'remote default first': set('core', 'remote', 'first'),
  'remote modify second --unset user': set('remote "second"', 'user'),
  'remote add third.one ~/third': set('remote "third.one"', 'url', '~/third'),
  'remote rename second other': (text) => renameConfigSection(text, 'config', 'remote "second"', 'remote "other"'),
  'config core.autostage true': set('core', 'autostage', 'true'),
  'remote remove first': (text) => set('core', 'remote')(removeConfigSection(text, 'config', 'remote "first"')),
  'config -u cache.type': set('cache', 'type'),
  'config -u core.autostage': set('core', 'autostage'),
};

describe('editConfig', () => {
  test.each(
    dvcFormats.configEdits.slice(1).map((edit, index) => ({ ...edit, before: dvcFormats.configEdits[index]!.text })),
  )('changes a config to the byte as dvc $command', ({ command, text, before }) => {
    expect(edits[command]!(before)).toBe(text);
  });

  test.each(dvcFormats.configValues)('writes the value $value as DVC does, and reads it back', ({ value, text }) => {
    const written = set('a', 'x', value)('');
    expect(written).toBe(text);
    expect(parseConfig(written, 'config').sections.get('a')?.get('x')).toBe(value);
  });

  test('keeps comments, order and layout', () => {
    const text = '# top\n[core]\n  remote=a  # mine\n\n# about a\n[\'remote "a"\']\nurl = /x\n';
    expect(set('remote "a"', 'jobs', '2')(set('core', 'autostage', 'true')(text))).toBe(
      '# top\n[core]\n  remote=a  # mine\n    autostage = true\n\n# about a\n[\'remote "a"\']\nurl = /x\n    jobs = 2\n',
    );
  });

  test('changes nothing when what it is to remove is not there', () => {
    expect(set('core', 'remote')('[cache]\ntype = copy')).toBe('[cache]\ntype = copy');
    expect(removeConfigSection('[a]\n', 'config', 'remote "x"')).toBe('[a]\n');
  });

  test('refuses what no config can hold', () => {
    expect(() => set('a', 'x', `'''and"""`)('')).toThrow(
      expect.objectContaining({
        code: 'ERR_DATA_FORMAT',
        message: expect.stringMatching(/^config: x: expected a text/),
      }),
    );
  });
});
