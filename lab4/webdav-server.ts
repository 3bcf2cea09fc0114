import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createReadStream, createWriteStream, realpathSync, type Stats } from 'node:fs';
import { cp, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * A small WebDAV server (RFC 4918, class 1 without PROPPATCH) that keeps its files in a folder. The lab pushes to it;
 * so can the real `dvc`. It listens on 127.0.0.1 only, and is no server for the world: it has no TLS and no quota.
 *
 *     WEBDAV_PASSWORD=secret node lab4/webdav-server.ts --root DIR --port 8080 --user lab
 */
export interface WebdavOptions {
  /** The folder to serve; made when it is missing. */
  readonly root: string;
  /** The one user's name and password; without them everybody may do everything. */
  readonly user?: string;
  readonly password?: string;
}

/** A server that runs. */
export interface RunningWebdavServer {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  close(): Promise<void>;
}

/** What is wrong with a request, as an HTTP status. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** A request on its way, with the file it is about. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly root: string;
  readonly path: string;
}

const methods: Readonly<Record<string, (exchange: Exchange) => Promise<void>>> = {
  OPTIONS: async ({ response }) => end(response, 200, { dav: '1', allow: Object.keys(methods).join(', ') }),
  GET: get,
  HEAD: get,
  PUT: put,
  DELETE: async ({ response, root, path }) => {
    await found(path);
    if (path === root) throw new Refusal(403);
    await rm(path, { recursive: true });
    end(response, 204);
  },
  MKCOL: makeCollection,
  PROPFIND: propfind,
  MOVE: (exchange) => transfer(exchange, rename),
  COPY: (exchange) => transfer(exchange, (from, to) => cp(from, to, { recursive: true })),
};

/** Starts the server on a port of `127.0.0.1`; port 0 takes one that is free. */
export async function startWebdavServer(options: WebdavOptions & { port?: number }): Promise<RunningWebdavServer> {
  await mkdir(options.root, { recursive: true });
  const server = createServer(webdavListener(options));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Returns the function that answers requests, for a server of one's own. */
export function webdavListener({ root, user, password }: WebdavOptions): RequestListener {
  const expected = user === undefined ? undefined : basicAuth(user, password ?? '');
  return (request, response) => {
    answer(request, response).catch((error: unknown) => refuse(request, response, error));
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (expected !== undefined && !isSame(request.headers.authorization ?? '', expected)) {
      response.setHeader('www-authenticate', 'Basic realm="lab4", charset="UTF-8"');
      throw new Refusal(401);
    }
    const method = methods[request.method ?? ''];
    if (method === undefined) throw new Refusal(501);
    const folder = await realpath(root);
    await method({ request, response, root: folder, path: await inside(folder, request.url ?? '/') });
  }
}

function basicAuth(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** Compares in constant time, so that the time tells nothing about the password. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // The rest of an upload that is not wanted is not worth reading.
  if (!request.complete) response.setHeader('connection', 'close');
  end(response, error instanceof Refusal ? error.status : (statusOf[codeOf(error)] ?? 500));
}

const statusOf: Readonly<Record<string, number>> = {
  ENOENT: 409,
  ENOTDIR: 409,
  EISDIR: 405,
  EEXIST: 405,
  EACCES: 403,
  ENOSPC: 507,
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}, body = ''): void {
  // A 204 must not have a Content-Length (RFC 9110, 8.6).
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length }).end(body);
}

/** Returns the file a URL's path stands for; refuses every way out of the root, links that lead out of it included. */
async function inside(root: string, url: string): Promise<string> {
  const pathname = url.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  const parts = pathname.split('/').filter((part) => part !== '');
  const names = parts.map((part) => decode(part));
  if (names.some((name) => /[/\\\0]/.test(name) || name === '.' || name === '..')) throw new Refusal(403);
  const path = join(root, ...names);
  for (let part = path; part.startsWith(root + sep); part = dirname(part)) {
    const real = await realpath(part).catch(() => undefined);
    if (real === undefined) continue;
    if (real !== root && !real.startsWith(root + sep)) throw new Refusal(403);
    break;
  }
  return path;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(400);
  }
}

async function found(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch {
    throw new Refusal(404);
  }
}

async function get({ request, response, path }: Exchange): Promise<void> {
  const file = await found(path);
  if (file.isDirectory()) throw new Refusal(405);
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': file.size,
    'last-modified': file.mtime.toUTCString(),
    etag: etagOf(file),
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(path), response);
}

