import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataRepository } from 'labmill/versioning';
import { describe, expect, test } from 'vitest';
import { commitAll, dataRepository, git, gitDataRepository, type Tree, writeTree } from '../support/data-repository.ts';
import { labmill } from '../support/labmill.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const commands = ['init', 'add', 'commit', 'status', 'diff', 'checkout', 'list', 'push', 'fetch', 'pull', 'remove'];
const remoteCommands = ['add', 'list', 'default', 'modify', 'remove', 'rename'];

/** Runs `labmill data …` in a repository. */
async function data(
  { root }: Pick<DataRepository, 'root'>,
  ...args: string[]
): Promise<{ exitCode: number; out: string; err: string }> {
  return labmill('data', '--cd', root, ...args);
}

/** Returns a repository that tracks the folder `data` and has a remote. */
async function tracked(
  files: Readonly<Record<string, string>> = { 'data/a': 'a', 'data/b': 'bb' },
): Promise<DataRepository> {
  const repository = await dataRepository(files);
  await repository.add(['data']);
  repository.remotes.add('store', temporaryFolder(), { default: true });
  return repository;
}

/** Returns a repository in git whose data git does not know. */
async function inGit(files: Tree): Promise<DataRepository> {
  const repository = await gitDataRepository();
  writeTree(repository.root, files);
  return repository;
}

function write({ root }: DataRepository, path: string, text: string): void {
  writeFileSync(join(root, path), text);
}

describe('labmill data', () => {
  test('lists its commands', async () => {
    const { out } = await labmill('data', '--help');
    expect(commands.filter((name) => !new RegExp(`^  ${name} `, 'm').test(out))).toEqual([]);
  });

  test.each([...commands.map((name) => [name]), ...remoteCommands.map((name) => ['remote', name])])(
    'has an example in the help of %s %s',
    async (...names) => {
      const { exitCode, out } = await labmill('data', ...names, '--help');
      expect([exitCode, out]).toEqual([0, expect.stringContaining(`labmill data ${names.join(' ')}`)]);
    },
  );

  test.each([
    ['no target', ['add'], "missing required argument 'targets'"],
    ['an unknown command', ['walk'], "unknown command 'walk'"],
    ['an option that is only DVC’s', ['push', '--run-cache'], "unknown option '--run-cache'"],
    ['an unknown choice', ['status', '--untracked-files', 'some'], 'Allowed choices are no, all'],
    ['no number', ['push', '--jobs', 'many'], '--jobs: expected a whole number from 1 on, got "many"'],
    ['all tags without --cloud', ['status', '--all-tags'], 'expected --cloud with them'],
    ['two comparisons at once', ['status', '--cloud', '--granular'], '--cloud: cannot go with --granular'],
    ['two levels', ['remote', 'list', '--local', '--global'], '--global, --local: expected at most one of them'],
    [
      'a value and --unset',
      ['remote', 'modify', 'store', 'jobs', '1', '--unset'],
      'expected either a value or --unset',
    ],
    ['neither', ['remote', 'modify', 'store', 'jobs'], 'expected either a value or --unset'],
    ['a URL to list', ['list', 'https://example.com/x.git'], 'expected a folder on this machine'],
    ['a pattern that fits nothing', ['push', '--glob', 'x*'], '--glob: expected files or folders that fit "x*"'],
  ])('ends with 2 for %s', async (_, args, message) => {
    expect(await data(await tracked(), ...args)).toMatchObject({
      exitCode: 2,
      out: '',
      err: expect.stringContaining(message),
    });
  });

  test('ends with 1 outside a repository, with one line and no stack', async () => {
    const { exitCode, out, err } = await data({ root: temporaryFolder() }, 'status');
    expect([exitCode, out, err]).toEqual([1, '', expect.stringMatching(/^ERR_REPOSITORY: .*\n$/)]);
  });
});

describe('labmill data init', () => {
  test('makes a repository in a git repository', async () => {
    const root = temporaryFolder();
    git(root, 'init', '-q');
    expect(await labmill('data', 'init', root)).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^Initialized a data repository\.\n[^]*git commit/),
    });
    expect(existsSync(join(root, '.dvc/config'))).toBe(true);
  });

  test('makes one without git, and does not make it twice', async () => {
    const root = temporaryFolder();
    expect(await data({ root }, 'init', '--no-scm', '--quiet')).toEqual({ exitCode: 0, out: '', err: '' });
    expect(await data({ root }, 'init', '--no-scm')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('--force'),
    });
    expect(await data({ root }, 'init', '--no-scm', '--force')).toMatchObject({ exitCode: 0 });
  });
});

