import { describe, expect, test } from 'vitest';
import { type Config, mergeConfigs, parseConfig } from '../../../src/versioning/format/config.ts';
import { resolveConfigPaths, storedConfigValue } from '../../../src/versioning/format/config-paths.ts';
import { dvcFormats } from '../../support/dvc-formats.ts';

const readable = dvcFormats.configs.filter(({ sections }) => sections !== null);
const unreadable = dvcFormats.configs.filter(({ sections }) => sections === null);

/** Returns a config in ConfigObj's form, with the names of sections as DVC reads them. */
function plain({ sections, remotes }: Config): object {
  const named = [...remotes].map(([name, options]) => [`remote "${name}"`, Object.fromEntries(options)]);
  return Object.fromEntries([...[...sections].map(([name, options]) => [name, Object.fromEntries(options)]), ...named]);
}

/** DVC reads the names of sections and options in lower case, except those of remotes. */
function lowerKeys(sections: object): object {
  const lower = (options: object) => Object.entries(options).map(([name, value]) => [name.toLowerCase(), value]);
  return Object.fromEntries(
    lower(sections).map(([name, options]) => [name, Object.fromEntries(lower(options as object))]),
  );
}

describe('parseConfig', () => {
  test.each(readable)('reads $text as DVC does', ({ text, sections }) => {
    expect(plain(parseConfig(text, 'config'))).toEqual(lowerKeys(sections!));
  });

  test.each(unreadable)('refuses $text, as DVC does', ({ text }) => {
    expect(() => parseConfig(text, '.dvc/config')).toThrow(
      expect.objectContaining({ code: 'ERR_DATA_FORMAT', message: expect.stringMatching(/^\.dvc\/config:\d+: /) }),
    );
  });

  test('takes __proto__ for a name as any other', () => {
    const { sections } = parseConfig('[__proto__]\n__proto__ = x\n', 'config');
    expect([...sections.get('__proto__')!]).toEqual([['__proto__', 'x']]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('does not repeat a line that it cannot read: it may hold a password', () => {
    expect(() => parseConfig('[a]\npassword "secret\n', 'config')).toThrow(
      /^config:2: expected a \[section\](?!.*secret)/,
    );
  });

  test('refuses an option before any section, and a config without end', () => {
    expect(() => parseConfig('url = x\n', 'config')).toThrow('config:1: expected a section before "url"');
    expect(() => parseConfig('#'.repeat(2e6), 'config')).toThrow('config: expected at most');
  });

  test.each(['[[[[[['.repeat(1e4), `a = ${'"x",'.repeat(1e4)}"`, `a = ${' '.repeat(5e4)}"x`, `[${' '.repeat(5e4)}`])(
    'answers within a second, whatever the line (%#)',
    { timeout: 1000 },
    (line) => {
      expect(() => parseConfig(`[s]\n${line}\n`, 'config')).toThrow(/^config:2: /);
    },
  );
});

describe('mergeConfigs', () => {
  test('lets the later file win, option by option', () => {
    const shared = parseConfig(
      '[core]\nremote = a\nautostage = true\n["remote "a""]\n'.replace('["remote "a""]', '[\'remote "a"\']\nurl = /x'),
      'config',
    );
    const local = parseConfig('[core]\nremote = b\n[\'remote "a"\']\npassword = p\n', 'config.local');
    expect(plain(mergeConfigs([shared, local]))).toEqual({
      core: { remote: 'b', autostage: 'true' },
      'remote "a"': { url: '/x', password: 'p' },
    });
  });
});

describe('paths of a config', () => {
  test('start at the folder of their file', () => {
    const text =
      '[cache]\ndir = ../c\n[\'remote "a"\']\nurl = ../../r\nkeyfile = ~/k\n[\'remote "b"\']\nurl = webdav://h/../p\n';
    expect(plain(resolveConfigPaths(parseConfig(text, 'config'), '/repo/.dvc', '/home/me'))).toEqual({
      cache: { dir: '/repo/c' },
      'remote "a"': { url: '/r', keyfile: '/home/me/k' },
      'remote "b"': { url: 'webdav://h/../p' },
    });
  });

  test.each([
    ['url', '../r', '../r'],
    ['url', 'sub/r', '../sub/sub/r'],
    ['url', '/abs/r', '/abs/r'],
    ['url', '~/r', '~/r'],
    ['url', 's3://bucket/../x', 's3://bucket/../x'],
    ['user', '../me', '../me'],
  ])('are written relative to it: %s = %s as %s', (option, value, stored) => {
    expect(storedConfigValue(option, value, '/repo/sub', '/repo/.dvc')).toBe(stored);
  });
});