/** Stores a file under a temporary name first, so that a broken upload leaves nothing under the final one. */
async function put({ request, response, path }: Exchange): Promise<void> {
  const old = await stat(path).catch(() => undefined);
  if (old?.isDirectory()) throw new Refusal(405);
  const temporary = join(dirname(path), `.${randomUUID()}.upload`);
  try {
    await pipeline(request, createWriteStream(temporary));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  end(response, old === undefined ? 201 : 204);
}

async function makeCollection({ request, response, path }: Exchange): Promise<void> {
  if (Number(request.headers['content-length'] ?? 0) > 0) throw new Refusal(415);
  await mkdir(path);
  end(response, 201);
}

/** Answers MOVE and COPY; the header `Destination` must name a place on this server. */
async function transfer(
  { request, response, root, path }: Exchange,
  action: (from: string, to: string) => Promise<void>,
): Promise<void> {
  await found(path);
  const destination = URL.parse(String(request.headers['destination'] ?? ''), `http://${request.headers.host}/`);
  if (destination === null) throw new Refusal(400);
  if (destination.host !== request.headers.host) throw new Refusal(502);
  const to = await inside(root, destination.pathname);
  if (to === path || path === root || to.startsWith(path + sep)) throw new Refusal(403);
  const old = await stat(to).catch(() => undefined);
  if (old !== undefined && request.headers['overwrite'] === 'F') throw new Refusal(412);
  if (old?.isDirectory()) await rm(to, { recursive: true });
  await action(path, to);
  end(response, old === undefined ? 201 : 204);
}

/** Answers PROPFIND with the properties there are, whichever were asked for. Without `Depth`, all below is meant. */
async function propfind({ request, response, root, path }: Exchange): Promise<void> {
  request.resume();
  const depth = request.headers['depth'] ?? 'infinity';
  const file = await found(path);
  const entries = [[path, file] as const];
  const names = depth === '0' || !file.isDirectory() ? [] : await readdir(path, { recursive: depth !== '1' });
  for (const name of names.filter((one) => !one.endsWith('.upload'))) {
    const entry = await stat(join(path, name)).catch(() => undefined);
    if (entry !== undefined) entries.push([join(path, name), entry]);
  }
  const body = entries.map(([entryPath, entry]) => properties(hrefOf(root, entryPath, entry), entry)).join('');
  const text = `<?xml version="1.0" encoding="utf-8"?>\n<D:multistatus xmlns:D="DAV:">${body}</D:multistatus>\n`;
  end(response, 207, { 'content-type': 'application/xml; charset=utf-8' }, text);
}

function hrefOf(root: string, path: string, entry: Stats): string {
  const parts = relative(root, path)
    .split(sep)
    .filter((part) => part !== '');
  const href = `/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
  return entry.isDirectory() && href !== '/' ? `${href}/` : href;
}

function properties(href: string, entry: Stats): string {
  const kind = entry.isDirectory()
    ? '<D:resourcetype><D:collection/></D:resourcetype>'
    : `<D:resourcetype/><D:getcontentlength>${entry.size}</D:getcontentlength><D:getetag>${etagOf(entry)}</D:getetag>`;
  return (
    `<D:response><D:href>${href.replaceAll("'", '%27')}</D:href><D:propstat><D:prop>${kind}` +
    `<D:getlastmodified>${entry.mtime.toUTCString()}</D:getlastmodified></D:prop>` +
    '<D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>'
  );
}

function etagOf({ size, mtimeMs, ino }: Stats): string {
  return `"${ino.toString(16)}-${size.toString(16)}-${Math.round(mtimeMs * 1000).toString(16)}"`;
}

/** Runs the server until it is ended, when this file is the program. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { root: { type: 'string' }, port: { type: 'string', default: '0' }, user: { type: 'string' } },
  });
  const password = process.env['WEBDAV_PASSWORD'];
  if (values.root === undefined || (values.user !== undefined && password === undefined)) {
    console.error('usage: WEBDAV_PASSWORD=… node lab4/webdav-server.ts --root DIR [--port N] [--user U]');
    process.exit(2);
  }
  const account = values.user === undefined ? {} : { user: values.user, password: password ?? '' };
  try {
    const { url } = await startWebdavServer({ root: values.root, port: Number(values.port), ...account });
    console.log(url);
  } catch (error) {
    console.error(`webdav-server: ${(error as Error).message}`);
    process.exit(1);
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
