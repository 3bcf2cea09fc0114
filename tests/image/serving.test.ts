import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LinearRegression, saveModel } from 'labmill/training';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Container, image, podman, runImage, serveImage } from './container.ts';

describe.skipIf(image === null)('a container of the image', () => {
  let container: Container;

  beforeAll(async () => {
    container = await serveImage();
  });

  afterAll(() => container[Symbol.asyncDispose]());

  test('is healthy by the check that the image brings', async () => {
    expect(await podman('healthcheck', 'run', container.name)).toMatchObject({ exitCode: 0 });
  });

  // A flower of the 150, the first: Fisher, 1936.
  test('predicts with the model that is built in', async () => {
    const response = await fetch(`${container.url}/invocations`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: 'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n5.1,3.5,1.4,0.2\n',
    });
    expect(await response.json()).toEqual({ predictions: ['setosa'] });
  });

  test('shows the page with the form', async () => {
    const response = await fetch(container.url);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('petal length (cm)');
  });

  test('has node as its first process', async () => {
    const { stdout } = await podman('exec', container.name, 'cat', '/proc/1/cmdline');
    expect(stdout.split('\0')[0]).toBe('node');
  });
});

describe.skipIf(image === null)('the first argument and LABMILL_MODEL', () => {
  test.each([
    ['argument', [], ['/models/line.json']],
    ['variable', ['--env=LABMILL_MODEL=/models/line.json'], []],
  ])('name another model: the %s', async (_which, flags, args) => {
    await using container = await serveImage([`--volume=${aModel()}:/models:ro`, ...flags], ...args);
    const response = await fetch(`${container.url}/invocations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{ "instances": [[4]] }',
    });
    expect(await response.json()).toEqual({ predictions: [expect.closeTo(9, 9)] });
  });

  test('stop with a clear error when nothing is there', async () => {
    const { exitCode, stderr } = await runImage(['--env=LABMILL_MODEL=/models/none.json']);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^ERR_FILE_READ: .*\/models\/none\.json[^\n]*$/)]);
  });

  test('stop with a clear error when the image was built without its model', async () => {
    const { exitCode, stderr } = await runImage([`--volume=${anEmptyFolder()}:/app/models:ro`]);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/^ERR_FILE_READ: .*\/app\/models\/iris\.json[^\n]*$/),
    ]);
  });

  test('stop with a clear error when the model is damaged', async () => {
    const folder = aModel();
    writeFileSync(join(folder, 'line.json'), '{');
    const { exitCode, stderr } = await runImage([`--volume=${folder}:/models:ro`], '/models/line.json');
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^ERR_MODEL_FILE: .*\/models\/line\.json/)]);
  });
});

describe.skipIf(image === null)('SIGTERM', () => {
  test('ends a container in time, with exit code 0', async () => {
    await using container = await serveImage();
    // After ten seconds podman would kill it, and the exit code would be 137.
    await podman('stop', '--time=10', container.name);
    const { stdout } = await podman('inspect', '--format={{.State.ExitCode}}', container.name);
    expect(stdout).toBe('0');
  });
});

/** Saves the model y = 2x + 1 as `line.json` and returns its folder. */
function aModel(): string {
  const folder = anEmptyFolder();
  saveModel(join(folder, 'line.json'), new LinearRegression().fit([[0], [1], [2]], [1, 3, 5]));
  return folder;
}

/** Returns a folder that everyone may read, the container's user included. */
function anEmptyFolder(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  return folder;
}
