import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importHint } from '../../../../src/kernel/runtime/failures/import-hint.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

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
    ['no-such-package/sub', 'Install it for this notebook: %npm install no-such-package'],
    ['./other', undefined],
  ])('knows what `require(%j)` throws', (wanted, expected) => {
    const require = createRequire(join(temporaryFolder(), 'notebook.js'));
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
