import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refuseMissingPackage } from '../../../../src/kernel/runtime/modules/missing-package.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** Returns a script two folders below one that has the packages `there`, `@scope/there` and the file `single.js`. */
function aScript(): string {
  const folder = temporaryFolder();
  for (const name of ['there', '@scope/there']) mkdirSync(join(folder, 'node_modules', name), { recursive: true });
  writeFileSync(join(folder, 'node_modules/single.js'), '');
  writeFileSync(join(folder, 'package.json'), '{ "name": "own" }');
  return join(folder, 'a/b/script.js');
}

describe('refuseMissingPackage', () => {
  test.each([
    'there',
    'there/deep/file.js',
    '@scope/there',
    '@scope/there/x',
    'single',
    'own',
    'own/x',
    'fs',
    'node:fs',
    './relative',
    '../relative',
    '/absolute',
    '#internal',
    'file:///x',
    'data:text/js,1',
    'C:\\folder\\file',
    '@/alias',
    '.',
  ])('lets %j pass', (specifier) => {
    const file = aScript();
    expect(() => refuseMissingPackage(specifier, file, 'import')).not.toThrow();
    expect(() => refuseMissingPackage(specifier, file, 'require')).not.toThrow();
  });

  test.each(['missing', 'missing/deep.js', '@scope/missing', '@other/there', 'the'])(
    'refuses %j as Node does',
    (specifier) => {
      const file = aScript();
      const name = specifier.replace('/deep.js', '');
      expect(() => refuseMissingPackage(specifier, file, 'import')).toThrow(
        expect.objectContaining({
          code: 'ERR_MODULE_NOT_FOUND',
          message: `Cannot find package '${name}' imported from ${file}`,
        }),
      );
      expect(() => refuseMissingPackage(specifier, file, 'require')).toThrow(
        expect.objectContaining({ code: 'MODULE_NOT_FOUND', requireStack: [file] }),
      );
    },
  );
});