describe('labmill data add and commit', () => {
  test('tell what was taken and what git has to be told', async () => {
    const repository = await inGit({ 'data/a': 'a', 'data/b': 'bb', "it's.csv": 'x' });
    const { out } = await data(repository, 'add', 'data', "it's.csv");
    expect(out).toContain("data      2 files, 3 B\nit's.csv  1 B\n");
    expect(out).toMatch(/\n\tgit add .*data\.dvc.*'it'"'"'s\.csv\.dvc'\n$/);
  });

  test('take patterns, and leave content out of the cache until a commit', async () => {
    const repository = await dataRepository({ 'a.csv': 'a', 'b.csv': 'b', 'c.txt': 'c' });
    const { out } = await data(repository, 'add', '--no-commit', '--glob', '*.csv');
    expect(out).toBe('a.csv  1 B\nb.csv  1 B\n');
    expect((await data(repository, 'status')).out).toContain('not in cache');
    await data(repository, 'commit', '-q');
    expect(await data(repository, 'status')).toMatchObject({ out: 'Data is up to date.\n' });
  });

  test('do not take changes without --force', async () => {
    const repository = await tracked();
    write(repository, 'data/a', 'changed');
    expect(await data(repository, 'commit')).toMatchObject({ exitCode: 1, err: expect.stringContaining('--force') });
    expect(await data(repository, 'commit', '--force')).toMatchObject({ exitCode: 0, out: 'data  2 files, 9 B\n' });
  });
});

describe('labmill data status', () => {
  test('shows what has changed as DVC does, as text, as JSON and as exit code', async () => {
    const repository = await tracked();
    write(repository, 'data/a', 'changed');
    expect(await data(repository, 'status')).toMatchObject({
      exitCode: 0,
      out: 'data.dvc:\n\tchanged outs:\n\t\tmodified:           data\n',
    });
    expect((await data(repository, 'status', '--json')).out).toBe(
      '{"data.dvc": [{"changed outs": {"data": "modified"}}]}\n',
    );
    expect(await data(repository, 'status', '-q')).toEqual({ exitCode: 1, out: '', err: '' });
  });

  test('says so when nothing has changed', async () => {
    const repository = await tracked();
    expect(await data(repository, 'status')).toEqual({ exitCode: 0, out: 'Data is up to date.\n', err: '' });
    expect(await data(repository, 'status', '-q')).toMatchObject({ exitCode: 0 });
    expect((await data(repository, 'status', '--json')).out).toBe('{}\n');
  });

  test('compares cache and remote, also when only a remote is named', async () => {
    const repository = await tracked({ 'data/a': 'a' });
    const both = '\tnew:                data\n\tnew:                data/a\n';
    expect((await data(repository, 'status', '--cloud')).out).toBe(both);
    expect((await data(repository, 'status', '-r', 'store')).out).toBe(both);
    await repository.push();
    expect((await data(repository, 'status', '-c')).out).toBe("Cache and remote 'store' are in sync.\n");
  });

  test('compares git, .dvc files and workspace down to files', async () => {
    const repository = await inGit({ 'data/a': 'a', 'data/b': 'b' });
    await repository.add(['data']);
    write(repository, 'data/a', 'changed');
    const { out } = await data(repository, 'status', '--granular');
    expect(out).toContain('Uncommitted changes:\n  (use "labmill data commit <file>..." to track changes)\n');
    expect(out).toContain('        modified: data/a\n');
    expect(out).toContain('use "git status" to see');
    expect((await data(repository, 'status', '--unchanged', '--json')).out).toMatch(
      /^\{"committed": \{"added": \["data\/"\]\}/,
    );
  });
});

describe('labmill data diff', () => {
  test('shows changes by kind with their number, hashes and as Markdown', async () => {
    const repository = await inGit({ 'data/a': 'a', 'data/b': 'b' });
    await repository.add(['data']);
    commitAll(repository.root, 'data');
    write(repository, 'data/a', 'changed');
    expect((await data(repository, 'diff')).out).toBe(
      'Modified:\n    data/\n    data/a\n\nfiles summary: 1 modified\n',
    );
    // The md5 of "a" and of "changed", by md5sum.
    expect((await data(repository, 'diff', '--show-hash')).out).toContain('    0cc175b9..8977dfac  data/a\n');
    expect((await data(repository, 'diff', '--md')).out).toBe(
      '| Status   | Path   |\n|----------|--------|\n| modified | data/  |\n| modified | data/a |\n',
    );
  });
});

describe('labmill data checkout', () => {
  test('brings data back and tells what it did', async () => {
    const repository = await tracked();
    rmSync(join(repository.root, 'data'), { recursive: true });
    expect((await data(repository, 'checkout')).out).toBe('A\tdata/\n');
    rmSync(join(repository.root, 'data/a'));
    expect((await data(repository, 'checkout', '--json')).out).toBe(
      '{"modified": ["data/"], "added": [], "deleted": [], "stats": {"modified": 0, "added": 1, "deleted": 0}}\n',
    );
    expect((await data(repository, 'checkout', '--summary')).out).toBe('No changes.\n');
    expect((await data(repository, 'checkout', '--relink')).out).toMatch(/Relinked successfully\n$/);
  });

  test('does not overwrite what is in no cache without --force', async () => {
    const repository = await tracked();
    write(repository, 'data/a', 'mine');
    expect(await data(repository, 'checkout')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('would be lost'),
    });
    expect(await data(repository, 'checkout', '-f')).toMatchObject({ exitCode: 0, out: 'M\tdata/\n' });
    expect(readFileSync(join(repository.root, 'data/a'), 'utf8')).toBe('a');
  });
});

