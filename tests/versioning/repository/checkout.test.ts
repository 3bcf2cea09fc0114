import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DataRepository, formatDirObject } from 'labmill/versioning';
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

const tracked = { 'data/a': 'a\n', 'data/sub/b': 'b\n', 'data/sub/deep/c': 'c\n' };

async function added(files: Tree = tracked, target = 'data') {
  const repository = await dataRepository(files);
  const [out] = await repository.add([target]);
  return { repository, id: out!.id };
}

const dataOf = (repository: DataRepository) => readTree(join(repository.root, 'data'));

describe('checkout', () => {
  test('brings back what was removed, and says so as dvc does', async () => {
    const { repository } = await added();
    removePath(repository, 'data');
    // The value of dvc 3.67.1 for the same.
    expect(await repository.checkout()).toEqual({
      modified: [],
      added: ['data/'],
      deleted: [],
      stats: { modified: 0, added: 3, deleted: 0 },
    });
    expect(dataOf(repository)).toEqual({ a: 'a\n', 'sub/b': 'b\n', 'sub/deep/c': 'c\n' });
  });

  test('has nothing to do when nothing changed', async () => {
    const { repository } = await added();
    expect(await repository.checkout()).toMatchObject({ modified: [], added: [], deleted: [] });
  });

  test('brings back one file of a folder', async () => {
    const { repository } = await added();
    removePath(repository, 'data');
    expect(await repository.checkout(['data/sub/b'])).toMatchObject({ stats: { added: 1 } });
    expect(dataOf(repository)).toEqual({ 'sub/b': 'b\n' });
  });

  test('makes files that may be written, executable where noted', async () => {
    const { repository } = await added({ x: 'x\n' }, 'x');
    writeTree(repository.root, {
      'x.dvc': readFileSync(join(repository.root, 'x.dvc'), 'utf8').replace('size: 2', 'size: 2\n  isexec: true'),
    });
    removePath(repository, 'x');
    await repository.checkout();
    expect(statSync(join(repository.root, 'x')).mode & 0o700).toBe(0o700);
  });

  test('refuses to overwrite or remove what is in no cache, and does so by force', async () => {
    const { repository } = await added();
    writeTree(repository.root, { 'data/a': 'new\n', 'data/extra': 'extra\n' });
    await expect(repository.checkout()).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: expect.stringContaining('data/a, data/extra: would be lost'),
    });
    expect(dataOf(repository)).toMatchObject({ a: 'new\n', extra: 'extra\n' });
    expect(await repository.checkout([], { force: true })).toMatchObject({ stats: { modified: 1, deleted: 1 } });
    expect(dataOf(repository)).toEqual({ a: 'a\n', 'sub/b': 'b\n', 'sub/deep/c': 'c\n' });
  });

  test('turns a file into a folder and back', async () => {
    const { repository } = await added({ out: 'a file\n' }, 'out');
    const asFile = readFileSync(join(repository.root, 'out.dvc'), 'utf8');
    removePath(repository, 'out');
    writeTree(repository.root, { 'out/in': 'a folder\n' });
    await repository.add(['out']);
    const asFolder = readFileSync(join(repository.root, 'out.dvc'), 'utf8');
    for (const text of [asFile, asFolder, asFile]) {
      writeTree(repository.root, { 'out.dvc': text });
      await repository.checkout();
      expect(await repository.status()).toEqual({});
    }
    expect(readTree(repository.root)['out']).toBe('a file\n');
  });

  test('removes what a switch of revisions leaves, unless it was touched', async () => {
    const repository = await gitDataRepository();
    writeTree(repository.root, { 'first/a': 'a\n', 'second/b': 'b\n', 'second/c': 'c\n', third: 'd\n' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await repository.add(['first', 'second', 'third']);
    commitAll(repository.root, 'data');
    git(repository.root, 'checkout', '--quiet', 'HEAD~1');
    writeTree(repository.root, { third: 'D\n' });
    expect(await repository.checkout()).toMatchObject({ deleted: ['first/', 'second/'], stats: { deleted: 2 } });
    expect(Object.keys(readTree(repository.root))).toEqual(['.dvcignore', 'third']);
  });

  test('makes links into the cache, and files again with relink', async () => {
    const { repository } = await added();
    const linking = (type: string) => {
      writeTree(repository.root, { '.dvc/config': `[cache]\n    type = ${type}\n` });
      return DataRepository.open(repository.root).checkout([], { relink: true });
    };
    await linking('symlink');
    expect(readFileSync(join(repository.root, 'data/a'), 'utf8')).toBe('a\n');
    await linking('hardlink');
    expect(statSync(join(repository.root, 'data/a')).nlink).toBe(2);
    await linking('copy');
    expect(statSync(join(repository.root, 'data/a'))).toMatchObject({ nlink: 1 });
    expect(await repository.status()).toEqual({});
  });

  test('restores any tree it was given', async () => {
    const name = fc
      .stringMatching(/^[a-zäß😀 #[!*?'"$-][a-zäß😀 #[!*?'"$.-]{0,5}$/u)
      .filter((text) => !/[. ]$/.test(text));
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const isTree = (files: Tree) =>
      Object.keys(files).every((file) => !Object.keys(files).some((other) => other.startsWith(`${file}/`)));
    const tree = fc.dictionary(path, fc.string(), { minKeys: 1, maxKeys: 8, noNullPrototype: true }).filter(isTree);
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        const repository = await dataRepository();
        writeTree(join(repository.root, 'data'), files);
        await repository.add(['data']);
        removePath(repository, 'data');
        await repository.checkout();
        expect(dataOf(repository)).toEqual({ ...files });
        expect(await repository.status()).toEqual({});
      }),
      { numRuns: 30 },
    );
  });
});

