import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DataRepository } from 'labmill/versioning';
import { describe, expect, test } from 'vitest';
import {
  commitAll,
  dataRepository,
  git,
  gitDataRepository,
  removePath,
  type Tree,
  writeTree,
} from '../../support/data-repository.ts';

/** The repository whose values below were printed by dvc 3.67.1, folded by path. */
async function changedRepository() {
  const repository = await gitDataRepository();
  writeTree(repository.root, {
    'data/a': 'a\n',
    'data/sub/b': 'b\n',
    'data/c': 'c\n',
    'data/r': 'r\n',
    'keep/k': 'k\n',
    x: 'x\n',
    'nest/deep/n': 'n\n',
  });
  await repository.add(['data', 'keep', 'x', 'nest/deep/n']);
  commitAll(repository.root, 'v1');
  for (const path of ['data/c', 'data/r', 'keep', 'nest/deep/n']) removePath(repository, path);
  writeTree(repository.root, {
    'data/a': 'a2\n',
    'data/d': 'd\n',
    'data/sub/r': 'r\n',
    'data/newdir/1': '1\n',
    x: 'x2\n',
  });
  return repository;
}

describe('status', () => {
  test('is empty when nothing changed', async () => {
    const repository = await dataRepository({ 'data/a': 'a\n' });
    await repository.add(['data']);
    expect(await repository.status()).toEqual({});
  });

  test('says what dvc status --json says', async () => {
    const repository = await changedRepository();
    expect(await repository.status()).toEqual({
      'keep.dvc': [{ 'changed outs': { keep: 'deleted' } }],
      'data.dvc': [{ 'changed outs': { data: 'modified' } }],
      'x.dvc': [{ 'changed outs': { x: 'modified' } }],
      'nest/deep/n.dvc': [{ 'changed outs': { 'nest/deep/n': 'deleted' } }],
    });
  });

  test('names paths from the folder it runs in', async () => {
    const { root } = await changedRepository();
    expect(await DataRepository.open(join(root, 'nest')).status(['deep/n.dvc', '../keep'])).toEqual({
      'deep/n.dvc': [{ 'changed outs': { 'deep/n': 'deleted' } }],
      '../keep.dvc': [{ 'changed outs': { '../keep': 'deleted' } }],
    });
  });

  test.each(['data', 'data.dvc', 'data/a'])('looks at what is asked for: %s', async (target) => {
    const repository = await changedRepository();
    expect(await repository.status([target])).toEqual({ 'data.dvc': [{ 'changed outs': { data: 'modified' } }] });
  });

  test('refuses a target that is not tracked', async () => {
    const repository = await changedRepository();
    await expect(repository.status(['nope'])).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: 'nope: expected a tracked file or folder, or a .dvc file; it is none of them',
    });
  });

  test('tells when a file is missing in the cache, also after it was found complete', async () => {
    const repository = await dataRepository({ 'data/a': 'a\n', 'data/b': 'b\n' });
    const [added] = await repository.add(['data']);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await repository.status()).toEqual({});
    rmSync(repository.cache.path(repository.cache.readDirectory(added!.id)[1]!.md5));
    expect(await repository.status()).toEqual({ 'data.dvc': [{ 'changed outs': { data: 'not in cache' } }] });
  });

  test('sees a change of equal length that comes at once after the file was read', async () => {
    const repository = await dataRepository({ a: '0' });
    for (let i = 1; i < 20; i++) {
      writeTree(repository.root, { a: String(i % 10) });
      await repository.add(['a']);
      writeTree(repository.root, { a: String((i + 1) % 10) });
      expect(await repository.status()).toEqual({ 'a.dvc': [{ 'changed outs': { a: 'modified' } }] });
    }
  });

  test('sees a change of equal length that comes at once after a checkout', async () => {
    const repository = await dataRepository({ a: 'before' });
    await repository.add(['a']);
    removePath(repository, 'a');
    await repository.checkout();
    writeTree(repository.root, { a: 'after!' });
    expect(await repository.status()).toEqual({ 'a.dvc': [{ 'changed outs': { a: 'modified' } }] });
  });

  test('sees a change of equal length whose mtime was set back', async () => {
    const repository = await dataRepository({ a: 'before' });
    await repository.add(['a']);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await repository.status();
    const { atime, mtime } = statSync(join(repository.root, 'a'));
    writeFileSync(join(repository.root, 'a'), 'after!');
    utimesSync(join(repository.root, 'a'), atime, mtime);
    expect(await repository.status()).toEqual({ 'a.dvc': [{ 'changed outs': { a: 'modified' } }] });
  });

  test.each([
    ['is damaged', (bytes: Buffer) => bytes.fill(7, 40, 60)],
    ['was cut off', (bytes: Buffer) => bytes.subarray(0, 100)],
    ['is of another release', (bytes: Buffer) => Buffer.concat([Buffer.from('LMTREE99'), bytes.subarray(8)])],
  ])('does without an index that %s', async (_what, change) => {
    const repository = await dataRepository({ 'data/a': 'a\n' });
    await repository.add(['data']);
    const trees = join(repository.root, '.dvc/tmp/labmill/trees');
    const path = join(trees, readdirSync(trees)[0]!);
    writeFileSync(path, change(readFileSync(path)));
    expect(await repository.status()).toEqual({});
  });

  test('looks again when the ignore rules change', async () => {
    const repository = await dataRepository({ 'data/a': 'a\n', 'data/b': 'b\n' });
    await repository.add(['data']);
    writeTree(repository.root, { '.dvcignore': 'b\n' });
    expect(await repository.status()).toEqual({ 'data.dvc': [{ 'changed outs': { data: 'modified' } }] });
  });

  test('tells exactly the edits of any tree', async () => {
    const names = ['a', 'b', 'c/d', 'c/e', 'f/g/h'];
    const before: Tree = Object.fromEntries(names.map((name) => [name, `${name} as it was`]));
    const repository = await gitDataRepository();
    writeTree(join(repository.root, 'data'), before);
    await repository.add(['data']);
    const edit = fc.constantFrom('keep', 'change', 'remove');
    await fc.assert(
      fc.asyncProperty(fc.tuple(edit, edit, edit, edit, edit), fc.boolean(), async (edits, isNew) => {
        await repository.checkout(['data'], { force: true });
        const chosen = (kind: string) => names.filter((_name, i) => edits[i] === kind).map((name) => `data/${name}`);
        for (const path of chosen('remove')) removePath(repository, path);
        writeTree(repository.root, Object.fromEntries(chosen('change').map((path) => [path, 'as it is'])));
        if (isNew) writeTree(repository.root, { 'data/new': 'new' });
        const { uncommitted = {} } = await repository.dataStatus([], { granular: true });
        const files = (paths: readonly string[] = []) => paths.filter((path) => !path.endsWith('/')).toSorted();
        expect(files(uncommitted.modified)).toEqual(chosen('change'));
        expect(files(uncommitted.deleted)).toEqual(chosen('remove'));
        expect(files(uncommitted.added)).toEqual(isNew ? ['data/new'] : []);
      }),
      { numRuns: 30 },
    );
  });
});

