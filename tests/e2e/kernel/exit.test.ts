import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { createMessage, decodeMessage, encodeMessage, endpoint, executeRequest } from 'labmill/kernel';
import { runNotebook } from 'labmill/runner';
import { formatNotebook } from 'labmill/notebook';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Dealer, Request, Subscriber } from 'zeromq';
import type { ConnectionInfo } from '../../../src/kernel/wire/connection-file.ts';
import { DeathNote } from '../../../src/kernel/worker/death-note.ts';
import { spawnKernel } from '../../../src/runner/kernel-process.ts';
import { aNotebook, code } from '../../support/a-notebook.ts';
import { TestClient } from '../../support/kernel-client.ts';

async function aClient(...args: Parameters<typeof TestClient.start>): Promise<TestClient> {
  const client = await TestClient.start(...args);
  onTestFinished(() => client.close());
  return client;
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const textOf = (traceback: unknown): string => stripVTControlCharacters((traceback as string[]).join('\n'));

describe('a cell that ends its kernel', () => {
  test.each([
    ['process.exit(3)', 'process.exit(3) was called', { exitStatus: 3 }],
    ['await 1; process.exit()', 'process.exit() was called', { exitStatus: 0 }],
    ['process.exitCode = 4; process.exit()', 'process.exit(4) was called', { exitStatus: 4 }],
    [
      'setTimeout(() => process.exit(5), 5); await new Promise(() => {})',
      'process.exit(5) was called',
      { exitStatus: 5 },
    ],
    ['process.kill(process.pid)', "process.kill(process.pid, 'SIGTERM') was called", { exitStatus: 143 }],
    ["process.kill(process.pid, 'SIGHUP')", "process.kill(process.pid, 'SIGHUP') was called", { exitStatus: 129 }],
    ['process.kill(process.pid, 9)', "process.kill(process.pid, 'SIGKILL') was called", { signal: 'SIGKILL' }],
    ['process.abort()', 'process.abort() was called', { signal: 'SIGABRT' }],
  ])('is answered, after everything it has printed: %s', async (source, reason, end) => {
    const client = await aClient();
    const cell = await client.sendCell(`console.log("printed")\n${source}`);
    const { reply, stdout } = await client.resultOf(cell);
    expect(reply).toMatchObject({ status: 'error', ename: 'KernelExit', evalue: `the kernel has ended: ${reason}` });
    expect(textOf(reply['traceback'])).toMatch(/\nCell \[1\], line 2:\n[^]*\n {4}at (.* \()?Cell \[1\]:2:\d+\)?$/);
    expect(stdout).toBe('printed\n');
    expect(await client.process.ended).toMatchObject(end);
  });

  test('lets those queued behind it down, whatever they want', async () => {
    const client = await aClient();
    const cell = await client.sendCell('process.exit()', { stop_on_error: false });
    const next = await client.sendCell('1', { stop_on_error: false });
    expect((await client.resultOf(cell)).reply).toMatchObject({ status: 'error' });
    expect((await client.resultOf(next)).reply).toMatchObject({ status: 'aborted' });
  });

  test('is told on stderr when it had ended before', async () => {
    const client = await aClient();
    const cell = await client.sendCell('setTimeout(() => process.exit(3), 30); 0');
    await client.resultOf(cell);
    await client.until(() => client.printedBy(cell, 'stderr') !== '');
    const said = stripVTControlCharacters(client.printedBy(cell, 'stderr'));
    expect(said).toMatch(/^KernelExit: the kernel has ended: process\.exit\(3\) was called\nCell \[1\], line 1:/);
  });

  test('is told in the cell that runs when another one did it', async () => {
    const client = await aClient();
    await client.execute('setTimeout(() => process.exit(3), 30); 0');
    const { reply } = await client.execute('await new Promise(() => {})');
    expect(reply).toMatchObject({ status: 'error', ename: 'KernelExit', execution_count: 2 });
    expect(textOf(reply['traceback'])).toContain('Cell [1], line 1:');
  });

  test('has its own listeners of the end called', async () => {
    const client = await aClient();
    const { stdout, stderr } = await client.execute(
      "process.on('exit', (code) => console.log('bye', code)).on('exit', () => { throw new Error('in a listener') })\nprocess.exit(3)",
    );
    expect(stdout).toBe('bye 3\n');
    expect(stripVTControlCharacters(stderr)).toContain('Error: in a listener');
  });

  test('does not when it listens to the signal', async () => {
    const client = await aClient();
    const { stdout } = await client.execute(
      "process.on('SIGTERM', () => console.log('heard')); process.kill(process.pid); await new Promise((r) => setTimeout(r, 30))",
    );
    expect(stdout).toBe('heard\n');
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test('may set the exit status of a kernel that is told to end', async () => {
    const client = await aClient();
    await client.execute('process.exitCode = 6');
    await client.ask('shutdown_request', { restart: false }, 'control');
    expect(await client.process.ended).toMatchObject({ exitStatus: 6 });
  });

  test('does not end it from a worker of its own', async () => {
    const client = await aClient();
    const { shown } = await client.execute(
      'const { Worker } = process.getBuiltinModule("worker_threads")\n' +
        'await new Promise((resolve) => new Worker("process.exit(7)", { eval: true }).on("exit", resolve))',
    );
    expect(shown).toBe('7');
  });
});

describe.skipIf(process.platform === 'win32')('a signal from outside', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends the kernel in good order: %s', async (signal, exitStatus) => {
    const client = await aClient();
    const cell = await client.sendCell('console.log("begun"); await new Promise(() => {})');
    await client.until(() => client.printedBy(cell) !== '');
    process.kill(client.process.pid, signal);
    const { reply } = await client.resultOf(cell);
    expect(reply).toMatchObject({ ename: 'KernelExit', evalue: `the kernel has ended: it received ${signal}` });
    expect(await client.process.ended).toMatchObject({ exitStatus });
  });
});

