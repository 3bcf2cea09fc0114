import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lockRepository, requireUnused } from '../../../src/versioning/repository/lock.ts';
import { dataRepository } from '../../support/data-repository.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Holds the lock from another process, as DVC does with flock(2), until the test ends; resolves when it has it. */
async function lockFromOutside(folder: string): Promise<void> {
  const held = spawn('flock', ['-x', join(folder, 'lock'), 'sh', '-c', 'echo held; exec sleep 60'], { stdio: 'pipe' });
  onTestFinished(() => void held.kill());
  await once(held.stdout, 'data');
}

describe('lockRepository', () => {
  test('excludes others until it is given back', async () => {
    const folder = temporaryFolder();
    const unlock = await lockRepository(folder);
    await expect(lockRepository(folder, { timeoutMs: 0 })).rejects.toMatchObject({
      code: 'ERR_REPOSITORY_LOCKED',
      message: expect.stringContaining(`process ${process.pid} is changing the repository`),
    });
    unlock();
    (await lockRepository(folder, { timeoutMs: 0 }))();
  });

  test('waits for who has it', async () => {
    const folder = temporaryFolder();
    const unlock = await lockRepository(folder);
    const waiting = lockRepository(folder);
    unlock();
    const unlockAgain = await waiting;
    expect(unlockAgain).toBeTypeOf('function');
    unlockAgain();
  });

  test('keeps out who locks with flock, as dvc does', async () => {
    const folder = temporaryFolder();
    const unlock = await lockRepository(folder);
    const tryIt = () => execFileSync('flock', ['-n', join(folder, 'lock'), 'true']);
    expect(tryIt).toThrow('Command failed');
    unlock();
    expect(tryIt).not.toThrow();
  });

  test('is kept out by who locks with flock', async () => {
    const folder = temporaryFolder();
    await lockFromOutside(folder);
    await expect(lockRepository(folder, { timeoutMs: 0 })).rejects.toMatchObject({ code: 'ERR_REPOSITORY_LOCKED' });
  });

  test('leaves its process id, as dvc does', async () => {
    const folder = temporaryFolder();
    const unlock = await lockRepository(folder);
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(` ${process.pid}\n`);
    unlock();
  });

  test('stops waiting when it is told to', async () => {
    const folder = temporaryFolder();
    const unlock = await lockRepository(folder);
    await expect(lockRepository(folder, { signal: AbortSignal.timeout(10) })).rejects.toThrow('aborted');
    unlock();
  });
});

describe('requireUnused', () => {
  const use = (content: unknown) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'rwlock'), typeof content === 'string' ? content : JSON.stringify(content));
    return folder;
  };
  const parent = { pid: process.ppid, cmd: 'dvc repro' };

  test.each([
    ['the same path', { write: { '/w/data': parent } }],
    ['a folder around it', { read: { '/w': [parent] } }],
    ['a file in it', { write: { '/w/data/a': parent } }],
  ])('refuses what a running stage uses: %s', (_what, content) => {
    expect(() => requireUnused(use(content), ['/w/data'])).toThrow(
      expect.objectContaining({ code: 'ERR_REPOSITORY_LOCKED', message: expect.stringContaining('(dvc repro)') }),
    );
  });

  test.each([
    ['a process that is gone', { write: { '/w/data': { pid: 2 ** 22 + 1, cmd: 'dvc repro' } } }],
    ['another path', { write: { '/w/database': parent } }],
    ['a file that dvc left half-written', '{"write": {"/w/da'],
  ])('lets pass %s', (_what, content) => {
    expect(() => requireUnused(use(content), ['/w/data'])).not.toThrow();
  });
});

test('a repository that is told to lock with hard links is not touched', async () => {
  const repository = await dataRepository({ x: 'x', '.dvc/config': '[core]\n    hardlink_lock = true\n' });
  mkdirSync(join(repository.root, 'data'));
  const { DataRepository } = await import('labmill/versioning');
  await expect(DataRepository.open(repository.root).add(['x'])).rejects.toMatchObject({ code: 'ERR_REPOSITORY' });
});
