import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataRepository } from 'labmill/versioning';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { jsonLine } from '../../src/cli/data/json-line.ts';
import { git } from '../support/data-repository.ts';
import { type Dvc, startDvc } from '../support/dvc.ts';

const python = inject('python');
const scratch = mkdtempSync(join(tmpdir(), 'labmill-interop-json-'));
const root = join(scratch, 'repository');
let dvc: Dvc;

/** A repository in which something of each kind has happened, with two tags. */
async function makeRepository(): Promise<void> {
  for (const folder of ['data/sub é', 'models', 'other', 'sub']) mkdirSync(join(root, folder), { recursive: true });
  git(root, 'init', '-q');
  for (const name of ['a', 'b', 'sub é/c d', 'gone', 'moved 😀'])
    writeFileSync(join(root, 'data', name), `content of ${name}`);
  for (const name of ['one.bin', 'two.bin', 'run.sh', 'lost.bin', 'sub/deep.csv'])
    writeFileSync(join(root, name), name);
  for (const name of ['x', 'y']) writeFileSync(join(root, 'models', name), name);
  writeFileSync(join(root, 'README.md'), '# In git\n');
  chmodSync(join(root, 'run.sh'), 0o755);
  const repository = await DataRepository.init(root);
  await repository.add(['data', 'models', 'one.bin', 'two.bin', 'run.sh', 'lost.bin', 'sub/deep.csv']);
  repository.remotes.add('store', join(scratch, 'remote'), { default: true });
  await repository.push(['models', 'one.bin']);
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'one');
  git(root, 'tag', 'v1');
  writeFileSync(join(root, 'one.bin'), 'one, changed');
  writeFileSync(join(root, 'new.bin'), 'new');
  await repository.add(['one.bin', 'new.bin']);
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'two');
  git(root, 'tag', 'v2');
  writeFileSync(join(root, 'models/x'), 'x, added');
  await repository.add(['models']);
  writeFileSync(join(root, 'data/a'), 'changed');
  rmSync(join(root, 'data/gone'));
  renameSync(join(root, 'data/moved 😀'), join(root, 'data/sub é/moved'));
  writeFileSync(join(root, 'data/added'), 'added');
  rmSync(join(root, 'two.bin'));
  writeFileSync(join(root, 'untracked'), 'untracked');
  const [lost] = await repository.commit(['lost.bin']);
  rmSync(join(root, '.dvc/cache/files/md5', lost!.id.slice(0, 2)), { recursive: true });
}

async function labmill(...args: string[]): Promise<{ exitCode: number; out: string }> {
  let out = '';
  const exitCode = await runCommandLine(['data', '--cd', root, ...args], { writeOut: (text) => void (out += text) });
  return { exitCode, out };
}

describe.skipIf(python === null)('labmill data … --json prints what DVC prints', () => {
  beforeAll(async () => {
    dvc = startDvc(python!);
    await makeRepository();
  });

  afterAll(async () => {
    await dvc.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  test.each([
    ['status', 'status --json'],
    ['status data', 'status data --json'],
    ['status data.dvc one.bin', 'status data.dvc one.bin --json'],
    ['status -c', 'status -c --json'],
    ['status -c -r store one.bin', 'status -c -r store one.bin --json'],
    ['status -c --all-tags', 'status -c --all-tags --json'],
    ['status --granular', 'data status --granular --json'],
    ['status --granular --unchanged', 'data status --granular --unchanged --json'],
    ['status --unchanged', 'data status --unchanged --json'],
    ['status --untracked-files all', 'data status --untracked-files all --json'],
    ['status --untracked-files no', 'data status --untracked-files no --json'],
    ['status --granular --not-in-remote', 'data status --granular --not-in-remote --json'],
    ['status --granular data', 'data status --granular data --json'],
    ['diff', 'diff --json'],
    ['diff --show-hash', 'diff --show-hash --json'],
    ['diff --hide-missing', 'diff --hide-missing --json'],
    ['diff v1', 'diff v1 --json'],
    ['diff v1 v2 --show-hash', 'diff v1 v2 --show-hash --json'],
    ['diff v2 v2', 'diff v2 v2 --json'],
    ['diff v1 --targets data', 'diff v1 --targets data --json'],
    ['list .', 'list . --json'],
    ['list . -R', 'list . -R --json'],
    ['list . -R --dvc-only', 'list . -R --dvc-only --json'],
    ['list . data', 'list . data --json'],
    ['list . one.bin', 'list . one.bin --json'],
    ['list . -R --rev v1', 'list . -R --rev v1 --json'],
    ['list . -R --rev v1 --dvc-only', 'list . -R --rev v1 --dvc-only --json'],
  ])('%s: the value of dvc %s, written as DVC writes it', async (ours, theirs) => {
    const { code, out, err } = await dvc.run(root, ...theirs.split(' '));
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('ERROR') });
    const shown = await labmill(...ours.split(' '), '--json');
    expect({ ...shown, out: inOneOrder(shown.out) }).toEqual({ exitCode: 0, out: inOneOrder(out) });
    expect(jsonLine(JSON.parse(out))).toBe(out);
  });

  test.each(['status -q', 'status -c -q', 'status -q run.sh', 'data status -q'])(
    'dvc %s ends with the same exit code',
    async (args) => {
      const { code } = await dvc.run(root, ...args.split(' '));
      const ours = args.replace('data status', 'status --granular').split(' ');
      expect(await labmill(...ours)).toEqual({ exitCode: code, out: '' });
    },
  );
});

/** DVC walks through sets: its lists come in another order in each process. */
function inOneOrder(json: string): unknown {
  return JSON.parse(json, (_key, value: unknown) =>
    Array.isArray(value) ? value.map((item) => JSON.stringify(item)).toSorted() : value,
  );
}
