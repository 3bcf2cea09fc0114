import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataRepository } from 'labmill/versioning';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Dvc, quietEnvironment, startDvc } from '../support/dvc.ts';
import { folderContent } from '../support/folder-content.ts';
import { type GeneratedTree, generateTree, writeTree } from '../support/generated-repository.ts';

const python = inject('python');
const scratch = mkdtempSync(join(tmpdir(), 'labmill-interop-'));
const seeds = Array.from({ length: 40 }, (_, index) => index);
let dvc: Dvc;

/** The same tree twice: tracked by Labmill, and tracked by the real DVC. */
interface Pair {
  readonly tree: GeneratedTree;
  readonly ours: string;
  readonly theirs: string;
  /** The tree's files before either looked at them. */
  readonly files: Readonly<Record<string, string>>;
}

const pairs = new Map<number, Promise<Pair>>();

async function pair(seed: number): Promise<Pair> {
  const made = pairs.get(seed) ?? makePair(seed);
  pairs.set(seed, made);
  return made;
}

async function makePair(seed: number): Promise<Pair> {
  const tree = generateTree(seed);
  const [ours, theirs] = ['ours', 'theirs'].map((name) => join(scratch, `${seed}`, name)) as [string, string];
  for (const folder of [ours, theirs]) {
    mkdirSync(folder, { recursive: true });
    git(folder, 'init', '-q');
    writeTree(folder, tree);
  }
  const files = folderContent(ours, (path) => !path.startsWith('.git/'));
  const repository = await DataRepository.init(ours);
  await repository.add(tree.targets);
  await expectSuccess(theirs, 'init', '-q');
  await expectSuccess(theirs, 'add', '-q', '--', ...tree.targets);
  for (const folder of [ours, theirs]) {
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'data');
  }
  return { tree, ours, theirs, files };
}

function git(folder: string, ...args: string[]): void {
  const { status, stderr } = spawnSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...quietEnvironment },
  });
  expect(stderr, `git ${args.join(' ')}`).toBe('');
  expect(status).toBe(0);
}

async function expectSuccess(folder: string, ...args: string[]): Promise<string> {
  const { code, out, err } = await dvc.run(folder, ...args);
  expect({ code, err }, `dvc ${args.join(' ')}`).toMatchObject({ code: 0, err: expect.not.stringContaining('ERROR') });
  return out;
}

/** What both tools write and share: all but git's own, the data, and their scratch files. */
function written(folder: string, { tree }: Pair): Record<string, string> {
  const isData = (path: string): boolean =>
    tree.targets.some((target) => path === target || path.startsWith(`${target}/`));
  return folderContent(folder, (path) => !/^\.(?:git|dvc\/tmp)\//.test(path) && !isData(path));
}

function dataFiles(folder: string, { files }: Pair): Record<string, string> {
  return folderContent(folder, (path) => path in files);
}

/** Takes away what is tracked, and with `cache` the cache as well. */
function removeData(folder: string, { tree }: Pair, ...more: string[]): void {
  for (const path of [...tree.targets, ...more]) rmSync(join(folder, path), { recursive: true, force: true });
}

/** Returns the files that a checkout brings back: what a rule ignores is in no version. */
function tracked(made: Pair, folder: string): Record<string, string> {
  const back = dataFiles(folder, made);
  return Object.fromEntries(Object.entries(made.files).filter(([path]) => path in back));
}

describe.skipIf(python === null)('Labmill and the real DVC', () => {
  beforeAll(() => {
    dvc = startDvc(python!);
  });

  afterAll(async () => {
    await dvc.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  test.each(seeds)(
    'write the same bytes for the tree of seed %i: .dvc files, .gitignore, config, cache',
    async (seed) => {
      const made = await pair(seed);
      expect(written(made.ours, made)).toEqual(written(made.theirs, made));
      const objects = Object.keys(written(made.ours, made)).filter((path) => path.startsWith('.dvc/cache/'));
      expect(objects.map((path) => (statSync(join(made.ours, path)).mode & 0o777).toString(8))).toEqual(
        objects.map(() => '444'),
      );
    },
  );

  test.each(seeds)(
    'DVC finds nothing to do in what Labmill wrote, and checks out the same bytes: seed %i',
    async (seed) => {
      const made = await pair(seed);
      expect(await expectSuccess(made.ours, 'status', '--json')).toBe('{}\n');
      expect(await expectSuccess(made.ours, 'data', 'status', '--json', '--granular')).toBe('{}\n');
      // DVC takes an executable with a copy in the same folder for modified, also after its own `add`.
      const summary = await expectSuccess(made.theirs, 'checkout', '--summary');
      expect(await expectSuccess(made.ours, 'checkout', '--summary')).toBe(summary);
      const before = dataFiles(made.ours, made);
      removeData(made.ours, made);
      await expectSuccess(made.ours, 'checkout', '-q');
      expect(dataFiles(made.ours, made)).toEqual(tracked(made, made.ours));
      expect(before).toMatchObject(dataFiles(made.ours, made));
    },
  );

  test.each(seeds)(
    'Labmill finds nothing to do in what DVC wrote, and checks out the same bytes: seed %i',
    async (seed) => {
      const made = await pair(seed);
      const repository = DataRepository.open(made.theirs);
      expect(await repository.status()).toEqual({});
      expect(await repository.dataStatus([], { granular: true })).toEqual({});
      expect((await repository.checkout()).stats).toEqual({ added: 0, deleted: 0, modified: 0 });
      removeData(made.theirs, made);
      await repository.checkout();
      expect(dataFiles(made.theirs, made)).toEqual(tracked(made, made.ours));
    },
  );

  test.each(seeds.slice(0, 20))('Labmill pushes to a folder and DVC pulls: seed %i', async (seed) => {
    const made = await pair(seed);
    const remote = join(scratch, `${seed}`, 'from-ours');
    const repository = DataRepository.open(made.ours);
    repository.remotes.add('here', remote, { default: true });
    expect((await repository.push()).failed).toEqual([]);
    await expectSuccess(made.theirs, 'remote', 'add', '-q', '-d', 'here', remote);
    removeData(made.theirs, made, '.dvc/cache');
    await expectSuccess(made.theirs, 'pull', '-q');
    expect(dataFiles(made.theirs, made)).toEqual(tracked(made, made.ours));
    expect(await expectSuccess(made.theirs, 'status', '-c', '--json')).toBe('{}\n');
  });

  test.each(seeds.slice(20))('DVC pushes to a folder and Labmill pulls: seed %i', async (seed) => {
    const made = await pair(seed);
    const remote = join(scratch, `${seed}`, 'from-theirs');
    await expectSuccess(made.theirs, 'remote', 'add', '-q', 'there', remote);
    await expectSuccess(made.theirs, 'push', '-q', '-r', 'there');
    const repository = DataRepository.open(made.ours);
    repository.remotes.add('there', remote);
    removeData(made.ours, made, '.dvc/cache');
    await repository.pull([], { remote: 'there' });
    expect(dataFiles(made.ours, made)).toEqual(tracked(made, made.theirs));
    expect(await repository.cloudStatus([], { remote: 'there' })).toEqual({});
  });
});
