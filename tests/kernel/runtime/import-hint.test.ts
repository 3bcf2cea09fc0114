import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importHint } from '../../../src/kernel/runtime/import-hint.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** What Node's loader of ES modules throws; here, the test runner has one of its own. */
function notFound(path: string, importer: string, code = 'ERR_MODULE_NOT_FOUND'): Error {
  const error = new Error(`Cannot find module '${path}' imported from ${importer}`);
  return Object.assign(error, { code, url: pathToFileURL(path).href });
}

describe('importHint', () => {
  test.each([
    ['lodash', 'lodash'],
    ['@scope/name', '@scope/name'],
  ])('says how to install the package %s', (name, installed) => {
    const error = Object.assign(new Error(`Cannot find package '${name}' imported from /n/cell-1.ts`), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    expect(importHint(error)).toBe(`Install it for this notebook: %npm install ${installed}`);
  });

  test.each([
    ['values', 'values.ts', './values.ts'],
    ['values.js', 'values.ts', './values.ts'],
    ['values.mjs', 'values.mts', './values.mts'],
    ['values', 'values.json', './values.json'],
  ])('for %s, names the file %s that is there', (wanted, existing, specifier) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, existing), '');
    const error = notFound(join(folder, wanted), join(folder, 'cell-1.ts'));
    expect(importHint(error)).toBe(`Did you mean '${specifier}'?`);
  });

  test('names the index of a folder', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'lib'));
    writeFileSync(join(folder, 'lib/index.ts'), '');
    const error = notFound(join(folder, 'lib'), join(folder, 'cell-1.ts'), 'ERR_UNSUPPORTED_DIR_IMPORT');
    expect(importHint(error)).toBe("Did you mean './lib/index.ts'?");
  });

  test.each([
    ['no-such-package/sub', 'Install it for this notebook: %npm install no-such-package'],
    ['./values', "Did you mean './values.ts'?"],
    ['./other', undefined],
  ])('knows what `require(%j)` throws', (wanted, expected) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'values.ts'), '');
    const require = createRequire(join(folder, 'notebook.js'));
    expect(importHint(thrownBy(() => require(wanted)))).toBe(expected);
  });

  test.each([[new Error('other')], [{ code: 'ERR_MODULE_NOT_FOUND' }], [{ code: 'MODULE_NOT_FOUND', message: 'x' }]])(
    'has nothing to say about %o',
    (error) => {
      expect(importHint(error)).toBeUndefined();
    },
  );
});

function thrownBy(work: () => unknown): object {
  try {
    work();
  } catch (error) {
    return error as object;
  }
  throw new Error('nothing was thrown');
}