describe('checkout with a faulty cache', () => {
  test('never makes a file of a damaged object, and leaves its output as it was', async () => {
    const { repository } = await added();
    const entries = repository.cache.readDirectory((await repository.add(['data']))[0]!.id);
    removePath(repository, 'data');
    damageObject(repository, entries[2]!.md5);
    await expect(repository.checkout()).rejects.toMatchObject({
      code: 'ERR_CACHE_OBJECT',
      message: expect.stringMatching(
        /^data: left as it was: data\/sub\/deep\/c: object .* damaged in the cache, and removed/,
      ),
      failed: ['data'],
    });
    expect(existsSync(join(repository.root, 'data'))).toBe(false);
  });

  test.each(['hardlink', 'symlink', 'copy'])('checks objects before it links to them (%s)', async (type) => {
    const { repository, id } = await added({ x: 'x\n' }, 'x');
    removePath(repository, 'x');
    damageObject(repository, id);
    writeTree(repository.root, { '.dvc/config': `[cache]\n    type = ${type}\n` });
    await expect(DataRepository.open(repository.root).checkout()).rejects.toMatchObject({ code: 'ERR_CACHE_OBJECT' });
    expect(existsSync(join(repository.root, 'x'))).toBe(false);
  });

  test('makes the other outputs, and is content with that when told so', async () => {
    const repository = await dataRepository({ a: 'a\n', b: 'b\n' });
    const [first] = await repository.add(['a', 'b']);
    removePath(repository, 'a');
    removePath(repository, 'b');
    removePath(repository, `.dvc/cache/files/md5/${first!.id.slice(0, 2)}`);
    await expect(repository.checkout()).rejects.toMatchObject({ code: 'ERR_CACHE_OBJECT', failed: ['a'] });
    expect(readTree(repository.root)).toMatchObject({ b: 'b\n' });
    expect(await repository.checkout([], { allowMissing: true })).toMatchObject({ added: [] });
  });

  test('refuses a damaged listing', async () => {
    const { repository, id } = await added();
    damageObject(repository, id);
    removePath(repository, 'data');
    await expect(repository.checkout()).rejects.toMatchObject({ code: 'ERR_CACHE_OBJECT', failed: ['data'] });
  });

  test('leaves no temporary file behind when it fails', async () => {
    const { repository, id } = await added({ x: 'x\n' }, 'x');
    removePath(repository, 'x');
    damageObject(repository, id);
    await repository.checkout().catch(() => undefined);
    expect(namesBelow(join(repository.root, '.dvc/tmp/labmill/new'))).toEqual([]);
  });
});

