import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { saveModel } from 'labmill/training';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { planeModel } from '../support/served-models.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

function savedModel(): string {
  const path = join(temporaryFolder(), 'plane.json');
  saveModel(path, planeModel());
  return path;
}

async function failed(...args: string[]): Promise<{ exitCode: number; err: string }> {
  let err = '';
  const exitCode = await runCommandLine(['serve', ...args], { writeErr: (text) => void (err += text) });
  return { exitCode, err };
}

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly log: readonly string[];
  /** Resolves with the first line on stderr that begins with `start`. */
  readonly says: (start: string) => Promise<string>;
}

/** Starts the command in a process of its own. */
async function serving(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Serving> {
  const child = spawn(process.execPath, [main, 'serve', ...args], { env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const log: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => log.push(line));
  const stderr = createInterface({ input: child.stderr });
  const says = (start: string): Promise<string> =>
    new Promise((resolve) => stderr.on('line', (line) => line.startsWith(start) && resolve(line)));
  const line = await says('Serving ');
  return { child, url: line.split(' ').at(-1)!, log, says };
}

describe('labmill serve', () => {
  test.each([
    ['no model', [], 'ERR_INVALID_ARGUMENT: serve: expected a model file as argument or in LABMILL_MODEL, got neither'],
    ['a port that is none', ['m.json', '--port', '80x'], '--port: expected a whole number of 0–65535, got "80x"'],
    ['a port that is too large', ['m.json', '--port', '65536'], '--port: expected a whole number'],
    ['no rows', ['m.json', '--max-rows', '0'], '--max-rows: expected a whole number from 1 on, got "0"'],
    ['an unknown level', ['m.json', '--log-level', 'loud'], "argument 'loud' is invalid"],
  ])('ends with 2 for %s', async (_, args, message) => {
    expect(await failed(...args)).toMatchObject({ exitCode: 2, err: expect.stringContaining(message) });
  });

  test('ends with 1 for a missing and for a damaged model file', async () => {
    const path = join(temporaryFolder(), 'model.json');
    expect(await failed(path)).toMatchObject({ exitCode: 1, err: expect.stringContaining('ERR_FILE_READ') });
    writeFileSync(path, '{"format": "labmill-model", "version": 1, "sha256": "0"}');
    expect(await failed(path)).toMatchObject({ exitCode: 1, err: expect.stringMatching(/^ERR_MODEL_FILE: .*damaged/) });
  });

  test('ends with 1 and a way out when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { exitCode, err } = await failed(savedModel(), '--port', String(port), '--log-level', 'silent');
    other.close();
    expect([exitCode, err]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^ERR_SERVER_START: .*${port}.*Choose another`)),
    ]);
  });
});

describe.skipIf(process.platform === 'win32')('labmill serve, in a process of its own', () => {
  test('reads model, host and port from the environment, and logs lines of JSON', async () => {
    const env = { LABMILL_MODEL: savedModel(), LABMILL_HOST: '127.0.0.1', LABMILL_PORT: '0' };
    const { child, url, log } = await serving([], env);
    const headers = { 'content-type': 'application/json', 'x-request-id': 'mine' };
    const answer = await fetch(`${url}/predict`, { method: 'POST', headers, body: '{"a": 1, "b": 0}' });
    expect(await answer.json()).toMatchObject({ model: { name: 'plane' } });
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(log.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ requestId: 'mine', status: 200 }),
    );
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('answers what has begun after %s, and ends with 0', async (signal) => {
    const { child, url, says } = await serving([savedModel(), '--port', '0']);
    const body = '{"a": 1, "b": 1}';
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      `POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await fetch(`${url}/ping`);
    child.kill(signal);
    await says('Stopping');
    await expect(fetch(`${url}/ping`)).rejects.toThrow('fetch failed');
    socket.write(body);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 .*"predictions"/s);
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('ends with 0 within ten seconds when a client never finishes', async () => {
    const { child, url } = await serving([savedModel(), '--port', '0']);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write('POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{');
    await fetch(`${url}/ping`);
    const start = performance.now();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
