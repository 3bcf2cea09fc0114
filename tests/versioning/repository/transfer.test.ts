import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DataRepository } from 'labmill/versioning';
import { describe, expect, test } from 'vitest';
import {
  commitAll,
  damageObject,
  dataRepository,
  git,
  gitDataRepository,
  namesBelow,
  readTree,
  removePath,
  type Tree,
  writeTree,
} from '../../support/data-repository.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function withRemote(files: Tree = { 'data/a': 'a\n', 'data/b': 'b\n', x: 'x\n' }) {
  const repository = await dataRepository(files);
  repository.remotes.add('storage', temporaryFolder(), { default: true });
  const outs = await repository.add([...new Set(Object.keys(files).map((path) => path.split('/')[0]!))]);
  return { repository, outs };
}

/** Throws away the workspace's data and the cache, as a fresh clone has neither. */
function forget(repository: DataRepository, ...paths: string[]): void {
  for (const path of ['.dvc/cache', '.dvc/tmp', ...paths]) removePath(repository, path);
}

describe('push, fetch and pull', () => {
  test('bring data to a remote and back', async () => {
    const { repository } = await withRemote();
    expect(await repository.push()).toMatchObject({ transferred: 4, present: 0, failed: [] });
    expect(await repository.push()).toMatchObject({ transferred: 0, present: 4 });
    forget(repository, 'data', 'x');
    expect(await DataRepository.open(repository.root).pull()).toEqual({
      modified: [],
      added: ['data/', 'x'],
      deleted: [],
      stats: { fetched: 4, modified: 0, added: 3, deleted: 0 },
    });
    expect(readTree(repository.root)).toMatchObject({ 'data/a': 'a\n', 'data/b': 'b\n', x: 'x\n' });
  });

  test('look at what is asked for', async () => {
    const { repository } = await withRemote();
    expect(await repository.push(['x'])).toMatchObject({ transferred: 1 });
    expect(await repository.push(['data/a'])).toMatchObject({ transferred: 1 });
  });

  test('pull heals a damaged object', async () => {
    const { repository, outs } = await withRemote();
    await repository.push();
    damageObject(repository, outs[1]!.id);
    removePath(repository, 'x');
    expect(await repository.pull()).toMatchObject({ stats: { fetched: 1, added: 1 } });
    expect(readTree(repository.root)).toMatchObject({ x: 'x\n' });
    expect(await repository.cache.verify(outs[1]!.id)).toBe(true);
  });

  test('never push a damaged object', async () => {
    const { repository, outs } = await withRemote({ x: 'x\n' });
    damageObject(repository, outs[0]!.id);
    expect(await repository.push()).toMatchObject({ transferred: 0, failed: [{ path: 'x' }] });
  });

  test('pull makes what it can and names the rest', async () => {
    const { repository, outs } = await withRemote();
    await repository.push(['data']);
    removePath(repository, 'data');
    removePath(repository, 'x');
    rmSync(repository.cache.path(outs[1]!.id));
    await expect(repository.pull()).rejects.toMatchObject({ code: 'ERR_CACHE_OBJECT', failed: ['x'] });
    expect(readTree(repository.root)).toMatchObject({ 'data/a': 'a\n' });
    expect(await repository.pull([], { allowMissing: true })).toMatchObject({ stats: { fetched: 0 } });
  });

  test('look at all tags and branches when asked', async () => {
    const repository = await gitDataRepository();
    repository.remotes.add('storage', temporaryFolder(), { default: true });
    for (const version of ['1', '2', '3']) {
      writeTree(repository.root, { x: version });
      await repository.add(['x']);
      commitAll(repository.root, version);
      git(repository.root, 'tag', `v${version}`);
    }
    expect(await repository.push()).toMatchObject({ transferred: 1 });
    expect(await repository.push([], { allTags: true })).toMatchObject({ transferred: 2, present: 1 });
    expect(await repository.push(['x'], { allCommits: true })).toMatchObject({ transferred: 0, present: 3 });
    expect(await repository.fetch([], { allBranches: true })).toMatchObject({ present: 1 });
  });

  test('leave out what says that it is not pushed, or belongs to another remote', async () => {
    const { repository } = await withRemote({ a: 'a\n', b: 'b\n', c: 'c\n' });
    repository.remotes.add('other', temporaryFolder());
    const text = (path: string) => readFileSync(join(repository.root, path), 'utf8');
    writeTree(repository.root, {
      'a.dvc': `${text('a.dvc')}  push: false\n`,
      'b.dvc': `${text('b.dvc')}  remote: other\n`,
    });
    expect(await repository.push([], { remote: 'storage' })).toMatchObject({ transferred: 1 });
    expect(await repository.push()).toMatchObject({ transferred: 1, present: 1 });
    expect(namesBelow(repository.remotes.list().find(({ name }) => name === 'other')!.url)).toHaveLength(1);
  });

  test.each([
    ['without a remote', {}, 'expected a remote, found no default one'],
    ['to an unknown remote', { remote: 'nope' }, 'got "nope"; there is none'],
  ])('refuse to work %s', async (_what, options, message) => {
    const repository = await dataRepository({ x: 'x\n' });
    await repository.add(['x']);
    await expect(repository.push([], options)).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: expect.stringContaining(message),
    });
  });
});

