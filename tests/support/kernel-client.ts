import { randomUUID } from 'node:crypto';
import { createMessage, type JupyterMessage } from 'labmill/kernel';
import { type KernelChannels, openChannels, type RequestChannel } from '../../src/runner/kernel-channels.ts';
import { type KernelProcess, startKernelProcess } from '../../src/runner/kernel-process.ts';

/** What came of a cell. */
export interface CellResult {
  /** The content of its `execute_reply`. */
  readonly reply: Readonly<Record<string, unknown>>;
  /** Everything on iopub that has the cell as parent, in order. */
  readonly published: readonly JupyterMessage[];
  /** The text on stdout. */
  readonly stdout: string;
  readonly stderr: string;
  /** What its last expression is shown as. */
  readonly shown: unknown;
}

/** A client that keeps every message of a real kernel, over real sockets. */
export class TestClient {
  readonly process: KernelProcess;
  /** Everything that came on iopub, in order. */
  readonly published: JupyterMessage[] = [];
  readonly #channels: KernelChannels;
  readonly #session = randomUUID();
  readonly #replies = new Map<string, JupyterMessage>();
  #next = Promise.withResolvers<void>();

  private constructor(process: KernelProcess, channels: KernelChannels) {
    this.process = process;
    this.#channels = channels;
    channels.listen((channel, message) => {
      if (channel === 'iopub') this.published.push(message);
      else this.#replies.set(message.parentHeader.msg_id ?? '', message);
      this.#next.resolve();
      this.#next = Promise.withResolvers();
    });
  }

  /** Starts a kernel in a folder and waits until it is heard on iopub. */
  static async start(cwd: string = process.cwd()): Promise<TestClient> {
    const kernel = await startKernelProcess(cwd);
    const client = new TestClient(kernel, await openChannels(kernel.connection, randomUUID()));
    await client.until(() => client.published.some(({ header }) => header.msg_type === 'iopub_welcome'));
    return client;
  }

  /** Sends a request and returns it. */
  async send(
    type: string,
    content: Record<string, unknown> = {},
    channel: RequestChannel = 'shell',
  ): Promise<JupyterMessage> {
    const request = createMessage(type, content, { session: this.#session });
    await this.#channels.send(channel, request);
    return request;
  }

  /** Sends an `execute_request` and returns it. */
  async sendCell(code: string, options: Record<string, unknown> = {}): Promise<JupyterMessage> {
    return this.send('execute_request', { code, silent: false, store_history: true, stop_on_error: true, ...options });
  }

  /** Resolves with the reply to a request. */
  async replyTo(request: JupyterMessage): Promise<JupyterMessage> {
    return this.until(() => this.#replies.get(request.header.msg_id));
  }

  /** Sends a request and resolves with the content of its reply. */
  async ask(
    type: string,
    content: Record<string, unknown> = {},
    channel: RequestChannel = 'shell',
  ): Promise<Readonly<Record<string, unknown>>> {
    return (await this.replyTo(await this.send(type, content, channel))).content;
  }

  /** Resolves when a request has its reply and its `idle`. */
  async resultOf(request: JupyterMessage): Promise<CellResult> {
    const { content } = await this.replyTo(request);
    await this.until(() => this.about(request).some((message) => message.content['execution_state'] === 'idle'));
    const published = this.about(request);
    const result = published.find(({ header }) => header.msg_type === 'execute_result');
    return {
      reply: content,
      published,
      stdout: textOf(published, 'stdout'),
      stderr: textOf(published, 'stderr'),
      shown: (result?.content['data'] as Record<string, unknown> | undefined)?.['text/plain'],
    };
  }

  /** Runs a cell to its end. */
  async execute(code: string, options: Record<string, unknown> = {}): Promise<CellResult> {
    return this.resultOf(await this.sendCell(code, options));
  }

  /** Interrupts by message. */
  async interrupt(): Promise<void> {
    await this.ask('interrupt_request', {}, 'control');
  }

  /** Returns what was published because of a request so far. */
  about(request: JupyterMessage): JupyterMessage[] {
    return this.published.filter(({ parentHeader }) => parentHeader.msg_id === request.header.msg_id);
  }

  /** Returns what a request has printed so far. */
  printedBy(request: JupyterMessage, name: 'stdout' | 'stderr' = 'stdout'): string {
    return textOf(this.about(request), name);
  }

  /** Resolves with what `find` returns as soon as a message makes it return something. */
  async until<T>(find: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined && found !== false) return found;
      await Promise.race([this.#next.promise, this.process.ended.then((error) => Promise.reject(error))]);
    }
  }

  /** Ends the kernel. */
  async close(): Promise<void> {
    this.process.kill();
    await this.process.ended;
    this.#channels.close();
  }
}

function textOf(messages: readonly JupyterMessage[], name: string): string {
  return messages
    .filter(({ header, content }) => header.msg_type === 'stream' && content['name'] === name)
    .map(({ content }) => String(content['text']))
    .join('');
}

/** Returns whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
