import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type ConnectionInfo,
  createMessage,
  decodeMessage,
  encodeMessage,
  endpoint,
  executeRequest,
  freePorts,
  type JupyterMessage,
} from 'labmill/kernel';
import { Dealer, Subscriber } from 'zeromq';
import type { KernelPeer } from './kernel-peers.ts';

/** What came of one request, with times in milliseconds since it was sent. */
export interface Exchange {
  readonly replyMs: number;
  /** NaN when `idle` never came. */
  readonly idleMs: number;
  readonly status: string;
  /** Outputs in the order of their arrival; `parent` says whether they name this request. */
  readonly outputs: ReadonlyArray<{
    readonly type: string;
    readonly text: string;
    readonly atMs: number;
    readonly isAfterIdle: boolean;
  }>;
}

/** How long a kernel may take for anything before it counts as hung. */
const PATIENCE_MS = 10_000;

/** One running kernel and a client that takes note of everything, also of what a correct kernel would not do. */
export class BenchKernel {
  readonly startMs: number;
  readonly #peer: KernelPeer;
  readonly #child: ChildProcess;
  readonly #info: ConnectionInfo;
  readonly #folder: string;
  readonly #sockets: { readonly shell: Dealer; readonly control: Dealer; readonly iopub: Subscriber };
  readonly #listeners = new Set<(channel: string, message: JupyterMessage) => void>();

  /**
   * Starts a kernel; the time until its first `kernel_info_reply` is `startMs`. One that does not answer (tslab, now and then) is
   * started again.
   */
  static async start(peer: KernelPeer, cwd: string, attemptsLeft = 3): Promise<BenchKernel> {
    const folder = mkdtempSync(join(tmpdir(), 'labmill-bench-'));
    const info = await connection();
    const file = join(folder, 'connection.json');
    writeFileSync(file, JSON.stringify(info), { mode: 0o600 });
    const [command, ...args] = peer.command(file) as [string, ...string[]];
    const options = { linger: 0, reconnectInterval: 2, receiveHighWaterMark: 0 };
    const shell = new Dealer({ ...options, receiveTimeout: PATIENCE_MS });
    const sockets = { shell, control: new Dealer(options), iopub: new Subscriber(options) };
    sockets.shell.connect(endpoint(info, info.shell_port));
    sockets.control.connect(endpoint(info, info.control_port));
    sockets.iopub.connect(endpoint(info, info.iopub_port));
    sockets.iopub.subscribe();
    const started = performance.now();
    const child = spawn(command, args, { cwd, env: { ...process.env, LABMILL_HISTORY: 'off' }, stdio: 'ignore' });
    const asked = createMessage('kernel_info_request', {}, { session: randomUUID() });
    await sockets.shell.send(encodeMessage(asked, info.key));
    const isAnswered = await shell.receive().then(
      () => true,
      () => false,
    );
    const kernel = new BenchKernel(peer, child, info, folder, sockets, performance.now() - started);
    if (isAnswered) {
      shell.receiveTimeout = -1;
      kernel.#listen();
      return kernel;
    }
    kernel.stop();
    if (attemptsLeft === 1) throw new Error(`${peer.name} did not answer within ${PATIENCE_MS} ms after its start`);
    process.stderr.write(`${peer.name} did not answer after its start, and is started again\n`);
    return BenchKernel.start(peer, cwd, attemptsLeft - 1);
  }

  private constructor(
    peer: KernelPeer,
    child: ChildProcess,
    info: ConnectionInfo,
    folder: string,
    sockets: { readonly shell: Dealer; readonly control: Dealer; readonly iopub: Subscriber },
    startMs: number,
  ) {
    this.#peer = peer;
    this.#child = child;
    this.#info = info;
    this.#folder = folder;
    this.#sockets = sockets;
    this.startMs = startMs;
  }

  #listen(): void {
    for (const [channel, socket] of Object.entries(this.#sockets)) void this.#receive(channel, socket);
  }

  /** Runs code and waits for its reply and `idle`, and then for what still comes, or until the kernel counts as hung. */
  async execute(code: string, settleMs = 0, patienceMs = PATIENCE_MS): Promise<Exchange> {
    const message = createMessage('execute_request', executeRequest(code), { session: randomUUID() });
    const sent = performance.now();
    const outputs: Array<Exchange['outputs'][number]> = [];
    let replyMs = NaN;
    let idleMs = NaN;
    let status = 'none';
    const { promise, resolve } = Promise.withResolvers<void>();
    const listener = (channel: string, got: JupyterMessage): void => {
      if (got.parentHeader.msg_id !== message.header.msg_id) return;
      const atMs = performance.now() - sent;
      const { msg_type: type } = got.header;
      if (channel === 'shell') {
        replyMs = atMs;
        status = String(got.content['status']);
      } else if (type === 'status' && got.content['execution_state'] === 'idle') idleMs = atMs;
      else if (type !== 'status' && type !== 'execute_input')
        outputs.push({ type, text: textOf(got), atMs, isAfterIdle: !Number.isNaN(idleMs) });
      if (!Number.isNaN(replyMs) && !Number.isNaN(idleMs)) resolve();
    };
    this.#listeners.add(listener);
    await this.#sockets.shell.send(encodeMessage(message, this.#info.key));
    await Promise.race([promise, wait(patienceMs, undefined, { ref: false })]);
    // Some peers go on sending what a cell has printed for long after it.
    let seen: number;
    do {
      seen = outputs.length;
      await wait(settleMs);
    } while (outputs.length > seen);
    this.#listeners.delete(listener);
    return { replyMs, idleMs, status, outputs };
  }

  /** Interrupts `code` after it has run for a while; returns the time until its reply, or NaN when the kernel hangs. */
  async interrupt(code: string): Promise<number> {
    const running = this.execute(code);
    await wait(300);
    const sent = performance.now();
    if (this.#peer.interruptBy === 'signal') this.#child.kill('SIGINT');
    else {
      const request = createMessage('interrupt_request', {}, { session: randomUUID() });
      await this.#sockets.control.send(encodeMessage(request, this.#info.key));
    }
    const { replyMs } = await running;
    return Number.isNaN(replyMs) ? NaN : performance.now() - sent;
  }

  /** Returns the resident memory of the kernel's process in MB (Linux), NaN elsewhere. */
  residentMegabytes(): number {
    if (process.platform !== 'linux') return NaN;
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }

  /** Ends the kernel, politely or not. */
  stop(): void {
    this.#child.kill('SIGKILL');
    for (const socket of Object.values(this.#sockets)) socket.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #receive(channel: string, socket: Dealer | Subscriber): Promise<void> {
    for await (const frames of socket) {
      try {
        const message = decodeMessage(frames, this.#info.key);
        for (const listener of this.#listeners) listener(channel, message);
      } catch {
        // Broken frames are what one of the peers sends for large displays: they count as not arrived.
      }
    }
  }
}

function textOf({ content }: JupyterMessage): string {
  const data = content['data'] as Record<string, unknown> | undefined;
  const text = content['text'] ?? data?.['text/plain'];
  return typeof text === 'string' ? text : '';
}

async function connection(): Promise<ConnectionInfo> {
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = (await freePorts(5)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  return { transport: 'tcp', ip: '127.0.0.1', ...ports, key: randomUUID(), signature_scheme: 'hmac-sha256' };
}
