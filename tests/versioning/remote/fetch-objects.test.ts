import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fetchObjects } from '../../../src/versioning/remote/fetch-objects.ts';
import { openRemote } from '../../../src/versioning/remote/open-remote.ts';
import type { TransferProgress } from '../../../src/versioning/remote/transfer.ts';
import { refusingUrl } from '../../support/http-server.ts';
import { ObjectFolder } from '../../support/object-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Fault, account, first, type TestWebdav, webdav } from '../../support/webdav.ts';

const large = 'large '.repeat(500_000);

/** A server whose store has what is in `there`. */
async function serving(there: ObjectFolder, ...how: Parameters<typeof webdav>): Promise<TestWebdav> {
  const server = await webdav(...how);
  cpSync(there.folder, join(server.root, 'store'), { recursive: true });
  return server;
}

/** Two files in a directory, on a server with a fault at the request for one of them. */
async function faulty(fault: (path: string) => Fault, settings = {}) {
  const there = new ObjectFolder();
  const data = there.directory('data', { 'good.csv': 'good', 'bad.csv': large });
  const bad = there.file('data/bad.csv', large);
  const server = await serving(there, fault(bad.id.slice(2)), settings);
  return { server, cache: new ObjectFolder(), data, bad, good: there.file('data/good.csv', 'good') };
}

