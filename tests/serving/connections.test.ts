import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type PredictionServerOptions, startPredictionServer, type PredictionServer } from 'labmill/serving';
import { describe, expect, onTestFinished, test } from 'vitest';
import { planeModel } from '../support/served-models.ts';

const row = '{"a": 1, "b": 1}';
const head = 'POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
const request = `${head}Content-Length: ${row.length}\r\n\r\n${row}`;

async function listening(options: PredictionServerOptions = {}): Promise<PredictionServer> {
  const server = await startPredictionServer(planeModel(), { port: 0, closeTimeoutMs: 500, ...options });
  onTestFinished(() => server.close());
  return server;
}

async function connected({ url }: PredictionServer): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Sends `text`, and returns all that comes back until the server ends the connection. */
async function exchange(server: PredictionServer, text: string): Promise<string> {
  const socket = await connected(server);
  socket.write(text);
  return received(socket);
}

async function received(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('a client that is too slow', () => {
  test.each([
    ['sends nothing', ''],
    ['stops in the middle of the head', 'POST /predict HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    ['stops in the middle of the body', `${head}Content-Length: 100\r\n\r\n{"a": `],
  ])('gets 408 and is cut off when it %s', async (_, text) => {
    const server = await listening({ headersTimeoutMs: 100, requestTimeoutMs: 200 });
    expect(await exchange(server, text)).toMatch(/^HTTP\/1\.1 408 .*"code":"ERR_REQUEST_TIMEOUT"/s);
  });

  test('gets 408 when its bytes come one by one', async () => {
    const server = await listening({ headersTimeoutMs: 100, requestTimeoutMs: 300 });
    const socket = await connected(server);
    const drip = setInterval(() => socket.write('X'), 20);
    socket.write(`${head}X-Slow: `);
    expect(await received(socket)).toMatch(/^HTTP\/1\.1 408/);
    clearInterval(drip);
  });
});

describe('what is no request', () => {
  test.each([
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['no HTTP', '\x16\x03\x01 hello\r\n\r\n', 400],
    ['huge headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths', `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['a negative length', `${head}Content-Length: -1\r\n\r\n`, 400],
  ])('%s is answered in JSON, and the connection ends', async (_, text, status) => {
    const answer = await exchange(await listening(), text);
    const [, code, body] = /^HTTP\/1\.1 (\d+) .*\r\n\r\n(.*)$/s.exec(answer)!;
    expect([Number(code), JSON.parse(body!)]).toMatchObject([status, { error: { fields: [] } }]);
  });
});

describe('a connection', () => {
  test('answers requests that are sent at once in their order', async () => {
    const last = `GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
    const answers = await exchange(await listening(), request + request + last);
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
    expect(answers.indexOf('"predictions"')).toBeLessThan(answers.indexOf('application/json\r\n'));
  });

  test('tells a client with a body of 50 MB that it is too large', async () => {
    const { url } = await listening();
    const body = `{"rows": [${'{"a": 1, "b": 1},'.repeat(3_000_000)}{}]}`;
    const answer = await fetch(`${url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([answer.status, await answer.json()]).toMatchObject([413, { error: { code: 'ERR_TOO_LARGE' } }]);
  });

  test('tells so a client that does not say how large its body is', async () => {
    const chunk = `FFFF\r\n${'x'.repeat(0xffff)}\r\n`;
    const answer = await exchange(await listening(), `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(200)}`);
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });
});

describe('close', () => {
  test('answers a request that has begun, refuses new ones, and ends the connection', async () => {
    const server = await listening({ closeTimeoutMs: 5000 });
    const socket = await connected(server);
    socket.write(request.slice(0, -4));
    await served(server);
    const closed = server.close();
    await expect(fetch(`${server.url}/ping`)).rejects.toThrow('fetch failed');
    socket.write(request.slice(-4));
    expect(await received(socket)).toMatch(/^HTTP\/1\.1 200 .*"predictions":\[/s);
    await closed;
  });

  test('answers 503 to a second request on a connection that is still busy', async () => {
    const server = await listening({ closeTimeoutMs: 5000 });
    const socket = await connected(server);
    socket.write(request.slice(0, -4));
    await served(server);
    const closed = server.close();
    socket.write(`${request.slice(-4)}GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(await received(socket)).toMatch(/^HTTP\/1\.1 200 .*HTTP\/1\.1 503 .*"code":"ERR_CLOSING"/s);
    await closed;
  });

  test('does not wait longer than it may for a client that never finishes', async () => {
    const server = await listening({ closeTimeoutMs: 200 });
    const socket = await connected(server);
    socket.write(request.slice(0, -4));
    await served(server);
    const start = performance.now();
    await server.close();
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('may be called more than once', async () => {
    const server = await listening();
    await Promise.all([server.close(), server.close()]);
    await expect(server.close()).resolves.toBeUndefined();
  });

  /** Waits until the server has read what was sent before, which it does in the order of arrival. */
  async function served({ url }: PredictionServer): Promise<void> {
    await fetch(`${url}/ping`, { headers: { connection: 'close' } });
  }
});
