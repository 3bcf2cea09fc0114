import { chmodSync, chownSync, existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { image, runImage } from './container.ts';

const labs = ['lab1', 'lab2', 'lab3', 'lab4', 'lab5'];

describe.skipIf(image === null)('docker run IMAGE labs', () => {
  test('runs all labs without a network and leaves the report in the mounted folder', async () => {
    const folder = temporaryFolder();
    // A user of the host whom the image does not know.
    chownSync(folder, 4321, 4321);
    const flags = ['--network=none', '--user=4321:4321', `--volume=${folder}:/reports`];
    const { exitCode, stderr } = await runImage(flags, 'labs');
    expect(stderr).not.toContain('failed');
    expect(exitCode).toBe(0);
    const index = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(labs.filter((lab) => !index.includes(`${lab}/${lab}.html`))).toEqual([]);
    expect(labs.filter((lab) => !existsSync(join(folder, lab, `${lab}.ipynb`)))).toEqual([]);
  }, 300_000);

  test('says at once how to mount a folder when there is none', async () => {
    const { exitCode, stderr } = await runImage([], 'labs');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^ERR_INVALID_ARGUMENT: labs: expected a folder mounted at \/reports .* docker run --rm /);
  });

  test('says at once that a mounted folder belongs to someone else', async () => {
    const folder = temporaryFolder();
    const { exitCode, stderr } = await runImage([`--volume=${folder}:/reports`], 'labs');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('that user 1000 may write to')]);
    expect(globSync('*', { cwd: folder })).toEqual([]);
  });

  test('passes flags on to the runner', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    const { exitCode, stderr } = await runImage([`--volume=${folder}:/reports`], 'labs', '--jobs', '0');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--jobs: expected a whole number from 1 on')]);
  });
});