/** Runs a notebook of these cells. */
async function runCells(...cells: readonly string[]) {
  const path = join(aFolder(), 'a.ipynb');
  writeFileSync(path, formatNotebook(aNotebook(cells.map((source, index) => ({ ...code(source), id: `c${index}` })))));
  return runNotebook(path);
}

describe('a notebook whose kernel dies', () => {
  test('in a cell that ends it fails, with the status and the line', async () => {
    const run = await runCells('1', 'console.log("printed")\nprocess.exit(0)', '3');
    expect(run).toMatchObject({ status: 'failed', error: { code: 'ERR_KERNEL_DIED', exitStatus: 0, signal: null } });
    expect(run.error?.message).toMatch(
      /cell 2 \(id "c1"\), line 2: KernelExit: the kernel has ended: process\.exit\(0\)/,
    );
    expect(run.notebook.cells[1]).toMatchObject({ outputs: [{ text: 'printed\n' }, { ename: 'KernelExit' }] });
  });

  test.skipIf(process.platform === 'win32')('of a crash in native code keeps what it had printed', async () => {
    const crash = 'process.getBuiltinModule("child_process").execSync(`kill -SEGV ${process.pid}`)';
    const run = await runCells(`console.log("printed"); await new Promise((r) => setTimeout(r, 50))\n${crash}`);
    expect(run.error).toMatchObject({ code: 'ERR_KERNEL_DIED', signal: 'SIGSEGV' });
    expect(run.error?.message).toMatch(
      /cell 1 \(id "c0"\): kernel died: the process \(pid \d+\) crashed in native code \(SIGSEGV\)/,
    );
    expect(run.notebook.cells[0]).toMatchObject({ outputs: [{ text: 'printed\n' }, { ename: 'KernelDiedError' }] });
  });

  test('of memory says so, and keeps what it had printed', async () => {
    const { NODE_OPTIONS } = process.env;
    onTestFinished(
      () =>
        void (NODE_OPTIONS === undefined
          ? delete process.env['NODE_OPTIONS']
          : (process.env['NODE_OPTIONS'] = NODE_OPTIONS)),
    );
    process.env['NODE_OPTIONS'] = '--max-old-space-size=64';
    const run = await runCells('console.log("printed"); const all = []; for (;;) all.push(new Array(1000).fill(0.5))');
    expect(run.error?.message).toMatch(
      /kernel died: .* ran out of memory: V8's heap reached its limit \(NODE_OPTIONS=/,
    );
    expect(run.notebook.cells[0]).toMatchObject({ outputs: [{ text: 'printed\n' }, { ename: 'KernelDiedError' }] });
  });
});

