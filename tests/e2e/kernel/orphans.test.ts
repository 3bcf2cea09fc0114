import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMessage, encodeMessage, endpoint, kernelCommand } from 'labmill/kernel';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Dealer } from 'zeromq';
import { isAlive, TestClient } from '../../support/kernel-client.ts';

/** Cells that leave something running, and print its process id. */
const leftovers = [
  ['a command in the background', '!sleep 1000 & echo $!'],
  ['what a script has started', '%%bash\n(sleep 1000 & echo $!) &\nwait'],
  ['a child', 'import { spawn } from "node:child_process"\nconsole.log(spawn("sleep", ["1000"]).pid)'],
  [
    'a child that ignores SIGTERM',
    `import { spawn } from "node:child_process"
    const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"])
    await new Promise((resolve) => child.stdout.once("data", resolve))
    console.log(child.pid)`,
  ],
  [
    'a grandchild',
    'import { spawn } from "node:child_process"\nspawn("sh", ["-c", "sleep 1000 & echo $!; wait"]).stdout.pipe(process.stdout)\nawait new Promise((resolve) => setTimeout(resolve, 200))',
  ],
] as const;

async function aClient(): Promise<TestClient> {
  const client = await TestClient.start();
  onTestFinished(() => client.close());
  return client;
}

/** Runs a cell and returns the process id that it prints. */
async function leave(client: TestClient, code: string): Promise<number> {
  const pid = Number((await client.execute(code)).stdout);
  expect(isAlive(pid)).toBe(true);
  return pid;
}

async function gone(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
}

describe.skipIf(process.platform === 'win32')('a kernel that ends takes along', () => {
  test.each(leftovers)('%s, when it is told to end', async (_what, code) => {
    const client = await aClient();
    const pid = await leave(client, code);
    await client.ask('shutdown_request', { restart: false }, 'control');
    await gone(pid);
  });

  test.each(leftovers)('%s, when a cell ends it', async (_what, code) => {
    const client = await aClient();
    const pid = await leave(client, code);
    await client.sendCell('process.exit()');
    await gone(pid);
  });

  test('nothing that was started to stay', async () => {
    const client = await aClient();
    const pid = await leave(
      client,
      `import { spawn } from "node:child_process"
      const daemon = spawn("sleep", ["1000"], { detached: true, stdio: "ignore" })
      daemon.unref(); console.log(daemon.pid)`,
    );
    onTestFinished(() => void process.kill(pid, 'SIGKILL'));
    await client.ask('shutdown_request', { restart: false }, 'control');
    await client.process.ended;
    expect(isAlive(pid)).toBe(true);
  });

  test('everything, when the front end that started it is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
    const scheme = { key: '', signature_scheme: 'hmac-sha256' } as const;
    const connection = { transport: 'ipc', ip: join(folder, 'k'), ...ports, ...scheme } as const;
    writeFileSync(join(folder, 'kernel.json'), JSON.stringify(connection));
    const command = JSON.stringify(kernelCommand(join(folder, 'kernel.json')));
    const script = `const [file, ...args] = ${command}; const env = { ...process.env, JPY_PARENT_PID: String(process.pid) };
      require('node:child_process').spawn(file, args, { env, stdio: 'ignore' }); setTimeout(() => {}, 100_000)`;
    const frontEnd = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'inherit'] });
    const file = join(folder, 'pids');
    const dealer = new Dealer({ linger: 0 });
    onTestFinished(() => dealer.close());
    dealer.connect(endpoint(connection, 1));
    const code = `!sleep 1000 & echo $! $PPID > ${file}`;
    await dealer.send(encodeMessage(createMessage('execute_request', { code }, { session: 's' }), ''));
    await dealer.receive();
    const pids = (await import('node:fs')).readFileSync(file, 'utf8').trim().split(' ').map(Number);
    expect(pids.map(isAlive)).toEqual([true, true]);
    frontEnd.kill('SIGKILL');
    for (const pid of pids) await gone(pid);
  });
});