describe('dataStatus', () => {
  test('says what dvc data status --json says', async () => {
    const repository = await changedRepository();
    expect(await repository.dataStatus()).toEqual({
      uncommitted: { modified: ['data/', 'x'], deleted: ['keep/', 'nest/deep/n'] },
    });
  });

  test('says what dvc data status --json --granular --unchanged says', async () => {
    const repository = await changedRepository();
    expect(await repository.dataStatus([], { granular: true, unchanged: true })).toEqual({
      uncommitted: {
        modified: ['data/', 'data/a', 'x'],
        added: ['data/d', 'data/newdir/1'],
        renamed: [{ old: 'data/r', new: 'data/sub/r' }],
        deleted: ['data/c', 'keep/', 'keep/k', 'nest/deep/n'],
      },
      unchanged: ['data/sub/b'],
    });
  });

  test('tells what was added since HEAD', async () => {
    const repository = await gitDataRepository();
    writeTree(repository.root, { 'data/a': 'a\n' });
    await repository.add(['data']);
    expect(await repository.dataStatus([], { granular: true })).toEqual({ committed: { added: ['data/', 'data/a'] } });
  });

  test('tells what is in no cache', async () => {
    const repository = await changedRepository();
    removePath(repository, '.dvc/cache/files/md5/60');
    expect(await repository.dataStatus(['data'], { granular: true })).toMatchObject({ not_in_cache: ['data/a'] });
  });

  test('tells what is unknown when a listing is missing', async () => {
    const repository = await changedRepository();
    git(repository.root, 'checkout', '--quiet', '--', '.');
    removePath(repository, '.dvc/cache/files/md5/e8');
    expect(await repository.dataStatus(['data'], { granular: true })).toMatchObject({
      not_in_cache: ['data/'],
      uncommitted: { modified: ['data/'], unknown: expect.arrayContaining(['data/a', 'data/d']) },
    });
  });

  test('tells what nobody tracks, and what git has to say', async () => {
    const repository = await changedRepository();
    writeTree(repository.root, { note: 'n' });
    expect(await repository.dataStatus([], { untrackedFiles: 'all', git: true })).toMatchObject({
      untracked: ['note'],
      git: { is_empty: false, is_dirty: true },
    });
  });
});

