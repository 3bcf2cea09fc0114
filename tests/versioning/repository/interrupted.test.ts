import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataRepository } from 'labmill/versioning';
import { describe, expect, test } from 'vitest';
import { dataRepository, namesBelow, readTree, removePath, writeTree } from '../../support/data-repository.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const command = fileURLToPath(new URL('../../support/data-command.ts', import.meta.url));
const files = Object.fromEntries(
  Array.from({ length: 150 }, (_, i) => [`data/d${i % 7}/f${i}`, `content ${i}`.repeat(99)]),
);

async function filledRepository(): Promise<DataRepository> {
  const repository = await dataRepository(files);
  repository.remotes.add('storage', temporaryFolder(), { default: true });
  return repository;
}

/** Runs a command in a process of its own and kills it some milliseconds after it began; tells whether it had ended. */
async function killed(repository: DataRepository, afterMs: number, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [command, repository.root, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await ended;
}

/** Runs a command in a process of its own and returns the last line it prints. */
async function run(repository: DataRepository, ...args: string[]): Promise<string> {
  return lastLine(process.execPath, [command, repository.root, ...args]);
}

async function lastLine(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  for await (const chunk of child.stdout) output += String(chunk);
  return output.trim().split('\n').at(-1) ?? '';
}

/** The moments of the kills: from before the first object to, on a fast machine, after the last. */
const moments = [0, 40, 100, 200];

describe('a killed', () => {
  test.each(moments)('add (after %i ms) loses nothing, and the next one completes it', async (afterMs) => {
    const repository = await filledRepository();
    await killed(repository, afterMs, 'add', 'data');
    for (const id of objectsOf(repository)) expect(await repository.cache.verify(id)).toBe(true);
    expect(readTree(repository.root)).toMatchObject(files);
    await repository.add(['data']);
    expect(await repository.status()).toEqual({});
    expect(leftovers(repository)).toEqual([]);
  });

  test.each(moments)('checkout (after %i ms) leaves no half file, and the next one completes it', async (afterMs) => {
    const repository = await filledRepository();
    await repository.add(['data']);
    removePath(repository, 'data');
    await killed(repository, afterMs, 'checkout');
    expect(files).toMatchObject(dataFiles(repository));
    await repository.checkout();
    expect(dataFiles(repository)).toEqual(files);
    expect(leftovers(repository)).toEqual([]);
  });

  test.each(moments)('push (after %i ms) is completed by the next one', async (afterMs) => {
    const repository = await filledRepository();
    await repository.add(['data']);
    await killed(repository, afterMs, 'push');
    await repository.push();
    rmSync(join(repository.root, '.dvc/cache'), { recursive: true });
    removePath(repository, 'data');
    await repository.pull();
    expect(dataFiles(repository)).toEqual(files);
  });
});

describe('a disk that takes no more', () => {
  // A limit on the size of files stands in for the disk: the system refuses the write in the same place.
  const limited = (repository: DataRepository, ...args: string[]) => {
    const script = 'ulimit -f 600; trap "" XFSZ; exec "$0" "$@"';
    return lastLine('sh', ['-c', script, process.execPath, command, repository.root, ...args]);
  };

  test('stops an add, which leaves no half object and no .dvc file', async () => {
    const repository = await dataRepository({ 'data/large': 'x'.repeat(2 ** 20) });
    expect(await limited(repository, 'add', 'data')).toBe('ERR_FILE_WRITE');
    expect([objectsOf(repository), leftovers(repository)]).toEqual([[], []]);
    expect(existsSync(join(repository.root, 'data.dvc'))).toBe(false);
  });

  test('stops a checkout, which leaves the workspace as it was', async () => {
    const repository = await dataRepository({ 'data/a': 'before', 'data/large': 'before' });
    await repository.add(['data']);
    const before = readTree(repository.root);
    writeTree(repository.root, { 'data/a': 'after', 'data/large': 'x'.repeat(2 ** 20) });
    await repository.add(['data']);
    const after = readTree(repository.root);
    writeTree(repository.root, before);
    await repository.checkout();
    writeTree(repository.root, { 'data.dvc': after['data.dvc']! });
    expect(await limited(repository, 'checkout')).toBe('ERR_FILE_WRITE');
    expect(readTree(join(repository.root, 'data'))).toEqual({ a: 'before', large: 'before' });
    expect(leftovers(repository)).toEqual([]);
  });
});

describe('two processes at once', () => {
  test('wait for each other', async () => {
    const repository = await filledRepository();
    writeTree(repository.root, { 'more/m': 'm' });
    const [first, second] = await Promise.all([run(repository, 'add', 'data'), run(repository, 'add', 'more')]);
    expect([first, second]).toEqual([expect.stringContaining('data.dvc'), expect.stringContaining('more.dvc')]);
    expect(await repository.status()).toEqual({});
  });
});

function dataFiles(repository: DataRepository): Record<string, string> {
  const tree = existsSync(join(repository.root, 'data')) ? readTree(join(repository.root, 'data')) : {};
  return Object.fromEntries(Object.entries(tree).map(([path, text]) => [`data/${path}`, text]));
}

function objectsOf(repository: DataRepository): string[] {
  const folder = join(repository.root, '.dvc/cache/files/md5');
  const prefixes = existsSync(folder) ? readdirSync(folder) : [];
  return prefixes.flatMap((prefix) => readdirSync(join(folder, prefix)).map((rest) => prefix + rest));
}

function leftovers({ root }: DataRepository): string[] {
  const folders = [join(root, '.dvc/cache/tmp'), join(root, '.dvc/tmp/labmill/new')];
  return folders.flatMap((folder) => (existsSync(folder) ? namesBelow(folder) : []));
}
