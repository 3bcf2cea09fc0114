import type { JupyterMessage, WireError } from '../wire/message.ts';
import type { ChannelEvents, RequestChannel } from './channels.ts';
import { kernelInfo } from './kernel-info.ts';
import type { Sender } from './sender.ts';

/** Who takes over once it is there. */
export interface MessageReceiver {
  onMessage(channel: RequestChannel, message: JupyterMessage): void;
}

/** What a reception needs. */
export interface ReceptionParts {
  readonly sender: Sender;
  readonly version: string;
  /** Writes a line to the process's real standard error. */
  readonly log: (line: string) => void;
  /** Whether clients of a kernel that died come back: each of their sockets, in its own time. */
  readonly isRestart?: boolean;
}

/**
 * How long after its binding clients that were there before may take to reach a socket, in milliseconds: ZeroMQ tries again every
 * 100 ms, and up to as much again at random.
 */
const ARRIVAL_MS = 250;

/**
 * Hears the channels from the first moment: greets clients, and answers what each of them asks first, which needs nothing of the
 * kernel. What else comes waits until the kernel and the runtime thread are there.
 *
 * Nothing is answered before someone has subscribed to iopub, or 250 ms have passed: a client's request may come over a socket that was
 * faster, and what is broadcast to nobody is lost. Whom it was broadcast to does not show, so that all clients of a
 * kernel that died have that time to come back.
 */
export class Reception implements ChannelEvents {
  /** Resolves when a first client has its answer. */
  readonly firstAnswer: Promise<void>;
  readonly #parts: ReceptionParts;
  readonly #answered: () => void;
  #waiting: Array<readonly [RequestChannel, JupyterMessage]> = [];
  #receiver: MessageReceiver | undefined;
  #isOpen = false;

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.firstAnswer = promise;
    this.#answered = resolve;
  }

  /** The sockets are bound. */
  begin(): void {
    setTimeout(() => this.#open(), ARRIVAL_MS).unref();
  }

  /** A request has come. */
  onMessage(channel: RequestChannel, message: JupyterMessage): void {
    if (!this.#isOpen) this.#waiting.push([channel, message]);
    else if (this.#receiver !== undefined) this.#receiver.onMessage(channel, message);
    else if (message.header.msg_type === 'kernel_info_request') this.#introduce(channel, message);
    else this.#waiting.push([channel, message]);
  }

  /** A client has subscribed to iopub. */
  onSubscribe(topic: string): void {
    this.#parts.sender.publish('iopub_welcome', { subscription: topic }, undefined, { idents: [Buffer.from(topic)] });
    if (this.#parts.isRestart !== true) this.#open();
  }

  /** Frames that are no message are dropped, as the specification asks, and named on standard error. */
  onInvalid(channel: RequestChannel, error: WireError): void {
    this.#parts.log(`labmill kernel: a message on ${channel} was dropped: ${error.message}`);
  }

  /** Hands what has waited, and everything from now on, to the kernel. */
  handOver(receiver: MessageReceiver): void {
    this.#receiver = receiver;
    this.#hearAgain();
  }

  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#hearAgain();
  }

  /** What can be dealt with now is; the rest goes on waiting. */
  #hearAgain(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const [channel, message] of waiting) this.onMessage(channel, message);
  }

  #introduce(channel: RequestChannel, request: JupyterMessage): void {
    const { sender, version } = this.#parts;
    sender.received(request, channel);
    sender.publish('status', { execution_state: 'busy' }, request);
    sender.reply('kernel_info_reply', kernelInfo(version), request);
    sender.publish('status', { execution_state: 'idle' }, request);
    this.#answered();
  }
}
