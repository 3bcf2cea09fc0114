import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { sha256 } from 'labmill';
import { type DownloadOptions, type DownloadProgress, download } from 'labmill/data';
import { describe, expect, test, vi } from 'vitest';
import { httpServer, refusingUrl } from '../support/http-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const content = Buffer.from('day,temperature\n'.repeat(5000));
const promised = sha256(content);
const etag = '"version-1"';

/** Returns options for the file at `url`, with a cache folder of the test's own and no mirror. */
function options(url: string, overrides: Partial<DownloadOptions> = {}): DownloadOptions {
  return { url, sha256: promised, maxBytes: 1e6, cacheDir: temporaryFolder(), mirror: '', ...overrides };
}

/** Where `download` puts the file. */
function cached({ cacheDir, url }: DownloadOptions): string {
  return join(cacheDir!, 'downloads', promised, url.split('/').at(-1)!);
}

/** Answers as a server that knows ranges. */
function serveRanges(request: IncomingMessage, response: ServerResponse): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? NaN);
  if (Number.isNaN(start) || request.headers['if-range'] !== etag) {
    response.writeHead(200, { etag, 'content-length': content.length }).end(content);
    return;
  }
  const range = `bytes ${start}-${content.length - 1}/${content.length}`;
  response.writeHead(206, { etag, 'content-range': range }).end(content.subarray(start));
}

/**
 * Makes a download of 30,000 bytes that breaks off, from a server whose later answers are `then`; returns the
 * options to go on with, and the ranges that the server was asked for.
 */
async function brokenDownload(
  then: (request: IncomingMessage, response: ServerResponse) => void = serveRanges,
  headers: Record<string, string> = { etag },
): Promise<{ given: DownloadOptions; error: unknown; ranges: (string | undefined)[] }> {
  const ranges: (string | undefined)[] = [];
  let first: ServerResponse | undefined;
  const url = await httpServer((request, response) => {
    ranges.push(request.headers.range);
    if (first !== undefined) return then(request, response);
    first = response.writeHead(200, { ...headers, 'content-length': content.length });
    first.write(content.subarray(0, 30_000));
  });
  const given = options(`${url}/data.csv`);
  // Not before the bytes are written: what is still on its way when a connection breaks is lost.
  const onProgress = ({ receivedBytes }: DownloadProgress): void => {
    if (receivedBytes === 30_000) first?.destroy();
  };
  const error: unknown = await download({ ...given, onProgress }).catch((reason: unknown) => reason);
  return { given, error, ranges };
}

