import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DataRepository } from 'labmill/versioning';
import { describe, expect, test } from 'vitest';
import {
  dataRepository,
  git,
  gitDataRepository,
  readTree,
  removePath,
  writeTree,
} from '../../support/data-repository.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// Hashes and texts of this file were written by dvc 3.67.1 for the same files.
const treeId = '5d4f113605056cb46690e3f8fdf30121.dir';

async function linkedTree() {
  const repository = await dataRepository({ 'data/a': 'a\n', 'data/sub/b': 'b\n', 'other/o': 'o\n' });
  symlinkSync('../other', join(repository.root, 'data/linked-folder'));
  symlinkSync('a', join(repository.root, 'data/la'));
  mkdirSync(join(repository.root, 'data/empty'));
  return repository;
}

describe('add', () => {
  test('follows links to files, walks no linked folder, and leaves out empty folders, as dvc does', async () => {
    const repository = await linkedTree();
    expect(await repository.add(['data'])).toMatchObject([{ id: treeId, size: 6, nfiles: 3 }]);
    expect(repository.cache.readDirectory(treeId).map(({ relpath }) => relpath)).toEqual(['a', 'la', 'sub/b']);
    expect(lstatSync(join(repository.root, 'data/la')).isSymbolicLink()).toBe(false);
  });

  test('writes the .dvc file of a folder as dvc does', async () => {
    const repository = await linkedTree();
    await repository.add(['data']);
    expect(readFileSync(join(repository.root, 'data.dvc'), 'utf8')).toBe(
      `outs:\n- md5: ${treeId}\n  size: 6\n  nfiles: 3\n  hash: md5\n  path: data\n`,
    );
  });

  test('notes that a file is executable', async () => {
    const repository = await dataRepository({ x: 'x\n' });
    chmodSync(join(repository.root, 'x'), 0o755);
    await repository.add(['x']);
    expect(readFileSync(join(repository.root, 'x.dvc'), 'utf8')).toBe(
      'outs:\n- md5: 401b30e3b8b5d629635a5c613cdb7919\n  size: 2\n  isexec: true\n  hash: md5\n  path: x\n',
    );
  });

  test.each([
    ['an empty file', 'e', 'd41d8cd98f00b204e9800998ecf8427e', { e: '' }],
    ['an empty folder', 'e', 'd751713988987e9331980363e24189ce.dir', {}],
  ])('takes %s', async (_what, path, id, files) => {
    const repository = await dataRepository(files);
    if (!existsSync(join(repository.root, path))) mkdirSync(join(repository.root, path));
    expect(await repository.add([path])).toMatchObject([{ path, id, size: 0 }]);
  });

  test('stores objects read-only under files/md5 and leaves nothing else in the cache', async () => {
    const repository = await dataRepository({ 'data/a': 'a\n' });
    const [added] = await repository.add(['data']);
    const path = join(repository.root, '.dvc/cache/files/md5/60/b725f10c9c85c70d97880dfe8191b3');
    expect(statSync(path).mode & 0o777).toBe(0o444);
    expect(statSync(repository.cache.path(added!.id)).mode & 0o777).toBe(0o444);
    expect(readTree(join(repository.root, '.dvc/cache/tmp'))).toEqual({});
  });

  test('keeps odd names, escaped in .gitignore as dvc escapes them', async () => {
    const repository = await gitDataRepository();
    writeTree(repository.root, { 'we ird#[1].txt': 'q\n' });
    expect(await repository.add(['we ird#[1].txt'])).toMatchObject([
      { gitFiles: ['.gitignore', 'we ird#[1].txt.dvc'] },
    ]);
    expect(readFileSync(join(repository.root, '.gitignore'), 'utf8')).toBe('/we ird\\#\\[1\\].txt\n');
  });

  test('writes no .gitignore entry for what git ignores already', async () => {
    const repository = await gitDataRepository({ '.gitignore': '*.csv\n', 'a.csv': 'a\n' });
    await repository.add(['a.csv']);
    expect(readFileSync(join(repository.root, '.gitignore'), 'utf8')).toBe('*.csv\n');
  });

  test('takes the changes of a tracked file and keeps what people wrote into its .dvc file', async () => {
    const repository = await dataRepository({ a: 'a\n' });
    await repository.add(['a']);
    const text = `# ours\n${readFileSync(join(repository.root, 'a.dvc'), 'utf8')}  desc: the first\n`;
    writeTree(repository.root, { 'a.dvc': text, a: 'longer\n' });
    await repository.add(['a']);
    expect(readFileSync(join(repository.root, 'a.dvc'), 'utf8')).toBe(
      '# ours\nouts:\n- md5: ca1aedec008657bee2e6bbcc63e21053\n  size: 7\n  hash: md5\n  path: a\n  desc: the first\n',
    );
  });

  test('takes only the named part of a tracked folder', async () => {
    const repository = await dataRepository({ 'data/a': 'a\n', 'data/b': 'b\n' });
    await repository.add(['data']);
    writeTree(repository.root, { 'data/a': 'changed a\n', 'data/b': 'changed b\n' });
    const [added] = await repository.add(['data/a']);
    const sizes = repository.cache.readDirectory(added!.id).map(({ md5 }) => statSync(repository.cache.path(md5)).size);
    expect(sizes).toEqual([10, 2]);
    expect(added).toMatchObject({ size: 12, nfiles: 2 });
  });

  test('leaves the content out of the cache with noCommit', async () => {
    const repository = await dataRepository({ a: 'a\n' });
    const [added] = await repository.add(['a'], { noCommit: true });
    expect(repository.cache.has(added!.id)).toBe(false);
  });

  test('takes patterns with glob', async () => {
    const repository = await dataRepository({ 'a.csv': 'a\n', 'b.csv': 'b\n', 'c.txt': 'c\n' });
    const added = await repository.add(['*.csv'], { glob: true });
    expect(added.map(({ path }) => path).toSorted()).toEqual(['a.csv', 'b.csv']);
  });

  test('stages what changed when the config says so', async () => {
    const repository = await gitDataRepository({ '.dvc/config': '[core]\n    autostage = true\n' });
    writeTree(repository.root, { a: 'a\n' });
    await DataRepository.open(repository.root).add(['a']);
    expect(git(repository.root, 'diff', '--cached', '--name-only').split('\n')).toEqual(
      expect.arrayContaining(['.gitignore', 'a.dvc']),
    );
  });

  test.each([
    ['that is not there', 'nope', 'there is no such file or folder'],
    ['outside the repository', '../elsewhere', 'expected a path inside the repository'],
    ['that is the repository', '.', 'got the repository'],
    ['that is a .dvc file', 'tracked.dvc', 'expected data, got a .dvc file'],
    ['in .dvc', '.dvc/config', 'it is ignored by .dvcignore, or not for data'],
    ['behind a linked folder', 'linked/o', 'expected linked to be a folder, got a link'],
    ['that is a linked folder', 'linked', 'got a link to one'],
    ['around a tracked one', 'around', 'overlaps with the tracked around/in'],
    ['with a broken link', 'broken', 'got a link to nothing'],
    ['with a .dvcignore', 'ignoring', 'expected no .dvcignore inside a tracked folder'],
  ])('refuses a target %s', async (_what, target, message) => {
    const files = { tracked: 't', 'other/o': 'o', 'around/in': 'i', 'broken/a': 'a', 'ignoring/.dvcignore': 'x' };
    const repository = await dataRepository(files);
    await repository.add(['tracked', 'around/in']);
    symlinkSync('other', join(repository.root, 'linked'));
    symlinkSync('nowhere', join(repository.root, 'broken/link'));
    await expect(repository.add([target])).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: expect.stringContaining(message),
    });
    expect(existsSync(join(repository.root, `${target}.dvc`))).toBe(false);
  });

  test('refuses what git tracks, and writes nothing', async () => {
    const repository = await gitDataRepository({ a: 'a\n' });
    await expect(repository.add(['a'])).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: expect.stringContaining('a: expected data that git does not track'),
    });
    expect(git(repository.root, 'status', '--porcelain')).toBe('');
  });

  test('makes links into the cache where the config asks for them', async () => {
    const repository = await dataRepository({ 'data/a': 'a\n', '.dvc/config': '[cache]\n    type = hardlink\n' });
    await DataRepository.open(repository.root).add(['data']);
    expect(statSync(join(repository.root, 'data/a')).nlink).toBe(2);
    expect(await repository.status()).toEqual({});
  });

  test('ends with the reason of an aborted signal', async () => {
    const repository = await dataRepository({ a: 'a\n' });
    await expect(repository.add(['a'], { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  test('reports progress', async () => {
    const repository = await dataRepository({ 'data/a': 'a\n', 'data/b': 'b\n' });
    const seen: unknown[] = [];
    await repository.add(['data'], { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([{ done: 2, total: 2, bytes: 4, totalBytes: 4 }]);
  });
});

describe('remove', () => {
  test('takes the .dvc file and the line of .gitignore away and leaves the data', async () => {
    const repository = await gitDataRepository();
    writeTree(repository.root, { 'data/a': 'a\n' });
    await repository.add(['data']);
    expect(await repository.remove(['data.dvc'])).toEqual(['data.dvc']);
    expect(Object.keys(readTree(repository.root)).toSorted()).toEqual(['.dvcignore', 'data/a']);
    await repository.checkout();
    expect(readTree(repository.root)['data/a']).toBe('a\n');
  });

  test('takes the data away with outs', async () => {
    const repository = await dataRepository({ 'data/a': 'a\n' });
    await repository.add(['data']);
    await repository.remove(['data.dvc'], { outs: true });
    expect(Object.keys(readTree(repository.root))).toEqual(['.dvcignore']);
  });

  test('refuses what is no .dvc file and says which it may be', async () => {
    const repository = await dataRepository({ a: 'a\n' });
    await repository.add(['a']);
    await expect(repository.remove(['a'])).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: 'a: expected a .dvc file, got something else; a is tracked by a.dvc',
    });
  });
});

describe('commit', () => {
  test('takes changes by force only', async () => {
    const repository = await dataRepository({ a: 'a\n' });
    await repository.add(['a']);
    writeTree(repository.root, { a: 'changed\n' });
    await expect(repository.commit()).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: expect.stringContaining('a: it is modified; --force takes it'),
    });
    await repository.commit([], { force: true });
    expect(await repository.status()).toEqual({});
  });

  test('stores what was added with noCommit', async () => {
    const repository = await dataRepository({ a: 'a\n' });
    await repository.add(['a'], { noCommit: true });
    const [committed] = await repository.commit(['a']);
    expect(repository.cache.has(committed!.id)).toBe(true);
  });

  test('refuses a file that is not there', async () => {
    const repository = await dataRepository({ a: 'a\n' });
    await repository.add(['a']);
    removePath(repository, 'a');
    await expect(repository.commit()).rejects.toMatchObject({ code: 'ERR_REPOSITORY' });
  });
});

describe('init', () => {
  test('writes what dvc init writes, and stages it', async () => {
    const repository = await gitDataRepository();
    expect(git(repository.root, 'ls-files').trim().split('\n')).toEqual([
      '.dvc/.gitignore',
      '.dvc/config',
      '.dvcignore',
    ]);
    expect(readFileSync(join(repository.root, '.dvc/.gitignore'), 'utf8')).toBe('/config.local\n/tmp\n/cache\n');
  });

  test.each([
    ['a folder without git', {}, 'expected the top of a git repository'],
    ['a second time', { noScm: true }, 'there is a data repository already'],
  ])('refuses %s', async (_what, options, message) => {
    const folder = temporaryFolder();
    if ('noScm' in options) await DataRepository.init(folder, { noScm: true });
    await expect(DataRepository.init(folder, options)).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: expect.stringContaining(message),
    });
  });
});