describe('cloudStatus', () => {
  test('tells what cache and remote do not both have, as dvc status --cloud --json does', async () => {
    const { repository, outs } = await withRemote();
    expect(await repository.cloudStatus()).toEqual({ data: 'new', 'data/a': 'new', 'data/b': 'new', x: 'new' });
    await repository.push();
    expect(await repository.cloudStatus()).toEqual({});
    rmSync(repository.cache.path(outs[1]!.id));
    expect(await repository.cloudStatus()).toEqual({ x: 'deleted' });
  });

  test('dataStatus tells what the remote does not have', async () => {
    const { repository } = await withRemote();
    await repository.push(['x']);
    expect(await repository.dataStatus([], { notInRemote: true })).toEqual({ not_in_remote: ['data/'] });
  });
});

describe('read', () => {
  test('returns a file of a revision, from the remote when the cache lacks it', async () => {
    const repository = await gitDataRepository();
    repository.remotes.add('storage', temporaryFolder(), { default: true });
    writeTree(repository.root, { 'data/a': 'old\n' });
    await repository.add(['data']);
    await repository.push();
    commitAll(repository.root, 'old');
    writeTree(repository.root, { 'data/a': 'new\n' });
    await repository.add(['data']);
    expect(String(await repository.read('data/a'))).toBe('new\n');
    forget(repository);
    expect(String(await DataRepository.open(repository.root).read('data/a', { rev: 'HEAD' }))).toBe('old\n');
  });

  test.each([
    ['a path that is not tracked', 'nope', 'ERR_REPOSITORY'],
    ['a folder', 'data', 'ERR_REPOSITORY'],
    ['what is nowhere', 'x', 'ERR_CACHE_OBJECT'],
  ])('refuses %s', async (_what, path, code) => {
    const repository = await dataRepository({ x: 'x\n', 'data/a': 'a\n' });
    const [added] = await repository.add(['x', 'data']);
    rmSync(repository.cache.path(added!.id));
    await expect(repository.read(path)).rejects.toMatchObject({ code });
  });
});

