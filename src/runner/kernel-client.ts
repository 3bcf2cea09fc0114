import { setTimeout as wait } from 'node:timers/promises';
import { executeRequest } from '../kernel/wire/execute-request.ts';
import { createMessage, type JupyterMessage } from '../kernel/wire/message.ts';
import type { KernelChannels, RequestChannel } from './kernel-channels.ts';

/** What a kernel broadcasts about a request: its outputs, and the states `busy` and `idle`. */
export type BroadcastListener = (message: JupyterMessage) => void;

interface Exchange {
  readonly reply: PromiseWithResolvers<JupyterMessage>;
  readonly idle: PromiseWithResolvers<void>;
  readonly onBroadcast: BroadcastListener | undefined;
}

/** How long after its reply a request's `idle` is waited for: what the kernel puts out comes before it. */
const idleMs = 5000;

/** How long nothing must have come before it is believed that nothing more will. */
const quietMs = 30;

/** How long a broadcast of the first reply is waited for before the question is asked again. */
const subscriptionMs = 200;

/** A Jupyter client: sends requests to a kernel and brings replies and broadcasts back to the request they belong to. */
export class KernelClient {
  readonly #channels: KernelChannels;
  readonly #session: string;
  readonly #exchanges = new Map<string, Exchange>();
  #failure: Error | undefined;
  #lastMessageMs = 0;

  constructor(channels: KernelChannels, session: string) {
    this.#channels = channels;
    this.#session = session;
    channels.listen((channel, message) => this.#receive(channel, message));
  }

  /**
   * Asks for `kernel_info` until the answer is seen on iopub as well, for a subscription takes effect some time after
   * it was made, and returns the reply's content.
   */
  async ready(): Promise<JupyterMessage['content']> {
    for (;;) {
      const { reply, idle } = await this.#start('shell', 'kernel_info_request', {});
      const { content } = await reply;
      const isHeard = await Promise.race([idle.then(() => true), wait(subscriptionMs, false, { ref: false })]);
      if (isHeard) return content;
    }
  }

  /** Runs code; returns the reply when all output has come. */
  async execute(code: string, onBroadcast: BroadcastListener): Promise<JupyterMessage> {
    const { reply, idle } = await this.#start('shell', 'execute_request', executeRequest(code), onBroadcast);
    const answer = await reply;
    await Promise.race([idle, wait(idleMs, undefined, { ref: false })]);
    return answer;
  }

  /** Asks the kernel to stop what it runs; returns when it has said that it will. */
  async interrupt(): Promise<void> {
    await (
      await this.#start('control', 'interrupt_request', {})
    ).reply;
  }

  /** Asks the kernel to end; returns when it has said that it will. */
  async shutdown(): Promise<void> {
    await (
      await this.#start('control', 'shutdown_request', { restart: false })
    ).reply;
  }

  /** Resolves when no message has come for a moment. */
  async quiet(): Promise<void> {
    do await wait(quietMs, undefined, { ref: false });
    while (performance.now() - this.#lastMessageMs < quietMs);
  }

  /** Lets everything that waits, and every later request, fail with `reason`: the kernel is gone. */
  fail(reason: Error): void {
    this.#failure ??= reason;
    for (const { reply, idle } of this.#exchanges.values()) {
      reply.reject(reason);
      idle.reject(reason);
    }
    this.#exchanges.clear();
  }

  async #start(
    channel: RequestChannel,
    type: string,
    content: JupyterMessage['content'],
    onBroadcast?: BroadcastListener,
  ): Promise<{ reply: Promise<JupyterMessage>; idle: Promise<void> }> {
    if (this.#failure !== undefined) throw this.#failure;
    const message = createMessage(type, content, { session: this.#session });
    const exchange: Exchange = { reply: Promise.withResolvers(), idle: Promise.withResolvers(), onBroadcast };
    // Either may fail while the caller still waits for the other.
    exchange.reply.promise.catch(() => {});
    exchange.idle.promise.catch(() => {});
    this.#exchanges.set(message.header.msg_id, exchange);
    await this.#channels.send(channel, message);
    return { reply: exchange.reply.promise, idle: exchange.idle.promise };
  }

  #receive(channel: RequestChannel | 'iopub', message: JupyterMessage): void {
    this.#lastMessageMs = performance.now();
    const exchange = this.#exchanges.get(message.parentHeader.msg_id ?? '');
    if (exchange === undefined) return;
    if (channel !== 'iopub') return exchange.reply.resolve(message);
    exchange.onBroadcast?.(message);
    if (message.header.msg_type === 'status' && message.content['execution_state'] === 'idle') exchange.idle.resolve();
  }
}