describe('download', () => {
  test('gives the path of the file, and leaves nothing else', async () => {
    const given = options(`${await httpServer(serveRanges)}/data.csv`);
    const path = await download(given);
    expect(path).toBe(cached(given));
    expect(readFileSync(path)).toEqual(content);
    expect(readdirSync(join(path, '..'))).toEqual(['data.csv']);
  });

  test('does not ask again for what is there', async () => {
    const listener = vi.fn<typeof serveRanges>(serveRanges);
    const given = options(`${await httpServer(listener)}/data.csv`);
    await download(given);
    await download({ ...given, sha256: promised.toUpperCase() });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('takes a file that was put there by hand', async () => {
    const given = options('http://127.0.0.1:1/data.csv');
    mkdirSync(join(cached(given), '..'), { recursive: true });
    writeFileSync(cached(given), content);
    expect(await download(given)).toBe(cached(given));
  });

  test('reports progress up to the whole', async () => {
    const seen: DownloadProgress[] = [];
    const url = `${await httpServer(serveRanges)}/data.csv`;
    await download(options(url, { onProgress: (progress) => seen.push(progress) }));
    expect(seen.at(-1)).toEqual({ receivedBytes: content.length, totalBytes: content.length });
    expect(seen.map(({ receivedBytes }) => receivedBytes)).toEqual(
      seen.map(({ receivedBytes }) => receivedBytes).toSorted((a, b) => a - b),
    );
  });

  test('names the file by the last part of the path, without what is special in names', async () => {
    const url = await httpServer(serveRanges);
    expect(await download(options(`${url}/a/..%2Fb%20c.csv?x=1`))).toMatch(/[\\/]\.\._2Fb_20c\.csv$/);
    expect(await download(options(`${url}/`))).toMatch(/[\\/]file$/);
  });
});

describe('a download that breaks off', () => {
  test('says how far it came, and keeps that', async () => {
    const { given, error } = await brokenDownload();
    expect(error).toMatchObject({
      code: 'ERR_DOWNLOAD',
      message: expect.stringContaining('data.csv: the connection broke after 30000 bytes.') as string,
    });
    expect(readFileSync(`${cached(given)}.part`)).toEqual(content.subarray(0, 30_000));
    expect(existsSync(cached(given))).toBe(false);
  });

  test('goes on where it ended', async () => {
    const { given, ranges } = await brokenDownload();
    const seen: DownloadProgress[] = [];
    expect(readFileSync(await download({ ...given, onProgress: (progress) => seen.push(progress) }))).toEqual(content);
    expect(ranges).toEqual([undefined, 'bytes=30000-']);
    expect(seen[0]!.receivedBytes).toBeGreaterThan(30_000);
    expect(seen.at(-1)).toEqual({ receivedBytes: content.length, totalBytes: content.length });
  });

  test('starts over when the file on the server has changed since', async () => {
    const { given, ranges } = await brokenDownload((_, response) => response.end(content));
    expect(readFileSync(await download(given))).toEqual(content);
    expect(ranges).toEqual([undefined, 'bytes=30000-']);
  });

  test.each([
    ['with status 416', (response: ServerResponse) => response.writeHead(416).end()],
    [
      'with another part than the one asked for',
      (response: ServerResponse) =>
        response.writeHead(206, { 'content-range': `bytes 5-9/${content.length}` }).end(content.subarray(5, 10)),
    ],
  ])('starts over when the server answers %s', async (_, answer) => {
    const { given, ranges } = await brokenDownload((request, response) => {
      if (request.headers.range === undefined) serveRanges(request, response);
      else answer(response);
    });
    expect(readFileSync(await download(given))).toEqual(content);
    expect(ranges).toEqual([undefined, 'bytes=30000-', undefined]);
  });

  test.each([
    ['no validator', {}],
    ['a weak one', { etag: `W/${etag}` }],
  ])('starts over when the server gave %s', async (_, headers) => {
    const { given, ranges } = await brokenDownload(serveRanges, headers);
    expect(readFileSync(await download(given))).toEqual(content);
    expect(ranges).toEqual([undefined, undefined]);
  });

  test('starts over when its note was not written to the end', async () => {
    const { given, ranges } = await brokenDownload();
    writeFileSync(`${cached(given)}.part.json`, '{"url":');
    expect(readFileSync(await download(given))).toEqual(content);
    expect(ranges).toEqual([undefined, undefined]);
  });
});

describe('a file that is not the promised one', () => {
  test('is refused and removed when it comes from the server', async () => {
    const given = options(`${await httpServer((_, response) => response.end('something else'))}/data.csv`);
    await expect(download(given)).rejects.toThrow(
      expect.objectContaining({
        code: 'ERR_CHECKSUM',
        message: expect.stringContaining(`expected sha256 ${promised}, got ${sha256('something else')}`) as string,
      }),
    );
    expect(readdirSync(join(cached(given), '..'))).toEqual([]);
  });

  test('is refused and kept when it lies in the cache', async () => {
    const given = options('http://127.0.0.1:1/data.csv');
    mkdirSync(join(cached(given), '..'), { recursive: true });
    writeFileSync(cached(given), 'something else');
    await expect(download(given)).rejects.toThrow(
      expect.objectContaining({
        code: 'ERR_CHECKSUM',
        message: expect.stringContaining('Delete the file to download it again.') as string,
      }),
    );
    expect(readFileSync(cached(given), 'utf8')).toBe('something else');
  });
});

describe('a file above the size cap', () => {
  test('is refused by its announced length, before anything is written', async () => {
    const given = options(`${await httpServer(serveRanges)}/data.csv`, { maxBytes: content.length - 1 });
    await expect(download(given)).rejects.toThrow(
      expect.objectContaining({
        code: 'ERR_DOWNLOAD',
        message: expect.stringContaining('expected at most 79999 bytes (maxBytes), got 80000') as string,
      }),
    );
    expect(existsSync(cached(given))).toBe(false);
  });

  test('is refused as it grows when no length is announced', async () => {
    const endless = (response: ServerResponse): void => {
      response.write(content, (error) => {
        if (error === null || error === undefined) endless(response);
      });
    };
    const given = options(`${await httpServer((_, response) => endless(response))}/data.csv`, { maxBytes: 1e5 });
    await expect(download(given)).rejects.toThrow(
      expect.objectContaining({
        code: 'ERR_DOWNLOAD',
        message: expect.stringContaining('expected at most 100000 bytes (maxBytes), got ') as string,
      }),
    );
  });

  test('gets no further than a length that was announced too small', async () => {
    const lie = `HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n${content.toString()}`;
    const url = await httpServer((request) => request.socket.end(lie));
    const given = options(`${url}/data.csv`);
    await expect(download(given)).rejects.toThrow(
      expect.objectContaining({ code: expect.stringMatching('ERR_CHECKSUM|ERR_DOWNLOAD') as string }),
    );
    expect(existsSync(cached(given))).toBe(false);
  });
});

describe('a server that does not give the file', () => {
  test.each([404, 403, 500])('with status %d is named', async (status) => {
    const url = `${await httpServer((_, response) => response.writeHead(status).end('no'))}/data.csv`;
    await expect(download(options(url))).rejects.toThrow(
      expect.objectContaining({
        code: 'ERR_DOWNLOAD',
        message: expect.stringContaining(`${url}: expected status 200, got ${status}`) as string,
      }),
    );
  });

  test('that falls silent is given up after timeoutMs', async () => {
    const url = await httpServer((_, response) => response.writeHead(200).write('a'));
    await expect(download(options(`${url}/data.csv`, { timeoutMs: 50 }))).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_TIMEOUT', timeoutMs: 50 }),
    );
  });

  test('can be given up by a signal, whose reason is thrown', async () => {
    const stopped = new AbortController();
    const url = await httpServer(() => stopped.abort(new Error('enough')));
    await expect(download(options(`${url}/data.csv`, { signal: stopped.signal }))).rejects.toThrow('enough');
  });

  test('that speaks no HTTP is named', async () => {
    const url = await httpServer((request) => request.socket.end('hello\r\n\r\n'));
    await expect(download(options(`${url}/data.csv`))).rejects.toThrow(
      expect.objectContaining({
        code: 'ERR_DOWNLOAD',
        message: expect.stringContaining('the request failed: ') as string,
      }),
    );
  });
});

describe('redirects', () => {
  test('are followed, relative ones too', async () => {
    const url = await httpServer((request, response) => {
      if (request.url === '/moved/data.csv') serveRanges(request, response);
      else response.writeHead(302, { location: 'moved/data.csv' }).end();
    });
    expect(readFileSync(await download(options(`${url}/data.csv`)))).toEqual(content);
  });

  test('to another protocol are refused', async () => {
    const url = await httpServer((_, response) => response.writeHead(302, { location: 'file:///etc/hosts' }).end());
    await expect(download(options(`${url}/data.csv`))).rejects.toThrow(
      expect.objectContaining({
        code: 'ERR_DOWNLOAD',
        message: expect.stringContaining('expected a redirect to http or https, got "file:///etc/hosts"') as string,
      }),
    );
  });

  test('are followed five times', async () => {
    const listener = vi.fn<typeof serveRanges>((_, response) => response.writeHead(301, { location: '/on' }).end());
    const url = `${await httpServer(listener)}/data.csv`;
    await expect(download(options(url))).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_DOWNLOAD', message: `${url}: expected at most 5 redirects, got more` }),
    );
    expect(listener).toHaveBeenCalledTimes(6);
  });
});