describe('list', () => {
  // The values of dvc 3.67.1 for the same files, without the sizes of folders, which are the file system's.
  const file = { isout: false, isdir: false, isexec: false, md5: null };

  test('shows what is tracked and what is not, as dvc list does', async () => {
    const { repository } = await withRemote();
    const entries = await repository.list();
    expect(entries.filter(({ path }) => !path.startsWith('.'))).toEqual([
      {
        isout: true,
        isdir: true,
        isexec: false,
        size: expect.any(Number),
        md5: expect.stringMatching(/\.dir$/),
        path: 'data',
      },
      { ...file, size: 97, path: 'data.dvc' },
      { ...file, isout: true, size: 2, md5: '401b30e3b8b5d629635a5c613cdb7919', path: 'x' },
      { ...file, size: 78, path: 'x.dvc' },
    ]);
  });

  test('shows files at any depth, or of one folder', async () => {
    const { repository } = await withRemote();
    removePath(repository, 'data');
    const tracked = await repository.list('', { recursive: true, dvcOnly: true });
    expect(tracked.map(({ path }) => path)).toEqual(['data/a', 'data/b', 'x']);
    expect((await repository.list('data')).map(({ path }) => path)).toEqual(['a', 'b']);
  });

  test('shows a revision', async () => {
    const repository = await gitDataRepository({ 'src/run.sh': '#!/bin/sh\n' });
    writeTree(repository.root, { 'data/a': 'a\n' });
    await repository.add(['data']);
    const paths = async (options: object) => (await repository.list('', options)).map(({ path }) => path);
    expect(await paths({ rev: 'HEAD' })).toEqual(['.dvcignore', 'src']);
    commitAll(repository.root, 'data');
    expect(await paths({ rev: 'HEAD', recursive: true })).toEqual([
      '.dvcignore',
      '.gitignore',
      'data.dvc',
      'data/a',
      'src/run.sh',
    ]);
  });

  test('refuses a path that is not there', async () => {
    const { repository } = await withRemote();
    await expect(repository.list('nope')).rejects.toMatchObject({ code: 'ERR_REPOSITORY' });
  });
});

describe('remotes', () => {
  const config = (repository: DataRepository, name = 'config') => {
    const path = join(repository.root, '.dvc', name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };

  test('are written as dvc remote add writes them, secrets beside', async () => {
    const repository = await gitDataRepository();
    repository.remotes.add('Storage', 'webdav://example.org/data', { default: true });
    repository.remotes.modify('storage', 'password', 'secret', { level: 'local' });
    expect(config(repository)).toBe(
      '[core]\n    remote = storage\n[\'remote "storage"\']\n    url = webdav://example.org/data\n',
    );
    expect(config(repository, 'config.local')).toBe('[\'remote "storage"\']\n    password = secret\n');
    expect(repository.config.remote().settings).toEqual({ url: 'webdav://example.org/data', password: 'secret' });
  });

  test('are listed, renamed and removed, and the default follows', async () => {
    const { repository } = await withRemote({ x: 'x\n' });
    repository.remotes.rename('storage', 'store');
    expect(repository.remotes.list()).toMatchObject([{ name: 'store', isDefault: true }]);
    expect(repository.remotes.default).toBe('store');
    repository.remotes.remove('store');
    expect([repository.remotes.list(), repository.remotes.default]).toEqual([[], undefined]);
  });

  test('may be given relative to another one', async () => {
    const { repository } = await withRemote({ x: 'x\n' });
    repository.remotes.add('part', 'remote://storage/part');
    const { url } = repository.config.remote('storage').settings;
    expect(repository.config.remote('part').settings).toEqual({ url: `${url}/part` });
  });

  test('keep a relative folder relative to the config', async () => {
    const repository = await dataRepository();
    repository.remotes.add('near', 'storage');
    expect(config(repository)).toContain('url = ../storage\n');
    expect(repository.config.remote('near').settings.url).toBe(join(repository.root, 'storage'));
  });

  test.each([
    ['adds one twice', ({ remotes }: DataRepository) => remotes.add('storage', '/tmp/x')],
    ['modifies an unknown one', ({ remotes }: DataRepository) => remotes.modify('nope', 'user', 'u')],
    ['makes an unknown one the default', ({ remotes }: DataRepository) => remotes.setDefault('nope')],
    ['removes an unknown one', ({ remotes }: DataRepository) => remotes.remove('nope')],
    ['renames an unknown one', ({ remotes }: DataRepository) => remotes.rename('nope', 'n')],
  ])('refuse a change that %s', async (_what, act) => {
    const { repository } = await withRemote({ x: 'x\n' });
    expect(() => act(repository)).toThrow(expect.objectContaining({ code: 'ERR_REPOSITORY' }));
  });
});