/** A front end that starts kernels on one connection file, as Jupyter does when it restarts one that has died. */
class FrontEnd {
  readonly folder = aFolder();
  readonly connection: ConnectionInfo = {
    transport: 'ipc',
    ip: join(this.folder, 'k'),
    shell_port: 1,
    iopub_port: 2,
    stdin_port: 3,
    control_port: 4,
    hb_port: 5,
    key: 'k',
    signature_scheme: 'hmac-sha256',
  };

  constructor() {
    writeFileSync(join(this.folder, 'kernel.json'), JSON.stringify(this.connection));
  }

  async start(): Promise<TestClient> {
    const kernel = spawnKernel(join(this.folder, 'kernel.json'), this.connection, this.folder);
    const client = await TestClient.connect(kernel);
    onTestFinished(() => client.close());
    return client;
  }
}

describe.skipIf(process.platform === 'win32')('a kernel that follows one that died', () => {
  test('says so in its first cell, once', async () => {
    const frontEnd = new FrontEnd();
    const first = await frontEnd.start();
    await first.execute('const a = 1');
    const cell = await first.sendCell('console.log("begun"); for (;;);');
    await first.until(() => first.printedBy(cell) !== '');
    process.kill(first.process.pid, 'SIGKILL');
    await first.process.ended;
    const second = await frontEnd.start();
    await second.execute('1', { silent: true, store_history: false });
    expect((await second.execute('1')).stderr).toMatch(/^The kernel before this one died while Cell \[2\] ran/);
    expect((await second.execute('1')).stderr).toBe('');
  });

  test('says so when no cell ran', async () => {
    const frontEnd = new FrontEnd();
    const first = await frontEnd.start();
    await first.execute('1');
    process.kill(first.process.pid, 'SIGKILL');
    await first.process.ended;
    expect((await (await frontEnd.start()).execute('1')).stderr).toContain('died after Cell [1] had ended');
  });

  // ZeroMQ brings each socket of a client back in its own time. Real clients: JupyterLab, in jupyterlab.test.ts.
  test('answers when all sockets of its clients have had time to come back', async () => {
    const { folder, connection } = new FrontEnd();
    new DeathNote(join(folder, 'kernel.json')).write([1]);
    const kernel = spawnKernel(join(folder, 'kernel.json'), connection, folder);
    const client = {
      hb: new Request({ linger: 0, reconnectInterval: 5 }),
      shell: new Dealer({ linger: 0, reconnectInterval: 5 }),
      // Jupyter's server listens twice to each kernel.
      activity: new Subscriber({ linger: 0, reconnectInterval: 5 }),
      iopub: new Subscriber({ linger: 0, receiveTimeout: 5000 }),
    };
    onTestFinished(async () => {
      for (const socket of Object.values(client)) socket.close();
      kernel.kill();
      await kernel.ended;
    });
    client.hb.connect(endpoint(connection, connection.hb_port));
    client.shell.connect(endpoint(connection, connection.shell_port));
    client.activity.connect(endpoint(connection, connection.iopub_port));
    client.activity.subscribe();
    const request = createMessage('execute_request', executeRequest('6 * 7'), { session: 'client' });
    await client.shell.send(encodeMessage(request, connection.key));
    await client.hb.send('');
    await client.hb.receive();
    await setTimeout(100);
    client.iopub.connect(endpoint(connection, connection.iopub_port));
    client.iopub.subscribe();
    const types: string[] = [];
    while (types.at(-1) !== 'execute_result') {
      types.push(decodeMessage(await client.iopub.receive(), connection.key).header.msg_type);
    }
    expect(types).toEqual(['iopub_welcome', 'status', 'execute_input', 'stream', 'execute_result']);
  });

  test.each(['shutdown', 'process.exit()', 'for (;;);'])(
    'has nothing to say when that one ended in good order: %s',
    async (how) => {
      const frontEnd = new FrontEnd();
      const first = await frontEnd.start();
      await first.execute('1');
      if (how !== 'shutdown') await first.sendCell(how);
      if (how !== 'process.exit()') await first.send('shutdown_request', { restart: true }, 'control');
      await first.process.ended;
      expect(readdirSync(frontEnd.folder).filter((name) => name.endsWith('.note'))).toEqual([]);
      expect((await (await frontEnd.start()).execute('1')).stderr).toBe('');
    },
  );
});
