import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { aRepository, onlyEngines } from './image/fake-engines.ts';

async function image(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const exitCode = await runCommandLine(['image', ...args], {
    writeOut: (text) => void (out += text),
    writeErr: (text) => void (err += text),
  });
  return { exitCode, out, err };
}

afterEach(() => vi.unstubAllEnvs());

describe('labmill image tag', () => {
  test('prints name, branch and commit', async () => {
    const { folder, sha } = aRepository({ name: '@acme/prices' });
    expect(await image('tag', folder)).toEqual({ exitCode: 0, out: `acme/prices:main-${sha.slice(0, 12)}\n`, err: '' });
  });

  test('takes another name and marks a changed tree', async () => {
    const { folder, sha } = aRepository();
    writeFileSync(join(folder, 'new.txt'), '');
    const { out } = await image('tag', folder, '--name', 'Flats');
    expect(out).toBe(`flats:main-${sha.slice(0, 12)}-dirty\n`);
  });

  test('ends with 2 outside git, and prints no tag', async () => {
    const { exitCode, out, err } = await image('tag', temporaryFolder(), '--name', 'prices');
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain('ERR_INVALID_ARGUMENT: ');
  });

  test('ends with 2 when nothing gives a name', async () => {
    const { folder } = aRepository();
    writeFileSync(join(folder, 'package.json'), '{');
    const { exitCode, err } = await image('tag', folder);
    expect([exitCode, err]).toEqual([2, expect.stringContaining('give it with --name')]);
  });
});

describe.skipIf(process.platform === 'win32')('labmill image build', () => {
  test.each([
    ['docker', ''],
    ['podman', '--format docker '],
    ['buildah', '--format docker --layers '],
  ])('builds with %s and prints the reference', async (engine, format) => {
    const { folder, sha } = aRepository();
    const { calls } = onlyEngines({ [engine]: {} });
    const reference = `prices:main-${sha.slice(0, 12)}`;
    expect(await image('build', folder)).toEqual({ exitCode: 0, out: `${reference}\n`, err: '' });
    expect(calls()).toEqual([`${engine} build ${format}--tag ${reference} --build-arg REVISION=${sha} ${folder}`]);
  });

  test('passes over a docker client without an engine', async () => {
    const { calls } = onlyEngines({ docker: { info: 'exit 1' }, podman: {}, buildah: {} });
    await image('build', aRepository().folder);
    expect(calls()).toEqual([expect.stringMatching(/^podman build /)]);
  });

  test('uses the engine that is named', async () => {
    const { calls } = onlyEngines({ docker: {}, buildah: {} });
    await image('build', aRepository().folder, '--engine', 'buildah');
    expect(calls()).toEqual([expect.stringMatching(/^buildah build /)]);
  });

  test('ends with 1 and says of each engine why it does not work', async () => {
    onlyEngines({ docker: { info: 'echo "Cannot connect to the daemon" >&2; exit 1' }, podman: { info: 'exit 125' } });
    const { exitCode, out, err } = await image('build', aRepository().folder);
    expect([exitCode, out]).toEqual([1, '']);
    expect(err).toBe(
      'ERR_ENGINE: expected a container engine that works, found none; install or start one:\n' +
        '  docker: Cannot connect to the daemon\n' +
        '  podman: "podman info" ended with exit code 125\n' +
        '  buildah: not installed\n',
    );
  });

  test('ends with 1 when the build fails, and prints no reference', async () => {
    onlyEngines({ docker: { otherwise: 'exit 17' } });
    const { exitCode, out, err } = await image('build', aRepository().folder);
    expect([exitCode, out]).toEqual([1, '']);
    expect(err).toBe('ERR_ENGINE: docker build: ended with exit code 17; what it said stands above\n');
  });

  test('ends with 2 for an engine nobody knows', async () => {
    expect(await image('build', '--engine', 'rkt')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('docker'),
    });
  });
});

describe.skipIf(process.platform === 'win32')('labmill image push', () => {
  test('gives the image its name at the registry, pushes it, and prints that name', async () => {
    const { folder, sha } = aRepository();
    const { calls } = onlyEngines({ podman: {} });
    const reference = `prices:main-${sha.slice(0, 12)}`;
    const { exitCode, out } = await image('push', folder, '--registry', 'registry.example.org/team');
    expect([exitCode, out]).toEqual([0, `registry.example.org/team/${reference}\n`]);
    expect(calls()).toEqual([
      `podman tag ${reference} registry.example.org/team/${reference}`,
      `podman push registry.example.org/team/${reference}`,
    ]);
  });

  test('does not push what could not be tagged', async () => {
    const { calls } = onlyEngines({ docker: { otherwise: 'exit 1' } });
    const { exitCode, err } = await image('push', aRepository().folder, '--registry', 'localhost:5000');
    expect([exitCode, err]).toEqual([1, expect.stringContaining('docker tag: ended with exit code 1')]);
    expect(calls()).toHaveLength(1);
  });

  test('ends with 2 without a registry, and for one with a password, which it does not repeat', async () => {
    expect(await image('push')).toMatchObject({ exitCode: 2, err: expect.stringContaining('--registry') });
    const { exitCode, out, err } = await image('push', '--registry', 'ann:secret@registry.example.org');
    expect([exitCode, out + err]).toEqual([2, expect.not.stringContaining('secret')]);
  });
});