describe('without a network', () => {
  test('the error says where to put the file, and how to name a mirror', async () => {
    const url = `${await refusingUrl()}/data.csv`;
    const given = options(url);
    await expect(download(given)).rejects.toThrow(
      expect.objectContaining({
        code: 'ERR_OFFLINE',
        message:
          `${url}: could not be reached (ECONNREFUSED). Go online; or put the file with sha256 ${promised} at ` +
          `${cached(given)}; or set LABMILL_MIRROR to the URL of a mirror that serves it under <host>/<path>.`,
      }),
    );
  });

  test('a mirror is asked instead', async () => {
    const asked: (string | undefined)[] = [];
    const mirror = await httpServer((request, response) => {
      asked.push(request.url);
      serveRanges(request, response);
    });
    const given = options('https://data.example/a/data.csv?v=2', { mirror: `${mirror}/labmill/` });
    expect(readFileSync(await download(given))).toEqual(content);
    expect(asked).toEqual(['/labmill/data.example/a/data.csv?v=2']);
  });
});

describe('options that cannot be used', () => {
  test.each([
    [{ url: 'file:///etc/hosts' }, 'expected an http or https URL, got "file:///etc/hosts"'],
    [{ url: 'data.csv' }, 'expected an http or https URL, got "data.csv"'],
    [{ mirror: '/srv/mirror' }, 'expected an http or https URL, got "/srv/mirror"'],
    [{ sha256: 'abc' }, 'expected a sha256 of 64 hexadecimal digits, got "abc"'],
    [{ maxBytes: 0 }, 'maxBytes: expected a finite number of at least 1, got 0'],
  ])('%o', async (overrides, message) => {
    await expect(download(options('http://127.0.0.1:1/data.csv', overrides))).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: `download: ${message}` }),
    );
  });
});

test('a cache folder that cannot be written is a FileWriteError', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'downloads'), 'a file where a folder must be');
  const url = `${await httpServer((_, response) => response.end(content))}/data.csv`;
  await expect(download(options(url, { cacheDir: folder }))).rejects.toThrow(
    expect.objectContaining({ code: 'ERR_FILE_WRITE' }),
  );
});
