import { describe, expect, test } from 'vitest';
import { stablePath } from '../../../src/kernel/install/stable-path.ts';

const always = (): boolean => true;
const never = (): boolean => false;

describe('stablePath', () => {
  test.each([
    ['Homebrew’s Node', '/opt/homebrew/Cellar/node/24.1.0/bin/node', '/opt/homebrew/opt/node/bin/node'],
    [
      'Homebrew’s Node of one version',
      '/usr/local/Cellar/node@24/24.1.0_1/bin/node',
      '/usr/local/opt/node@24/bin/node',
    ],
    [
      'a package of pnpm',
      '/p/node_modules/.pnpm/labmill@0.1.0_zod@4.0.0/node_modules/labmill/dist/kernel/main.js',
      '/p/node_modules/labmill/dist/kernel/main.js',
    ],
    [
      'a package of pnpm on Windows',
      'C:\\my p\\node_modules\\.pnpm\\labmill@0.1.0\\node_modules\\labmill\\dist\\kernel\\main.js',
      'C:\\my p\\node_modules\\labmill\\dist\\kernel\\main.js',
    ],
  ])('takes the link that stays for %s', (_what, path, link) => {
    expect(stablePath(path, always)).toBe(link);
  });

  test.each([
    ['has no version', '/usr/bin/node', always],
    ['has a link to another file', '/opt/homebrew/Cellar/node/24.1.0/bin/node', never],
    ['is no path', '--no-force-async-hooks-checks', always],
  ])('keeps what %s', (_what, path, isSameFile) => {
    expect(stablePath(path, isSameFile)).toBe(path);
  });
});
