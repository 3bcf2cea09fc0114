import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { objectPath } from '../../../src/versioning/format/object-id.ts';
import { openRemote } from '../../../src/versioning/remote/open-remote.ts';
import { pushObjects } from '../../../src/versioning/remote/push-objects.ts';
import type { UsedObject } from '../../../src/versioning/remote/transfer.ts';
import { httpServer } from '../../support/http-server.ts';
import { ObjectFolder } from '../../support/object-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Fault, first, webdav } from '../../support/webdav.ts';

const large = 'large '.repeat(500_000);

/** The names of all files below a folder, but for what the server is still about to remove. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((file) => (file.isFile() && !file.name.endsWith('.upload') ? [file.name] : []));
}

/** Returns the path of an object in a server's store. */
function stored(root: string, { id }: UsedObject): string {
  return join(root, 'store', objectPath(id));
}

/** A cache with a directory of two files. */
function someData() {
  const cache = new ObjectFolder();
  const data = cache.directory('data', { 'good.csv': 'good', 'bad.csv': large });
  return { cache, data, bad: cache.file('data/bad.csv', large), good: cache.file('data/good.csv', 'good') };
}

/** A server without a method. */
function without(method: string): Fault {
  return (request, response) => {
    if (request.method !== method) return false;
    response.writeHead(405).end();
    return true;
  };
}

