import { randomUUID } from 'node:crypto';
import { stripVTControlCharacters } from 'node:util';
import { createMessage, decodeMessage, encodeMessage, endpoint, type JupyterMessage } from 'labmill/kernel';
import { Dealer } from 'zeromq';
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
  /** What the kernel has asked on stdin, in order. */
  readonly questions: JupyterMessage[] = [];
  readonly #channels: KernelChannels;
  readonly #stdin: Dealer;
  readonly #session = randomUUID();
  readonly #publishedBy = new Map<string, JupyterMessage[]>();
  readonly #replies = new Map<string, JupyterMessage[]>();
  #next = Promise.withResolvers<void>();

  private constructor(process: KernelProcess, channels: KernelChannels, stdin: Dealer) {
    this.process = process;
    this.#channels = channels;
    this.#stdin = stdin;
    void this.#listenForQuestions();
    channels.listen((channel, message) => {
      const parent = message.parentHeader.msg_id ?? '';
      const kept = channel === 'iopub' ? this.#publishedBy : this.#replies;
      if (channel === 'iopub') this.published.push(message);
      if (!kept.get(parent)?.push(message)) kept.set(parent, [message]);
      this.#wake();
    });
  }

  /** Starts a kernel in a folder and waits until it is heard on iopub. */
  static async start(cwd: string = process.cwd(), env?: Readonly<Record<string, string>>): Promise<TestClient> {
    return TestClient.connect(await startKernelProcess(cwd, env));
  }

  /** Connects one more client to a kernel, by default under a name of its own, and waits until it is heard on iopub. */
  static async connect(kernel: KernelProcess, identity: string = randomUUID()): Promise<TestClient> {
    const stdin = new Dealer({ linger: 0, routingId: identity });
    stdin.connect(endpoint(kernel.connection, kernel.connection.stdin_port));
    const client = new TestClient(kernel, await openChannels(kernel.connection, identity), stdin);
    await client.until(() => client.published.some(({ header }) => header.msg_type === 'iopub_welcome'));
    return client;
  }

  /** Sends a request, by default to the main shell, and returns it. */
  async send(
    type: string,
    content: Record<string, unknown> = {},
    channel: RequestChannel = 'shell',
    { buffers = [], subshell }: { readonly buffers?: readonly Uint8Array[]; readonly subshell?: string } = {},
  ): Promise<JupyterMessage> {
    const { header, ...rest } = createMessage(type, content, { session: this.#session, buffers });
    const request = { ...rest, header: subshell === undefined ? header : { ...header, subshell_id: subshell } };
    await this.#channels.send(channel, request);
    return request;
  }

  /** Sends an `execute_request` and returns it. */
  async sendCell(code: string, options: Record<string, unknown> = {}, subshell?: string): Promise<JupyterMessage> {
    const content = { code, silent: false, store_history: true, stop_on_error: true, ...options };
    return this.send('execute_request', content, 'shell', subshell === undefined ? {} : { subshell });
  }

  /** Creates a subshell and returns its id. */
  async createSubshell(): Promise<string> {
    return String((await this.ask('create_subshell_request', {}, 'control'))['subshell_id']);
  }

  /** Resolves with the reply to a request. */
  async replyTo(request: JupyterMessage): Promise<JupyterMessage> {
    return this.until(() => this.repliesTo(request)[0]);
  }

  /** Returns the replies to a request so far. */
  repliesTo(request: JupyterMessage): readonly JupyterMessage[] {
    return this.#replies.get(request.header.msg_id) ?? [];
  }

  /** Sends a request and resolves with the content of its reply. */
  async ask(
    type: string,
    content: Record<string, unknown> = {},
    channel: RequestChannel = 'shell',
  ): Promise<Readonly<Record<string, unknown>>> {
    return (await this.replyTo(await this.send(type, content, channel))).content;
  }

  /** Resolves with everything that was published because of a message when it has its `idle`. */
  async storyOf(request: JupyterMessage): Promise<JupyterMessage[]> {
    const isIdle = (message: JupyterMessage): boolean => message.content['execution_state'] === 'idle';
    await this.until(() => this.#publishedBy.get(request.header.msg_id)?.findLast(isIdle));
    return this.about(request);
  }

  /** Resolves when a request has its reply and its `idle`. */
  async resultOf(request: JupyterMessage): Promise<CellResult> {
    const { content } = await this.replyTo(request);
    const published = await this.storyOf(request);
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

  /** Runs a cell that fails, and returns its traceback without colours. */
  async tracebackOf(code: string): Promise<string> {
    const { reply } = await this.execute(code);
    return stripVTControlCharacters((reply['traceback'] as string[]).join('\n'));
  }

  /** Resolves with a question that a cell asks. */
  async questionOf(cell: JupyterMessage): Promise<JupyterMessage> {
    return this.until(() => this.questions.findLast(({ parentHeader }) => parentHeader.msg_id === cell.header.msg_id));
  }

  /** Answers a question; without one, the reply has no parent. */
  async reply(value: string, question?: JupyterMessage): Promise<void> {
    const parent = question === undefined ? {} : { parentHeader: question.header };
    const message = createMessage('input_reply', { status: 'ok', value }, { session: this.#session, ...parent });
    await this.#stdin.send(encodeMessage(message, this.process.connection.key));
  }

  /** Interrupts by message. */
  async interrupt(): Promise<void> {
    await this.ask('interrupt_request', {}, 'control');
  }

  /** Returns what was published because of a request so far. */
  about(request: JupyterMessage): JupyterMessage[] {
    return [...(this.#publishedBy.get(request.header.msg_id) ?? [])];
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
    this.disconnect();
  }

  /** Goes, and leaves the kernel. */
  disconnect(): void {
    this.#channels.close();
    this.#stdin.close();
  }

  async #listenForQuestions(): Promise<void> {
    for await (const frames of this.#stdin) {
      this.questions.push(decodeMessage(frames, this.process.connection.key));
      this.#wake();
    }
  }

  #wake(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
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