describe('labmill data push, fetch and pull', () => {
  test('move data and count files', async () => {
    const repository = await tracked();
    expect((await data(repository, 'push')).out).toBe('3 files pushed\n');
    expect((await data(repository, 'push', '--glob', '*.dvc')).out).toBe('Everything is up to date.\n');
    rmSync(join(repository.root, '.dvc/cache'), { recursive: true });
    expect((await data(repository, 'fetch', '-j', '2')).out).toBe('3 files fetched\n');
    for (const path of ['data', '.dvc/cache']) rmSync(join(repository.root, path), { recursive: true });
    expect((await data(repository, 'pull')).out).toBe('A\tdata/\n2 files added and 3 files fetched\n');
  });

  test('name each object that did not get through and end with 1', async () => {
    const repository = await tracked({ 'data/a': 'a' });
    rmSync(join(repository.root, '.dvc/cache/files/md5/0c'), { recursive: true });
    const { exitCode, out, err } = await data(repository, 'push');
    expect([exitCode, out]).toEqual([1, 'Nothing was pushed.\n']);
    expect(err).toMatch(/data\/a[^]*could not be pushed; the same command tries again\n$/);
  });

  test('end with 1 without a remote', async () => {
    const repository = await dataRepository({ a: 'a' });
    await repository.add(['a']);
    expect(await data(repository, 'push')).toMatchObject({ exitCode: 1, err: expect.stringContaining('remote add') });
  });
});

describe('labmill data remove', () => {
  test('stops tracking and keeps the data, unless told', async () => {
    const repository = await tracked();
    expect((await data(repository, 'remove', 'data.dvc')).out).toBe('removed data.dvc\n');
    expect(existsSync(join(repository.root, 'data/a'))).toBe(true);
    await repository.add(['data']);
    await data(repository, 'remove', '--outs', 'data.dvc');
    expect(existsSync(join(repository.root, 'data'))).toBe(false);
  });
});

describe('labmill data list', () => {
  test('shows paths, sizes and hashes in columns', async () => {
    const repository = await tracked({ 'data/a': 'a', 'data/b': 'b'.repeat(2000) });
    expect((await data(repository, 'list', '.')).out).toBe('.dvcignore\ndata\ndata.dvc\n');
    expect((await data(repository, 'list', '.', 'data', '--size', '--show-hash')).out).toMatch(
      /^ {3}1 B {2}0cc175b9c0f1b6a831c399e269772661 {2}a\n2\.0 KB {2}[0-9a-f]{32} {2}b\n$/,
    );
  });
});

describe('labmill data remote', () => {
  test('adds, lists, renames, modifies and removes remotes as DVC writes them', async () => {
    const repository = await dataRepository();
    const config = (file = 'config'): string => readFileSync(join(repository.root, '.dvc', file), 'utf8');
    expect((await data(repository, 'remote', 'add', '-d', 'Cloud', 'webdav://example.com/x')).out).toBe(
      "Setting 'cloud' as a default remote.\n",
    );
    await data(repository, 'remote', 'modify', '--local', 'cloud', 'password', 'p#w');
    expect(config('config.local')).toBe(`['remote "cloud"']\n    password = "p#w"\n`);
    await data(repository, 'remote', 'rename', 'cloud', 'dav');
    expect((await data(repository, 'remote', 'list', '--project')).out).toBe(
      'dav\twebdav://example.com/x\t(default)\n',
    );
    await data(repository, 'remote', 'remove', 'dav');
    expect(config()).toBe('[core]\n    no_scm = True\n');
  });

  test('shows, sets and unsets the default one', async () => {
    const repository = await tracked();
    expect((await data(repository, 'remote', 'default')).out).toBe('store\n');
    expect(await data(repository, 'remote', 'default', '-u')).toEqual({ exitCode: 0, out: '', err: '' });
    expect(await data(repository, 'remote', 'default')).toMatchObject({ exitCode: 1, out: 'No default remote set\n' });
    expect(await data(repository, 'remote', 'default', 'other')).toMatchObject({ exitCode: 1 });
  });

  test.each([
    ['an option that DVC does not know', ['pasword', 'x'], 'pasword: expected an option of a webdav remote'],
    ['a secret that git would keep', ['password', 'secret'], 'password: expected --local'],
    ['a number in words', ['jobs', 'many'], 'jobs: expected a whole number'],
    ['a switch that is neither', ['ask_password', 'maybe'], 'ask_password: expected true or false'],
  ])('refuses %s', async (_, [option, value], message) => {
    const repository = await dataRepository();
    repository.remotes.add('cloud', 'webdav://example.com/x');
    expect(await data(repository, 'remote', 'modify', 'cloud', option!, value!)).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(message),
    });
  });

  test('refuses a URL with a password, which git would keep', async () => {
    const repository = await dataRepository();
    expect(await data(repository, 'remote', 'add', 'cloud', 'webdav://me:hunter2@example.com/x')).toEqual({
      exitCode: 2,
      out: '',
      err: expect.stringContaining('got webdav://me:***@example.com/x'),
    });
    expect(repository.remotes.list()).toEqual([]);
  });
});
