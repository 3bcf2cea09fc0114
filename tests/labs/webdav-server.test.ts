import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startWebdavServer, type WebdavOptions } from '../../lab4/webdav-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Starts a server on a folder with a file `a.txt` and a collection `box`; returns a way to ask it things. */
async function serving(options: Partial<WebdavOptions> = {}) {
  const root = temporaryFolder();
  writeFileSync(join(root, 'a.txt'), 'content');
  mkdirSync(join(root, 'box'));
  const server = await startWebdavServer({ root, ...options });
  onTestFinished(() => server.close());
  const ask = async (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    fetch(new URL(path, server.url), { method, headers, ...(body === undefined ? {} : { body }) });
  return { root, url: server.url, ask };
}

/** Sends a path as it is, which fetch would not, and returns the status. */
async function statusOf(url: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

describe('the WebDAV server of lab 4', () => {
  test.each([
    ['GET', 'a.txt', 200],
    ['HEAD', 'a.txt', 200],
    ['GET', 'nothing', 404],
    ['GET', 'box', 405],
    ['PUT', 'new', 201],
    ['PUT', 'a.txt', 204],
    ['PUT', 'box', 405],
    ['PUT', 'no/folder/there', 409],
    ['MKCOL', 'new/', 201],
    ['MKCOL', 'box/', 405],
    ['MKCOL', 'a/b', 409],
    ['DELETE', 'box', 204],
    ['DELETE', 'nothing', 404],
    ['DELETE', '', 403],
    ['PROPFIND', 'nothing', 404],
    ['LOCK', 'a.txt', 501],
    ['GET', 'a%ZZ', 400],
  ])('answers %s /%s with %d', async (method, path, status) => {
    const { ask } = await serving();
    expect((await ask(method, path, {}, method === 'PUT' ? 'x' : undefined)).status).toBe(status);
  });

  test.each(['/../a.txt', '/%2e%2e/a.txt', '/box/..%2f..%2fetc/passwd', '/box/..\\a.txt', '/box%00'])(
    'refuses to leave its folder by %s',
    async (path) => {
      expect(await statusOf((await serving()).url, path)).toBe(403);
    },
  );

  test('refuses to leave its folder by a link', async () => {
    const { root, ask } = await serving();
    symlinkSync(temporaryFolder(), join(root, 'out'));
    expect((await ask('PUT', 'out/x', {}, 'x')).status).toBe(403);
  });

  test.each([
    ['without a password', {}, 401],
    ['with a wrong one', { authorization: `Basic ${btoa('lab:wrong')}` }, 401],
    ['with the right one', { authorization: `Basic ${btoa('lab:secret')}` }, 200],
  ])('%s, answers its user with %o → %d', async (_, headers, status) => {
    const { ask } = await serving({ user: 'lab', password: 'secret' });
    expect((await ask('GET', 'a.txt', headers)).status).toBe(status);
  });

  test('lists a collection with sizes and encoded names', async () => {
    const { root, ask } = await serving();
    writeFileSync(join(root, 'box', "ü & 'x'"), '12345');
    const text = await (await ask('PROPFIND', 'box', { depth: '1' })).text();
    expect(text).toContain('<D:href>/box/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/>');
    expect(text).toContain('<D:href>/box/%C3%BC%20%26%20%27x%27</D:href>');
    expect(text).toContain('<D:getcontentlength>5</D:getcontentlength>');
  });

  test.each([
    ['to a new name', 'b.txt', 'T', 201],
    ['onto a file', 'old.txt', 'T', 204],
    ['onto a file that is to stay', 'old.txt', 'F', 412],
    ['onto itself', 'a.txt', 'T', 403],
    ['to another server', 'http://elsewhere.test/b.txt', 'T', 502],
  ])('moves a file %s', async (_, destination, overwrite, status) => {
    const { root, url, ask } = await serving();
    writeFileSync(join(root, 'old.txt'), 'old');
    const { href } = new URL(destination, url);
    expect((await ask('MOVE', 'a.txt', { destination: href, overwrite })).status).toBe(status);
    expect(existsSync(join(root, 'a.txt'))).toBe(status >= 400);
  });

  test('copies a collection with what is in it', async () => {
    const { root, url, ask } = await serving();
    writeFileSync(join(root, 'box', 'x'), 'x');
    expect((await ask('COPY', 'box', { destination: `${url}copy/` })).status).toBe(201);
    expect(readFileSync(join(root, 'copy', 'x'), 'utf8')).toBe('x');
  });

  test('keeps the old file when an upload breaks off', async () => {
    const { root, url } = await serving();
    const upload = httpRequest(`${url}a.txt`, { method: 'PUT', headers: { 'content-length': 100 } });
    const broken = new Promise((resolve) => upload.on('error', resolve));
    upload.write('half', () => upload.destroy());
    await broken;
    await expect.poll(() => readdirSync(root)).toEqual(['a.txt', 'box']);
    expect(readFileSync(join(root, 'a.txt'), 'utf8')).toBe('content');
  });
});
