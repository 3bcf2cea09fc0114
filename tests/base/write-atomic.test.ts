import type * as fs from 'node:fs';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileWriteError, writeFileAtomic } from 'labmill';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const disk = vi.hoisted(() => ({ freeBytes: Infinity, bytesPerWrite: Infinity, failure: 'ENOSPC' }));

// A disk that takes `freeBytes` bytes and then fails as a real one does: a short write first, then the error.
vi.mock('node:fs', async (importActual) => {
  const actual = await importActual<typeof fs>();
  const writeSync = (file: number, bytes: Uint8Array, offset: number): number => {
    if (disk.freeBytes === 0) throw Object.assign(new Error(`${disk.failure}: write`), { code: disk.failure });
    const length = Math.min(bytes.length - offset, disk.freeBytes, disk.bytesPerWrite);
    disk.freeBytes -= length;
    return actual.writeSync(file, bytes, offset, length);
  };
  return { ...actual, writeSync };
});

afterEach(() => {
  Object.assign(disk, { freeBytes: Infinity, bytesPerWrite: Infinity });
});

describe('writeFileAtomic', () => {
  test.each([
    ['text', 'Grüße\n', Buffer.from('Grüße\n')],
    ['bytes', Uint8Array.of(0, 255, 10), Buffer.of(0, 255, 10)],
    ['nothing', '', Buffer.alloc(0)],
  ])('writes %s', (_, content, expected) => {
    const path = join(temporaryFolder(), 'file');
    writeFileAtomic(path, content);
    expect(readFileSync(path)).toEqual(expected);
  });

  test('replaces a file, makes missing folders and leaves nothing else behind', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a', 'b', 'file');
    writeFileAtomic(path, 'old');
    writeFileAtomic(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['file']);
  });

  test('writes on after a short write', () => {
    const path = join(temporaryFolder(), 'file');
    disk.bytesPerWrite = 4;
    writeFileAtomic(path, 'abcdefghij');
    expect(readFileSync(path, 'utf8')).toBe('abcdefghij');
  });

  test.each([
    ['ENOSPC', 'the disk is full (ENOSPC)'],
    ['EACCES', 'no permission (EACCES)'],
    ['EIO', 'EIO: write'],
  ])('on %s says so, keeps what stood there, and leaves nothing half-written', (failure, reason) => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    writeFileAtomic(path, 'old');
    Object.assign(disk, { freeBytes: 2, failure });
    expect(() => writeFileAtomic(path, 'much longer')).toThrow(
      expect.objectContaining({
        code: 'ERR_FILE_WRITE',
        message: `${path}: could not be written: ${reason}. What stood there before is kept.`,
      }),
    );
    expect(readdirSync(folder)).toEqual(['file']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  test('refuses the name of a folder, and a path through a file', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'file'), '');
    expect(() => writeFileAtomic(join(folder, 'folder'), '')).toThrow(FileWriteError);
    expect(() => writeFileAtomic(join(folder, 'file', 'below'), '')).toThrow(FileWriteError);
    expect(readdirSync(folder).toSorted()).toEqual(['file', 'folder']);
  });
});
