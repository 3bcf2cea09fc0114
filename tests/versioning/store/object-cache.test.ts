import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CacheSettings, ObjectCache } from '../../../src/versioning/store/object-cache.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// md5 of "foo", by md5sum.
const foo = 'acbd18db4cc2f85cedef654fccc4a4d8';

function cacheWithFoo(settings: Partial<CacheSettings> = {}) {
  const directory = temporaryFolder();
  const cache = new ObjectCache({ directory, ...settings });
  cache.storeBytes(foo, Buffer.from('foo'));
  return cache;
}

/** Writes other bytes of equal length into an object, with the modification it had. */
function damage(path: string, bytes: string | Buffer): void {
  chmodSync(path, 0o644);
  writeFileSync(path, bytes);
  chmodSync(path, 0o444);
}

describe('ObjectCache', () => {
  test('keeps objects where DVC 3 does, read-only', () => {
    const cache = cacheWithFoo();
    const path = join(cache.settings.directory, 'files/md5/ac/bd18db4cc2f85cedef654fccc4a4d8');
    expect(cache.path(foo)).toBe(path);
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['foo', 0o444]);
  });

  test('lets a group share it', () => {
    const cache = cacheWithFoo({ isShared: true });
    expect(statSync(cache.path(foo)).mode & 0o777).toBe(0o664);
    expect(statSync(join(cache.path(foo), '..')).mode & 0o7777).toBe(0o2775);
  });

  test('verifies objects and removes damaged ones', async () => {
    const cache = cacheWithFoo();
    expect(await cache.verify(foo)).toBe(true);
    damage(cache.path(foo), 'fop');
    expect([await cache.verify(foo), cache.has(foo), await cache.verify(foo)]).toEqual([false, false, false]);
  });

  test('verifies large objects once, until they change', async () => {
    const notesDirectory = temporaryFolder();
    const cache = cacheWithFoo({ notesDirectory });
    const large = join(temporaryFolder(), 'large');
    writeFileSync(large, Buffer.alloc(3 * 2 ** 20, 'large'));
    const { id } = cache.storeFile(large);
    expect(readFileSync(join(notesDirectory, 'sound'), 'utf8')).toContain(`${id} ${3 * 2 ** 20} `);
    expect(await new ObjectCache(cache.settings).verify(id)).toBe(true);
    damage(cache.path(id), Buffer.alloc(3 * 2 ** 20, 'other'));
    expect(await new ObjectCache(cache.settings).verify(id)).toBe(false);
  });

  test('protects an object that was not', async () => {
    const cache = cacheWithFoo();
    chmodSync(cache.path(foo), 0o644);
    expect(await cache.verify(foo)).toBe(true);
    expect(statSync(cache.path(foo)).mode & 0o777).toBe(0o444);
  });

  test.each([
    ['keeps an object that is sound', 'foo', 'foo'],
    ['replaces one that is not', 'bad', 'foo'],
    ['replaces one that was cut off', '', 'foo'],
  ])('adopts a file: %s', (_what, before, after) => {
    const cache = cacheWithFoo();
    damage(cache.path(foo), before);
    const temporary = cache.temporaryPath();
    writeFileSync(temporary, 'foo');
    cache.adopt(temporary, foo);
    expect([readFileSync(cache.path(foo), 'utf8'), existsSync(temporary)]).toEqual([after, false]);
  });

  test('replaces a damaged object when its content is stored again', () => {
    const cache = cacheWithFoo();
    damage(cache.path(foo), 'bar');
    cache.storeBytes(foo, Buffer.from('foo'));
    expect(readFileSync(cache.path(foo), 'utf8')).toBe('foo');
  });

  test('reports what it cannot adopt', () => {
    const cache = cacheWithFoo();
    expect(() => cache.adopt('no-such-file', 'd41d8cd98f00b204e9800998ecf8427e')).toThrow(
      expect.objectContaining({ code: 'ERR_FILE_WRITE' }),
    );
  });

  test.each([
    ['missing', 'd751713988987e9331980363e24189ce.dir', 'not in the cache'],
    ['damaged', `${foo}.dir`, 'damaged in the cache, and removed'],
  ])('reports a listing that is %s', (_what, id, message) => {
    const cache = cacheWithFoo();
    cache.storeBytes(`${foo}.dir`, Buffer.from('[]'));
    expect(() => cache.readDirectory(id)).toThrow(
      expect.objectContaining({ code: 'ERR_CACHE_OBJECT', message: expect.stringContaining(message) }),
    );
  });

  test('stores large files piece by piece and leaves nothing else behind', () => {
    const cache = cacheWithFoo();
    const large = join(temporaryFolder(), 'large');
    writeFileSync(large, Buffer.alloc(2 ** 21 + 7, 'x'));
    const { id } = cache.storeFile(large);
    cache.storeFile(large);
    expect(readFileSync(cache.path(id)).equals(readFileSync(large))).toBe(true);
    expect(readdirSync(cache.temporary.directory)).toEqual([]);
  });
});
