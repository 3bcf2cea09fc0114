import { randomUUID } from 'node:crypto';
import type { FromRuntime, ToRuntime } from '../thread-messages.ts';
import { createMessage, type JupyterMessage, type WireError } from '../wire/message.ts';
import type { Channels, RequestChannel } from './channels.ts';
import { Compiler } from './compiler.ts';
import { toCodePoints, toUtf16 } from './cursor.ts';
import { Executor } from './executor.ts';
import { History } from './history.ts';
import { Interrupter } from './interrupter.ts';
import { kernelInfo } from './kernel-info.ts';
import { RuntimeLink } from './runtime-link.ts';

/** What a kernel is made of. */
export interface KernelParts {
  readonly channels: Pick<Channels, 'send'>;
  /** Sends to the runtime thread. */
  readonly post: (message: ToRuntime) => void;
  /** See `shieldMemory`. */
  readonly shield: Int32Array;
  /** Ends the process after the last messages have left. */
  readonly exit: () => void;
  /** Writes a line to the process's real standard error. */
  readonly log: (line: string) => void;
  readonly folder: string;
  readonly version: string;
}

type Content = Record<string, unknown>;

/** The protocol: answers every request of the Jupyter messaging specification. */
export class Kernel {
  readonly #parts: KernelParts;
  readonly #session = randomUUID();
  readonly #history = new History();
  readonly #compiler = new Compiler();
  readonly #executor: Executor;
  readonly #interrupter: Interrupter;
  readonly #runtime: RuntimeLink;
  /** On which channel each request that is not answered yet came. */
  readonly #origins = new WeakMap<JupyterMessage, RequestChannel>();

  constructor(parts: KernelParts) {
    this.#parts = parts;
    this.#runtime = new RuntimeLink(parts.post);
    this.#interrupter = new Interrupter(parts);
    this.#executor = new Executor({
      publish: this.#publish,
      reply: this.#reply,
      run: (cell) => void this.#interrupter.quiet().then(() => parts.post(cell)),
      history: this.#history,
      compiler: this.#compiler,
      folder: parts.folder,
    });
  }

  /** Publishes the first status. */
  start(): void {
    this.#publish('status', { execution_state: 'starting' });
  }

  /** Makes ready what the first cell needs. */
  async warmUp(): Promise<void> {
    await this.#compiler.warmUp();
  }

  /** A client has subscribed to iopub. */
  onSubscribe(topic: string): void {
    const message = createMessage(
      'iopub_welcome',
      { subscription: topic },
      { session: this.#session, idents: [Buffer.from(topic)] },
    );
    this.#parts.channels.send('iopub', message);
  }

  /** Frames that are no message are dropped, as the specification asks, and named on standard error. */
  onInvalid(channel: RequestChannel, error: WireError): void {
    this.#parts.log(`labmill kernel: a message on ${channel} was dropped: ${error.message}`);
  }

  /** A request has come. */
  onMessage(channel: RequestChannel, message: JupyterMessage): void {
    if (channel === 'stdin') return;
    this.#origins.set(message, channel);
    if (message.header.msg_type === 'execute_request') this.#executor.push(message);
    else void this.#answer(message);
  }

  /** Something has come from the runtime thread. */
  onRuntime(message: FromRuntime): void {
    switch (message.type) {
      case 'ready':
        this.#executor.builtins = new Set(message.builtins);
        return;
      case 'interrupted':
        return this.#interrupter.onInterrupted(message.request);
      case 'completion':
      case 'inspection':
        return this.#runtime.onAnswer(message);
      default:
        return this.#executor.onRuntime(message);
    }
  }

  async #answer(request: JupyterMessage): Promise<void> {
    this.#publish('status', { execution_state: 'busy' }, request);
    const { msg_type } = request.header;
    const content = await this.#contentFor(msg_type, request);
    if (content !== undefined) this.#reply(msg_type.replace(/_request$/, '_reply'), content, request);
    this.#publish('status', { execution_state: 'idle' }, request);
    // Front ends show the latest status, whatever its parent: while a cell runs, that is busy.
    const { running } = this.#executor;
    if (running !== undefined) this.#publish('status', { execution_state: 'busy' }, running);
  }

  async #contentFor(type: string, request: JupyterMessage): Promise<Content | undefined> {
    const { content } = request;
    switch (type) {
      case 'kernel_info_request':
        return kernelInfo(this.#parts.version);
      case 'is_complete_request':
        return { ...(await this.#compiler.completeness(textOf(content['code']), this.#executor.names)) };
      case 'history_request':
        return { status: 'ok', history: this.#history.answer(content) };
      case 'comm_info_request':
        return { status: 'ok', comms: {} };
      case 'complete_request':
        return this.#complete(textOf(content['code']), Number(content['cursor_pos'] ?? 0));
      case 'inspect_request':
        return this.#inspect(textOf(content['code']), Number(content['cursor_pos'] ?? 0));
      case 'interrupt_request':
        await this.#interrupter.interrupt();
        return { status: 'ok' };
      case 'shutdown_request':
        return this.#shutDown(request);
      case 'comm_open':
        // No targets are registered here; the specification asks to close such a comm at once.
        this.#publish('comm_close', { comm_id: content['comm_id'], data: {} }, request);
        return undefined;
      case 'comm_msg':
      case 'comm_close':
        return undefined;
      default:
        this.#parts.log(`labmill kernel: no answer to ${JSON.stringify(type)}`);
        return undefined;
    }
  }

  async #complete(code: string, cursorPos: number): Promise<Content> {
    const answer = await this.#runtime.introspect('complete', code, toUtf16(code, cursorPos));
    const completion = answer?.type === 'completion' ? answer.completion : undefined;
    return {
      status: 'ok',
      matches: completion?.matches ?? [],
      cursor_start: completion === undefined ? cursorPos : toCodePoints(code, completion.start),
      cursor_end: cursorPos,
      metadata: {},
    };
  }

  async #inspect(code: string, cursorPos: number): Promise<Content> {
    const answer = await this.#runtime.introspect('inspect', code, toUtf16(code, cursorPos));
    const data = answer?.type === 'inspection' ? answer.data : undefined;
    return { status: 'ok', found: data !== undefined, data: data ?? {}, metadata: {} };
  }

  #shutDown(request: JupyterMessage): Content {
    const content = { status: 'ok', restart: request.content['restart'] === true };
    // Every client is told, not only the one that asked.
    this.#publish('shutdown_reply', content, request);
    setImmediate(this.#parts.exit);
    return content;
  }

  readonly #publish = (type: string, content: Content, parent?: JupyterMessage): void => {
    const origin = { session: this.#session, idents: [Buffer.from(type)] };
    const message = createMessage(
      type,
      content,
      parent === undefined ? origin : { ...origin, parentHeader: parent.header },
    );
    this.#parts.channels.send('iopub', message);
  };

  readonly #reply = (type: string, content: Content, parent: JupyterMessage): void => {
    const message = createMessage(type, content, {
      session: this.#session,
      idents: parent.idents,
      parentHeader: parent.header,
    });
    this.#parts.channels.send(this.#origins.get(parent) ?? 'shell', message);
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
