import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { labmill } from '../support/labmill.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Returns the user's Jupyter folder for the time of a test, with no Python environment beside it. */
function userFolder(): string {
  const folder = temporaryFolder();
  vi.stubEnv('JUPYTER_DATA_DIR', folder);
  vi.stubEnv('VIRTUAL_ENV', join(folder, 'no-environment'));
  onTestFinished(() => void vi.unstubAllEnvs());
  return folder;
}

/** Runs `labmill kernel …` and returns what it printed, or its complaint. */
async function kernel(...args: string[]): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const { err } = await labmill('kernel', ...args);
  const printed = log.mock.calls.flat().join('\n');
  log.mockRestore();
  return printed + err;
}

describe('labmill kernel', () => {
  test('installs the kernels of two projects side by side, lists them and removes one', async () => {
    const folder = userFolder();
    expect(await kernel('install', '--name', 'one')).toBe(
      `The kernel "TypeScript (one)" is installed in ${join(folder, 'kernels', 'one')}`,
    );
    await kernel('install', '--name', 'two', '--display-name', 'Two');
    expect(await kernel('list')).toMatch(/^one {2}TypeScript \(one\)\n[^]*^two {2}Two\n/m);
    await kernel('uninstall', '--name', 'one');
    expect(JSON.parse(await kernel('list', '--json'))).toMatchObject([{ name: 'two', missing: [] }]);
  });

  test('list says what became of a kernel whose project has moved', async () => {
    const file = join(userFolder(), 'kernels/labmill/kernel.json');
    await kernel('install');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/[^"]*main\.[jt]s/, '/moved/main.js'));
    expect(await kernel('list')).toContain('does not run: /moved/main.js is gone; install it again');
  });

  test('list says how to install it where there is none', async () => {
    userFolder();
    expect(await kernel('list')).toBe('The kernel is not installed; labmill kernel install does it');
  });

  test('installs below a prefix with spaces', async () => {
    const prefix = join(temporaryFolder(), 'my env');
    await kernel('install', '--prefix', prefix);
    expect(readFileSync(join(prefix, 'share/jupyter/kernels/labmill/kernel.json'), 'utf8')).toContain('"argv"');
    rmSync(prefix, { recursive: true });
  });

  test.each([
    ['two places', ['install', '--user', '--prefix', 'x'], 'expected one of --user, --sys-prefix and --prefix'],
    ['a name that Jupyter does not take', ['install', '--name', 'my project'], '--name: expected ASCII letters'],
    ['no such kernel', ['uninstall', '--name', 'one'], 'the kernel is not installed there'],
  ])('complains about %s', async (_what, args, message) => {
    userFolder();
    expect(await kernel(...args)).toContain(message);
  });
});