describe('diff', () => {
  test('says what dvc diff --json says', async () => {
    const repository = await changedRepository();
    expect(await repository.diff()).toEqual({
      added: [{ path: 'data/d' }, { path: 'data/newdir/1' }],
      deleted: [{ path: 'data/c' }, { path: 'keep/' }, { path: 'keep/k' }, { path: 'nest/deep/n' }],
      modified: [{ path: 'data/' }, { path: 'data/a' }, { path: 'x' }],
      renamed: [{ path: { old: 'data/r', new: 'data/sub/r' } }],
      'not in cache': [],
    });
  });

  test('adds hashes as dvc diff --json --show-hash does', async () => {
    const repository = await changedRepository();
    expect(await repository.diff('HEAD', undefined, { showHash: true, targets: ['data/a', 'data/d'] })).toEqual({
      added: [{ path: 'data/d', hash: 'e29311f6f1bf1af907f9ef9f44b8328b' }],
      modified: [
        { path: 'data/a', hash: { old: '60b725f10c9c85c70d97880dfe8191b3', new: '1597a5a9948014489de663c8fb4438db' } },
      ],
      deleted: [],
      renamed: [],
      'not in cache': [],
    });
  });

  test('compares two revisions', async () => {
    const repository = await changedRepository();
    expect(await repository.diff('HEAD~1', 'HEAD', { targets: ['keep'] })).toEqual({
      added: [{ path: 'keep/' }, { path: 'keep/k' }],
      deleted: [],
      modified: [],
      renamed: [],
    });
    expect(await repository.diff('HEAD', 'HEAD')).toEqual({});
  });

  test.each([
    ['an unknown revision', (r: DataRepository) => r.diff('nope'), 'unknown Git revision "nope"'],
    [
      'an unknown target',
      (r: DataRepository) => r.diff('HEAD', undefined, { targets: ['nope'] }),
      'nope: expected a path',
    ],
  ])('refuses %s', async (_what, act, message) => {
    await expect(act(await changedRepository())).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: expect.stringContaining(message),
    });
  });

  test('refuses to compare without git', async () => {
    await expect((await dataRepository()).diff()).rejects.toMatchObject({ code: 'ERR_REPOSITORY' });
  });
});
