import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sysPrefix } from 'labmill/kernel';
import { describe, expect, onTestFinished, test } from 'vitest';

describe('sysPrefix', () => {
  test.each([
    [{ VIRTUAL_ENV: '/venv', CONDA_PREFIX: '/conda' }, '/venv'],
    [{ CONDA_PREFIX: '/conda' }, '/conda'],
  ])('returns the active environment of %j', async (env, prefix) => {
    expect(await sysPrefix(env)).toBe(prefix);
  });

  test.skipIf(process.platform === 'win32')('asks the Python on the path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'python3'), '#!/bin/sh\necho /the/prefix\n', { mode: 0o755 });
    expect(await sysPrefix({ PATH: folder })).toBe('/the/prefix');
  });

  test('fails where there is no Python, and says what to do', async () => {
    await expect(sysPrefix({ PATH: '/nowhere' })).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringContaining('--prefix'),
    });
  });
});