describe('checkout of what an enemy wrote', () => {
  const hostile: readonly (readonly [string, string])[] = [
    ['out of its folder', '../outside'],
    ['an absolute path', '/etc/outside'],
    ['a git hook', '.git/hooks/post-checkout'],
    ['the config', '.dvc/config'],
  ];

  test.each(hostile)('refuses a listing that names %s', async (_what, relpath) => {
    const { repository } = await added();
    const { bytes, id } = formatDirObject([
      { relpath, md5: repository.cache.readDirectory((await repository.add(['data']))[0]!.id)[0]!.md5 },
    ]);
    repository.cache.storeBytes(id, bytes);
    writeTree(repository.root, { 'evil.dvc': `outs:\n- md5: ${id}\n  hash: md5\n  path: evil\n` });
    await expect(repository.checkout(['evil'])).rejects.toMatchObject({ code: 'ERR_DATA_FORMAT' });
    expect(existsSync(join(repository.root, 'outside'))).toBe(false);
  });

  test.each(hostile)('refuses a .dvc file that names %s', async (_what, path) => {
    const { repository, id } = await added({ x: 'x\n' }, 'x');
    writeTree(repository.root, { 'evil.dvc': `outs:\n- md5: ${id}\n  hash: md5\n  path: ${path}\n` });
    await expect(repository.checkout()).rejects.toMatchObject({ code: 'ERR_DATA_FORMAT' });
  });

  test.each([
    ['the output', 'data', 'data'],
    ['a folder above it', 'above', 'above/data'],
  ])('writes nothing through a link in the place of %s', async (_what, link, out) => {
    const elsewhere = temporaryFolder();
    const repository = await dataRepository({ [`${out}/a`]: 'a\n' });
    await repository.add([out]);
    const dvcFile = readFileSync(join(repository.root, `${out}.dvc`), 'utf8');
    removePath(repository, link);
    removePath(repository, `${out}.dvc`);
    symlinkSync(elsewhere, join(repository.root, link));
    writeFileSync(join(repository.root, 'moved.dvc'), dvcFile.replace('path: data', `path: ${out}`));
    await expect(repository.checkout([], { force: true })).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: expect.stringContaining('to be a folder, got a link'),
    });
    expect(readTree(elsewhere)).toEqual({});
  });

  test('replaces a link within the output by force only, and never follows it', async () => {
    const elsewhere = temporaryFolder();
    const { repository } = await added();
    removePath(repository, 'data/sub');
    symlinkSync(elsewhere, join(repository.root, 'data/sub'));
    await expect(repository.checkout()).rejects.toMatchObject({ code: 'ERR_REPOSITORY' });
    await repository.checkout([], { force: true });
    expect([readTree(elsewhere), dataOf(repository)['sub/b']]).toEqual([{}, 'b\n']);
  });

  test('refuses an entry of DVC 2 with the way out', async () => {
    const repository = await dataRepository({
      'old.dvc': 'outs:\n- md5: 60b725f10c9c85c70d97880dfe8191b3\n  path: old\n',
    });
    await expect(repository.checkout()).rejects.toMatchObject({
      code: 'ERR_REPOSITORY',
      message: expect.stringContaining('dvc cache migrate --dvc-files'),
    });
  });

  test('keeps an ignored file that a listing wants to overwrite', async () => {
    const { repository } = await added();
    writeTree(repository.root, { '.dvcignore': 'b\n', 'data/sub/b': 'mine\n' });
    mkdirSync(join(repository.root, 'data/empty'));
    await expect(repository.checkout()).rejects.toMatchObject({ code: 'ERR_REPOSITORY' });
    expect(dataOf(repository)['sub/b']).toBe('mine\n');
  });
});
