import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageVersions } from '../../../../src/kernel/runtime/modules/loaded-packages.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

test('packageVersions finds the innermost package of each file, with its scope', () => {
  const modules = join(temporaryFolder(), 'node_modules');
  const inner = join(modules, 'a', 'node_modules', '@s', 'b');
  mkdirSync(inner, { recursive: true });
  writeFileSync(join(inner, 'package.json'), '{ "version": "1.2.3" }');
  const files = [join(inner, 'lib', 'x.js'), join(inner, 'y.js'), join(modules, 'gone', 'z.js'), '/elsewhere/file.ts'];
  expect([...packageVersions(files)]).toEqual([
    [inner, '1.2.3'],
    [join(modules, 'gone'), undefined],
  ]);
});