describe('fetchObjects', () => {
  test('brings a directory: its listing, and every file that is not there yet', async () => {
    const [there, cache] = [new ObjectFolder(), new ObjectFolder()];
    const data = there.directory('data', { a: 'one', 'b/c': 'two', again: 'one', large, empty: '' });
    cache.file('data/b/c', 'two');
    const { remote } = await serving(there);
    const result = await fetchObjects([data, data], { cache, remote });
    expect(result).toEqual({ transferred: 4, present: 1, bytes: expect.any(Number), failed: [] });
    expect(cache.names().toSorted()).toEqual(there.names().toSorted());
    expect(cache.readDirectory(data.id)).toHaveLength(5);
  });

  test('asks the server for nothing when everything is there', async () => {
    const cache = new ObjectFolder();
    const { remote, requests } = await webdav();
    const data = cache.directory('data', { a: 'one' });
    expect(await fetchObjects([data], { cache, remote })).toMatchObject({ transferred: 0, present: 2 });
    expect(requests).toEqual([]);
  });

  test('replaces an object that is damaged in the cache', async () => {
    const [there, cache] = [new ObjectFolder(), new ObjectFolder()];
    const file = there.file('a.csv', 'sound');
    cache.store(file.id, 'a.csv', 'damaged');
    const { remote } = await serving(there);
    expect(await fetchObjects([file], { cache, remote })).toMatchObject({ transferred: 1, present: 0 });
    expect(cache.content(file.id)).toBe('sound');
  });

  test('tells how far it is', async () => {
    const [there, cache] = [new ObjectFolder(), new ObjectFolder()];
    const data = there.directory('data', { a: 'one', b: large });
    const { remote } = await serving(there);
    const seen: TransferProgress[] = [];
    const { bytes } = await fetchObjects([data], { cache, remote, onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ done: 3, total: 3, bytes, totalBytes: undefined });
    expect(seen.length).toBeGreaterThan(4);
  });

  test.each<[string, (path: string) => Fault, RegExp]>([
    [
      'sends less than it announced',
      (path) =>
        first(
          2,
          'GET',
          (to) => void to.writeHead(200, { 'content-length': large.length }).write('half', () => to.destroy()),
          path,
        ),
      /the connection to .* failed: aborted/,
    ],
    [
      'sends less and announces nothing',
      (path) => first(1, 'GET', (to) => void to.writeHead(200, { connection: 'close' }).end('half'), path),
      /to have md5 [0-9a-f]{32}, got 4 bytes with md5/,
    ],
    [
      'sends other bytes',
      (path) => first(1, 'GET', (to) => void to.end('x'.repeat(large.length)), path),
      /got 3000000 bytes with md5 [0-9a-f]{32}\. They were not used/,
    ],
    [
      'sends a web page',
      (path) => first(1, 'GET', (to) => void to.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), path),
      /a web page; is the URL that of a WebDAV folder/,
    ],
    ['breaks off', (path) => first(2, 'GET', (to) => void to.destroy(), path), /failed: socket hang up \(ECONNRESET\)/],
    [
      'says nothing',
      (path) => first(2, 'GET', () => undefined, path),
      /to answer, got nothing for 1 s \(the option "timeout"\)/,
    ],
    [
      'stops in the middle',
      (path) => first(2, 'GET', (to) => void to.writeHead(200, { 'content-length': 9 }).write('half'), path),
      /to answer, got nothing for 1 s/,
    ],
    [
      'is out of order',
      (path) => first(2, 'GET', (to) => void to.writeHead(503).end(), path),
      /expected GET .* to succeed, got 503 Service Unavailable/,
    ],
    [
      'does not have it',
      (path) => first(1, 'GET', (to) => void to.writeHead(404).end(), path),
      /to be there, found nothing\. Push it first/,
    ],
    ['forbids it', (path) => first(1, 'GET', (to) => void to.writeHead(403).end(), path), /got 403 Forbidden/],
    [
      'leads elsewhere',
      (path) => first(1, 'GET', (to) => void to.writeHead(302, { location: 'https://elsewhere.test/x' }).end(), path),
      /got a redirect to "https:\/\/elsewhere.test"/,
    ],
    [
      'leads in a circle',
      (path) => first(6, 'GET', (to) => void to.writeHead(302, { location: `/${path}` }).end(), path),
      /expected at most 5 redirects, got more/,
    ],
    [
      'wants us to come back tomorrow',
      (path) => first(1, 'GET', (to) => void to.writeHead(429, { 'retry-after': '86400' }).end(), path),
      /got 429 Too Many Requests/,
    ],
    [
      'does not speak HTTP',
      (path) => first(2, 'GET', (to) => void to.socket?.end('SSH-2.0\r\n'), path),
      /the connection to .* failed: Parse Error/,
    ],
  ])('a server that %s: names the file, brings the others, and keeps nothing of it', async (_, fault, message) => {
    const { server, cache, data, bad, good } = await faulty(fault, { timeout: '1', jobs: '1' });
    const { failed } = await fetchObjects([data], { cache, remote: server.remote });
    const error = expect.objectContaining({ code: 'ERR_REMOTE', message: expect.stringMatching(message) });
    expect(failed).toEqual([{ id: bad.id, path: 'data/bad.csv', error }]);
    expect(failed[0]!.error.message).toMatch(/^data\/bad\.csv: /);
    expect(cache.names().toSorted()).toEqual([data.id.slice(2), good.id.slice(2)].toSorted());
  });

  test.each<[string, (path: string) => Fault]>([
    ['503', (path) => first(1, 'GET', (to) => void to.writeHead(503).end(), path)],
    [
      '429 with a time to wait',
      (path) => first(1, 'GET', (to) => void to.writeHead(429, { 'retry-after': '0' }).end(), path),
    ],
    [
      '429 with a date that is past',
      (path) =>
        first(1, 'GET', (to) => void to.writeHead(429, { 'retry-after': new Date(0).toUTCString() }).end(), path),
    ],
    ['408', (path) => first(1, 'GET', (to) => void to.writeHead(408).end(), path)],
    ['a connection that breaks', (path) => first(1, 'GET', (to) => void to.destroy(), path)],
    [
      'an answer that breaks off',
      (path) =>
        first(
          1,
          'GET',
          (to) => void to.writeHead(200, { 'content-length': 9 }).write('half', () => to.destroy()),
          path,
        ),
    ],
    ['silence', (path) => first(1, 'GET', () => undefined, path)],
  ])('tries once more after %s', async (_, fault) => {
    const { server, cache, data } = await faulty(fault, { timeout: '1' });
    expect(await fetchObjects([data], { cache, remote: server.remote })).toMatchObject({ transferred: 3, failed: [] });
  });

  test.each([401, 403, 404, 501, 507])('does not try %d a second time', async (status) => {
    const { server, cache, bad } = await faulty((path) =>
      first(9, 'GET', (to) => void to.writeHead(status).end(), path),
    );
    await fetchObjects([bad], { cache, remote: server.remote }).catch(() => undefined);
    expect(server.requests.filter((request) => request.startsWith('GET'))).toHaveLength(1);
  });

  test.each([
    ['a path that leads out', '../x'],
    ['an absolute path', '/etc/passwd'],
    ['a path into .git', '.git/hooks/post-checkout'],
  ])('refuses a listing with %s, and brings nothing of it', async (_, relpath) => {
    const [there, cache] = [new ObjectFolder(), new ObjectFolder()];
    const hostile = there.listing('data', [{ relpath, md5: there.file('x', 'x').id }]);
    const { remote } = await serving(there);
    const { failed } = await fetchObjects([hostile], { cache, remote });
    expect(failed[0]).toMatchObject({ path: 'data', error: { code: 'ERR_DATA_FORMAT' } });
    expect(cache.names()).toEqual([]);
  });

  test('goes on in the same way over a redirect on the same server', async () => {
    const there = new ObjectFolder();
    const file = there.file('a.csv', 'sound');
    const server = await serving(there, (request, response) => {
      if (request.url?.startsWith('/moved/') !== true) return false;
      response.writeHead(307, { location: request.url.replace('/moved/', '/store/') }).end();
      return true;
    });
    const remote = await openRemote('storage', { url: `${server.url}/moved`, ...account }, {});
    const cache = new ObjectFolder();
    expect(await fetchObjects([file], { cache, remote })).toMatchObject({ transferred: 1 });
    remote.close();
  });

  test('gives up when nothing answers any more', async () => {
    const there = new ObjectFolder();
    const files = Array.from({ length: 20 }, (_, i) => there.file(`f${i}`, `content ${i}`));
    const { remote, requests } = await serving(
      there,
      first(Infinity, 'GET', (to) => void to.destroy()),
      { jobs: '2' },
    );
    const { failed } = await fetchObjects(files, { cache: new ObjectFolder(), remote });
    expect(failed).toHaveLength(20);
    expect(failed.at(-1)!.error.message).toMatch(/^f\d+: not tried, the remote at webdav:.* does not answer any more$/);
    expect(requests.length).toBeLessThan(20);
  });

  test('ends with the reason of its signal, and leaves nothing half done', async () => {
    const { server, cache, data } = await faulty((path) =>
      first(1, 'GET', (to) => void to.writeHead(200).write('half'), path),
    );
    const signal = AbortSignal.timeout(200);
    await expect(fetchObjects([data], { cache, remote: server.remote, signal })).rejects.toThrow(
      signal.reason as Error,
    );
    expect(cache.names()).not.toContainEqual(expect.stringMatching(/-/));
  });

  test('says so when there is no remote yet', async () => {
    const { remote, url } = await webdav();
    const used = new ObjectFolder().file('a', 'a');
    const fetching = fetchObjects([used], { cache: new ObjectFolder(), remote });
    await expect(fetching).rejects.toMatchObject({
      code: 'ERR_REMOTE',
      message: expect.stringContaining(`remote "storage": expected a folder at ${url}/store, found none`),
    });
  });

  test('says so when nobody is there', async () => {
    const url = (await refusingUrl()).replace('http:', 'webdav:');
    const remote = await openRemote('storage', { url }, {});
    const fetching = fetchObjects([new ObjectFolder().file('a', 'a')], { cache: new ObjectFolder(), remote });
    await expect(fetching).rejects.toMatchObject({
      code: 'ERR_REMOTE',
      message: expect.stringMatching(/^remote "storage": the connection to .* ECONNREFUSED/),
    });
  });

  test('says so when the server is none of WebDAV', async () => {
    const { remote } = await webdav(first(9, 'PROPFIND', (to) => void to.end('<html>Welcome')));
    const fetching = fetchObjects([new ObjectFolder().file('a', 'a')], { cache: new ObjectFolder(), remote });
    await expect(fetching).rejects.toThrow('got 200 and "<html>Welcome". Is the URL that of a WebDAV folder?');
  });

  test('brings objects of a folder, too', async () => {
    const [there, cache] = [new ObjectFolder(), new ObjectFolder()];
    const data = there.directory('data', { a: 'one', large });
    const remote = await openRemote('storage', { url: there.folder });
    expect(await fetchObjects([data], { cache, remote })).toMatchObject({ transferred: 3, failed: [] });
    expect(cache.names().toSorted()).toEqual(there.names().toSorted());
  });

  test('names a file that a folder does not have, or has with other bytes', async () => {
    const there = new ObjectFolder();
    const wrong = there.store('0'.repeat(32), 'wrong.csv', 'other');
    const missing = { id: '1'.repeat(32), path: 'missing.csv' };
    const remote = await openRemote('storage', { url: there.folder });
    const { failed } = await fetchObjects([wrong, missing], { cache: new ObjectFolder(), remote });
    expect(failed.map(({ error }) => error.message)).toEqual([
      expect.stringMatching(/^missing\.csv: expected .* to be there, found nothing\. Push it first/),
      expect.stringMatching(
        /^wrong\.csv: expected .* to have md5 0{32}, got 5 bytes with md5 795f3202b17cb6bc3d4b771d8c6c9eaf/,
      ),
    ]);
  });

  test('says so when a folder is not there, or is a file', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'here'));
    const fetchFrom = async (url: string) =>
      fetchObjects([{ id: '1'.repeat(32), path: 'a' }], {
        cache: new ObjectFolder(),
        remote: await openRemote('s', { url }),
      });
    await expect(fetchFrom(join(folder, 'nowhere'))).rejects.toThrow(
      `remote "s": expected a folder at ${join(folder, 'nowhere')}, found none`,
    );
    await expect(fetchFrom(import.meta.filename)).rejects.toThrow('to be a folder, got a file');
  });
});