describe('pushObjects', () => {
  test('stores every object once, in dvc’s layout, and makes the folders it needs', async () => {
    const { cache, data } = someData();
    const again = cache.directory('again', { 'a/b': 'good', empty: '' });
    const { remote, root } = await webdav(undefined, {});
    const result = await pushObjects([data, again, data], { cache, remote });
    expect(result).toMatchObject({ transferred: 5, present: 0, failed: [] });
    expect(filesBelow(join(root, 'store/files/md5')).toSorted()).toEqual(cache.names().toSorted());
    expect(readFileSync(stored(root, data))).toEqual(readFileSync(cache.path(data.id)));
  });

  test('sends nothing a second time', async () => {
    const { cache, data } = someData();
    const { remote, requests } = await webdav();
    await pushObjects([data], { cache, remote });
    const before = requests.length;
    expect(await pushObjects([data], { cache, remote })).toMatchObject({ transferred: 0, present: 3 });
    expect(requests.slice(before).filter((request) => !request.startsWith('PROPFIND'))).toEqual([]);
  });

  test('asks by prefix when the objects are many', async () => {
    const cache = new ObjectFolder();
    const files = Array.from({ length: 600 }, (_, i) => cache.file(`f${i}`, `content ${i}`));
    const { remote, requests } = await webdav();
    await pushObjects(files.slice(300), { cache, remote });
    const before = requests.length;
    expect(await remote.has(files.map(({ id }) => id))).toHaveProperty('size', 300);
    expect(requests.length - before).toBeLessThan(258);
  });

  test('makes each folder once, however many objects go there at the same time', async () => {
    const cache = new ObjectFolder();
    const files = Array.from({ length: 64 }, (_, i) => cache.file(`f${i}`, `content ${i}`));
    const { remote, requests } = await webdav();
    await pushObjects(files, { cache, remote });
    const made = requests.filter((request) => request.startsWith('MKCOL'));
    // The first time it is asked for, the folder above it is not there.
    expect(made.filter((request) => request === 'MKCOL /store/files/md5/')).toHaveLength(2);
  });

  test('brings the listing of a directory after all its files', async () => {
    const { cache, data } = someData();
    const { remote, requests } = await webdav();
    await pushObjects([data], { cache, remote });
    expect(requests.findLast((request) => request.startsWith('PUT'))).toContain(data.id.slice(2));
    expect(requests.at(-1)).toMatch(/^MOVE .*\.dir\.[0-9a-f]{12}\.tmp$/);
  });

  test.each<[string, (path: string) => Fault, RegExp]>([
    ['breaks off', (path) => first(2, 'PUT', (to) => void to.destroy(), path), /the connection to .* failed/],
    [
      'is full',
      (path) => first(1, 'PUT', (to) => void to.writeHead(507).end(), path),
      /expected PUT .* to succeed, got 507 Insufficient Storage/,
    ],
    ['forbids it', (path) => first(1, 'PUT', (to) => void to.writeHead(403).end(), path), /got 403 Forbidden/],
    [
      'is out of order',
      (path) => first(2, 'PUT', (to) => void to.writeHead(500).end(), path),
      /got 500 Internal Server Error/,
    ],
    ['says nothing', (path) => first(2, 'PUT', () => undefined, path), /got nothing for 1 s/],
    [
      'cannot move',
      (path) => first(2, 'MOVE', (to) => void to.writeHead(423).end(), path),
      /expected MOVE .* to succeed, got 423 Locked/,
    ],
    [
      'loses what it took',
      (path) => first(1, 'MOVE', (to) => void to.writeHead(404).end(), path),
      /to have 3000000 bytes now, found nothing/,
    ],
  ])(
    'a server that %s: names the file, brings the others, and no listing without its files',
    async (_, fault, message) => {
      const { cache, data, bad, good } = someData();
      const { remote, root } = await webdav(fault(bad.id.slice(2)), { timeout: '1' });
      const { failed } = await pushObjects([data], { cache, remote });
      expect(failed).toEqual([
        {
          ...data,
          error: expect.objectContaining({ message: expect.stringContaining('1 of its files could not be') }),
        },
        { ...bad, error: expect.objectContaining({ code: 'ERR_REMOTE', message: expect.stringMatching(message) }) },
      ]);
      expect(failed[1]!.error.message).toMatch(/^data\/bad\.csv: /);
      expect(filesBelow(root)).toEqual([good.id.slice(2)]);
    },
  );

  test.each<[string, Fault]>([
    ['503', first(1, 'PUT', (to) => void to.writeHead(503).end())],
    ['429', first(1, 'PUT', (to) => void to.writeHead(429, { 'retry-after': '0' }).end())],
    ['a broken connection', first(1, 'PUT', (to) => void to.destroy())],
    ['a broken MKCOL', first(1, 'MKCOL', (to) => void to.destroy())],
    ['a broken MOVE', first(1, 'MOVE', (to) => void to.destroy())],
  ])('tries once more after %s', async (_, fault) => {
    const { cache, data } = someData();
    const { remote, root } = await webdav(fault);
    expect(await pushObjects([data], { cache, remote })).toMatchObject({ transferred: 3, failed: [] });
    expect(filesBelow(root).toSorted()).toEqual(cache.names().toSorted());
  });

  test('takes an object for moved when only the answer was lost', async () => {
    const { cache, good } = someData();
    let isLost = false;
    const { remote, root } = await webdav((request, response) => {
      if (request.method === 'MOVE' && !isLost) {
        isLost = true;
        response.writeHead = () => response.destroy();
      }
      return false;
    });
    expect(await pushObjects([good], { cache, remote })).toMatchObject({ transferred: 1, failed: [] });
    expect(filesBelow(root)).toEqual([good.id.slice(2)]);
  });

  test('always says how long a body is, as servers ask that answer 411', async () => {
    const { cache, data } = someData();
    const { remote } = await webdav((request, response) => {
      if (request.method !== 'PUT' || request.headers['content-length'] !== undefined) return false;
      response.writeHead(411).end();
      return true;
    });
    expect(await pushObjects([data], { cache, remote })).toMatchObject({ transferred: 3, failed: [] });
  });

  test('stores objects under their names at once, and checks their sizes, where there is no MOVE', async () => {
    const { cache, data } = someData();
    const { remote, root } = await webdav(without('MOVE'));
    expect(await pushObjects([data], { cache, remote })).toMatchObject({ transferred: 3, failed: [] });
    expect(filesBelow(root).toSorted()).toEqual(cache.names().toSorted());
  });

  test('does not believe a server without MOVE that keeps half of an object', async () => {
    const { cache, good } = someData();
    const server = await webdav((request, response) => {
      if (request.method !== 'PUT' || request.url!.endsWith('.tmp')) return without('MOVE')(request, response);
      writeFileSync(join(server.root, request.url!), 'go');
      response.writeHead(201).end();
      return true;
    });
    const { failed } = await pushObjects([good], { cache, remote: server.remote });
    expect(failed[0]!.error.message).toMatch(
      /^data\/good\.csv: expected webdav:.* to have 4 bytes now, found 2 bytes$/,
    );
  });

  test('replaces an object that has another size there', async () => {
    const { cache, data, good } = someData();
    const { remote, root } = await webdav();
    await pushObjects([data], { cache, remote });
    writeFileSync(stored(root, good), 'go');
    expect(await pushObjects([data], { cache, remote })).toMatchObject({ transferred: 1, present: 2, failed: [] });
    expect(readFileSync(stored(root, good), 'utf8')).toBe('good');
  });

  test('completes what a push that was cut short has left', async () => {
    const { cache, data } = someData();
    const { remote, root } = await webdav(first(2, 'PUT', (to) => void to.destroy(), data.id.slice(2)));
    expect((await pushObjects([data], { cache, remote })).failed).toHaveLength(1);
    expect(filesBelow(root)).toHaveLength(2);
    expect(await pushObjects([data], { cache, remote })).toMatchObject({ transferred: 1, present: 2, failed: [] });
  });

  test.each([
    ['small', 'good'],
    ['large', large],
  ])('never brings a damaged object to the remote: a %s one', async (_, content) => {
    const cache = new ObjectFolder();
    const file = cache.file('a.csv', content);
    cache.store(file.id, 'a.csv', content.replace('g', 'G'));
    const { remote, root } = await webdav();
    const { failed } = await pushObjects([file], { cache, remote });
    expect(failed[0]!.error).toMatchObject({
      code: 'ERR_CACHE_OBJECT',
      message: expect.stringContaining(`a.csv: expected the cache's object to have md5 ${file.id}, got `),
    });
    expect(filesBelow(root)).toEqual([]);
  });

  test('never brings a damaged object to a server without MOVE either', async () => {
    const cache = new ObjectFolder();
    const file = cache.file('a.csv', large);
    cache.store(file.id, 'a.csv', large.replace('g', 'G'));
    const { remote, root } = await webdav(without('MOVE'));
    await pushObjects([cache.file('b', 'b')], { cache, remote });
    expect((await pushObjects([file], { cache, remote })).failed).toHaveLength(1);
    expect(filesBelow(root)).toHaveLength(1);
  });

  test('is content with what is only on the remote, and names what is nowhere', async () => {
    const { cache, data, good } = someData();
    const { remote } = await webdav();
    await pushObjects([good], { cache, remote });
    const poor = new ObjectFolder();
    poor.store(data.id, 'data', readFileSync(cache.path(data.id)));
    const { present, failed } = await pushObjects([data], { cache: poor, remote });
    expect(present).toBe(1);
    expect(failed.map(({ path, error }) => [path, error.message])).toEqual([
      ['data', expect.stringContaining('was not pushed')],
      [
        'data/bad.csv',
        expect.stringMatching(/^data\/bad\.csv: expected object [0-9a-f]{32} in the cache or at webdav:/),
      ],
    ]);
  });

  test('names a listing that is damaged', async () => {
    const cache = new ObjectFolder();
    const listing = cache.store(`${'0'.repeat(32)}.dir`, 'data', '[{');
    const { remote } = await webdav();
    expect((await pushObjects([listing], { cache, remote })).failed[0]).toMatchObject({
      path: 'data',
      error: { code: 'ERR_DATA_FORMAT' },
    });
  });

  test.each([
    ['a wrong password', { password: 'wr0ng' }],
    ['no credentials', { user: undefined, password: undefined }],
    ['a wrong token', { token: 'wr0ng' }],
  ])('is not let in with %s, and does not repeat it', async (_, settings) => {
    const { cache, data } = someData();
    const { remote, requests } = await webdav(undefined, settings);
    const pushing = pushObjects([data], { cache, remote });
    await expect(pushing).rejects.toMatchObject({
      code: 'ERR_REMOTE_AUTH',
      message: expect.stringMatching(/^remote "storage": .* got 401 Unauthorized: /),
    });
    await expect(pushing).rejects.not.toThrow('wr0ng');
    expect(requests).toHaveLength(1);
  });

  test('stops when it is not let in any more', async () => {
    const { cache, data } = someData();
    const { remote } = await webdav(first(9, 'PUT', (to) => void to.writeHead(401).end()));
    await expect(pushObjects([data], { cache, remote })).rejects.toMatchObject({ code: 'ERR_REMOTE_AUTH' });
  });

  test('does not follow to another server, and tells it nothing', async () => {
    const { cache, data } = someData();
    const elsewhere: unknown[] = [];
    const other = await httpServer((request, response) => void response.end(elsewhere.push(request.headers)));
    const { remote } = await webdav(first(9, 'PROPFIND', (to) => void to.writeHead(302, { location: other }).end()));
    await expect(pushObjects([data], { cache, remote })).rejects.toThrow(`got a redirect to "${other}"`);
    expect(elsewhere).toEqual([]);
  });

  test('stores objects of a folder read-only, as dvc 3.67.1 does', async () => {
    const { cache, data, good } = someData();
    const url = join(temporaryFolder(), 'new', 'store');
    const remote = await openRemote('storage', { url });
    expect(await pushObjects([data], { cache, remote })).toMatchObject({ transferred: 3, failed: [] });
    expect(await pushObjects([data], { cache, remote })).toMatchObject({ transferred: 0, present: 3 });
    expect(filesBelow(url).toSorted()).toEqual(cache.names().toSorted());
    expect((statSync(join(url, objectPath(good.id))).mode & 0o777).toString(8)).toBe('444');
  });

  test('heals an object of a folder, and never stores a damaged one there', async () => {
    const { cache, good, bad } = someData();
    const remote = await openRemote('storage', { url: temporaryFolder() });
    await pushObjects([good], { cache, remote });
    chmodSync(join(remote.url, objectPath(good.id)), 0o644);
    writeFileSync(join(remote.url, objectPath(good.id)), 'go');
    cache.store(bad.id, 'data/bad.csv', large.replace('g', 'G'));
    expect(await pushObjects([good, bad], { cache, remote })).toMatchObject({ transferred: 1, failed: [bad] });
    expect(filesBelow(remote.url)).toEqual([good.id.slice(2)]);
  });
});
