import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createMessage, encodeMessage, endpoint, kernelCommand } from 'labmill/kernel';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Dealer, Request } from 'zeromq';
import { isAlive, TestClient } from '../../support/kernel-client.ts';

async function aClient(): Promise<TestClient> {
  const client = await TestClient.start();
  onTestFinished(() => client.close());
  return client;
}

describe('a kernel that starts', () => {
  test('says who it is', async () => {
    const client = await aClient();
    expect(await client.ask('kernel_info_request')).toMatchObject({
      status: 'ok',
      implementation: 'labmill',
      language_info: { name: 'typescript', file_extension: '.ts' },
    });
  });

  test('has no names, no output and no history of what it has rehearsed', async () => {
    const client = await aClient();
    await wait(400);
    const { stdout, stderr, reply } = await client.execute('%who\ntypeof rehearsal$cell');
    expect([stdout, stderr, reply['execution_count']]).toEqual(['The notebook has no names yet.\n', '', 1]);
    expect(client.published.filter(({ header }) => header.msg_type === 'error')).toEqual([]);
  });

  test('answers the heartbeat and control while a cell computes', async () => {
    const client = await aClient();
    const cell = await client.sendCell('console.log("begun"); for (;;);');
    await client.until(() => client.printedBy(cell) !== '');
    using heartbeat = openHeartbeat(client);
    await heartbeat.socket.send('beat');
    expect(String((await heartbeat.socket.receive())[0])).toBe('beat');
    expect(await client.ask('kernel_info_request', {}, 'control')).toMatchObject({ status: 'ok' });
    expect(await client.ask('complete_request', { code: 'Mat', cursor_pos: 3 }, 'control')).toMatchObject({
      matches: [],
    });
  });

  test('welcomes each client that subscribes', async () => {
    const client = await aClient();
    const welcome = client.published.find(({ header }) => header.msg_type === 'iopub_welcome');
    expect(welcome?.content).toEqual({ subscription: '' });
  });

  test.each([
    ['without a connection file', [], 'expected the path of a connection file'],
    ['on a file that is not there', ['/nowhere/kernel.json'], 'could not be read'],
  ])('%s ends with exit code 1 and says why', (_what, args, message) => {
    const [node, ...flags] = kernelCommand('').slice(0, -1);
    const { status, stderr } = spawnSync(node!, [...flags, ...args], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain(`labmill kernel: `);
    expect(stderr).toContain(message);
  });

  test.skipIf(process.platform === 'win32')(
    'on an address that is taken ends with exit code 1 and says which',
    async () => {
      const client = await aClient();
      const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const taken = { ...client.process.connection, transport: 'tcp', ip: '203.0.113.1' };
      writeFileSync(join(folder, 'kernel.json'), JSON.stringify(taken));
      const [node, ...args] = kernelCommand(join(folder, 'kernel.json'));
      const { status, stderr } = spawnSync(node!, args, { encoding: 'utf8' });
      expect(status).toBe(1);
      expect(stderr).toMatch(/tcp:\/\/203\.0\.113\.1:[1-5]: could not be bound/);
    },
  );
});

describe('a message', () => {
  test.each([
    [
      'with a wrong signature',
      (client: TestClient) => encodeMessage(anInfoRequest(), `not ${client.process.connection.key}`),
    ],
    ['that is none', () => [Buffer.from('nonsense')]],
    ['of broken JSON', () => ['<IDS|MSG>', '', '{', '{}', '{}', '{}'].map((frame) => Buffer.from(frame))],
  ])('%s is dropped, and the kernel goes on', async (_what, frames) => {
    const client = await aClient();
    using dealer = new DisposableDealer(endpoint(client.process.connection, client.process.connection.shell_port));
    await dealer.socket.send(frames(client));
    expect((await client.execute('1')).shown).toBe('1');
    dealer.socket.receiveTimeout = 100;
    await expect(dealer.socket.receive()).rejects.toThrow('Operation was not possible or timed out');
  });
});

describe('a kernel ends', () => {
  test.each(['control', 'shell'] as const)('when it is told to on %s', async (channel) => {
    const client = await aClient();
    const reply = await client.ask('shutdown_request', { restart: false }, channel);
    expect(reply).toEqual({ status: 'ok', restart: false });
    expect(await client.process.ended).toMatchObject({ exitStatus: 0, signal: null });
    expect(isAlive(client.process.pid)).toBe(false);
  });

  test.each(['for (;;);', 'await new Promise(() => {})'])('when it is told to while a cell runs: %j', async (code) => {
    const client = await aClient();
    const cell = await client.sendCell(`console.log("begun"); ${code}`);
    await client.until(() => client.printedBy(cell) !== '');
    await client.send('shutdown_request', { restart: false }, 'control');
    expect(await client.process.ended).toMatchObject({ exitStatus: 0, signal: null });
  });

  test.each(['process.exit(3)', 'await 1; process.exit(3)', 'setTimeout(() => process.exit(3), 5)'])(
    'with the code that a cell wants, after sending what it has printed: %j',
    async (code) => {
      const client = await aClient();
      const cell = await client.sendCell(`console.log("begun"); ${code}`);
      expect(await client.process.ended).toMatchObject({ exitStatus: 3, signal: null });
      await expect.poll(() => client.printedBy(cell)).toBe('begun\n');
    },
  );

  test.skipIf(process.platform === 'win32')('when the front end that started it is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
    const connection = { transport: 'ipc', ip: join(folder, 'k'), ...ports, key: '', signature_scheme: 'hmac-sha256' };
    writeFileSync(join(folder, 'kernel.json'), JSON.stringify(connection));
    const command = JSON.stringify(kernelCommand(join(folder, 'kernel.json')));
    // A front end that starts a kernel, says its pid, and is killed.
    const script = `const [file, ...args] = ${command}; const env = { ...process.env, JPY_PARENT_PID: String(process.pid) };
      const child = require('node:child_process').spawn(file, args, { env, stdio: 'ignore' });
      console.log(child.pid); setTimeout(() => {}, 100_000)`;
    const frontEnd = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(await new Promise((resolve) => frontEnd.stdout.once('data', resolve)));
    using dealer = new DisposableDealer(endpoint(connection as never, 1));
    await dealer.socket.send(encodeMessage(anInfoRequest(), ''));
    await dealer.socket.receive();
    frontEnd.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});

function anInfoRequest() {
  return createMessage('kernel_info_request', {}, { session: 'stranger' });
}

class DisposableDealer implements Disposable {
  readonly socket = new Dealer({ linger: 0 });

  constructor(address: string) {
    this.socket.connect(address);
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}

function openHeartbeat({ process: { connection } }: TestClient): Disposable & { readonly socket: Request } {
  const socket = new Request({ linger: 0 });
  socket.connect(endpoint(connection, connection.hb_port));
  return { socket, [Symbol.dispose]: () => socket.close() };
}
