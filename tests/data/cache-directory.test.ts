import { join } from 'node:path';
import { cacheDirectory } from 'labmill/data';
import { expect, test } from 'vitest';

const home = join('/', 'home', 'ada');

test.each([
  ['linux', {}, join(home, '.cache', 'labmill')],
  ['darwin', {}, join(home, 'Library', 'Caches', 'labmill')],
  ['win32', {}, join(home, 'AppData', 'Local', 'labmill')],
  ['win32', { LOCALAPPDATA: join(home, 'Local') }, join(home, 'Local', 'labmill')],
  ['linux', { XDG_CACHE_HOME: join('/', 'scratch') }, join('/', 'scratch', 'labmill')],
  ['darwin', { XDG_CACHE_HOME: join('/', 'scratch') }, join('/', 'scratch', 'labmill')],
] as const)('cacheDirectory on %s with %o is %s', (platform, env, expected) => {
  expect(cacheDirectory({ platform, env, home })).toBe(expected);
});

// XDG Base Directory Specification: relative paths are to be ignored.
test.each(['', 'relative/cache'])('cacheDirectory ignores the XDG_CACHE_HOME %j', (chosen) => {
  const env = { XDG_CACHE_HOME: chosen };
  expect(cacheDirectory({ platform: 'linux', env, home })).toBe(join(home, '.cache', 'labmill'));
});
