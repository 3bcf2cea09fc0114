import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { aRepository, git } from '../cli/image/fake-engines.ts';
import { image, podman } from './container.ts';
import { startRegistry } from './registry.ts';

describe.skipIf(image === null)('labmill image push', () => {
  test.each(['buildah', 'podman'])(
    'sends with %s, to a registry that then has the image under its tag',
    async (engine) => {
      using registry = await startRegistry();
      const { folder, sha } = anImageSource();
      expect(await labmill('build', folder, '--engine', engine)).toBe(`prices:main-${sha}\n`);
      const pushed = await labmill('push', folder, '--engine', engine, '--registry', `${registry.host}/team`);
      expect(pushed).toBe(`${registry.host}/team/prices:main-${sha}\n`);
      onTestFinished(
        () => void podman('rmi', '--force', `prices:main-${sha}`, `${registry.host}/team/prices:main-${sha}`),
      );
      const tags = await fetch(`${registry.url}/v2/team/prices/tags/list`);
      expect(await tags.json()).toEqual({ name: 'team/prices', tags: [`main-${sha}`] });
    },
  );
});

async function labmill(...args: readonly string[]): Promise<string> {
  let [out, err] = ['', ''];
  const exitCode = await runCommandLine(['image', ...args], {
    writeOut: (text) => void (out += text),
    writeErr: (text) => void (err += text),
  });
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  return out;
}

/** Makes a repository with the smallest Dockerfile there is, on `main`. */
function anImageSource(): { folder: string; sha: string } {
  const { folder } = aRepository();
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY package.json /\n');
  git(folder, 'add', '.');
  git(folder, '-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', 'commit', '--quiet', '-m', 'Add an image');
  return { folder, sha: git(folder, 'rev-parse', 'HEAD').slice(0, 12) };
}
