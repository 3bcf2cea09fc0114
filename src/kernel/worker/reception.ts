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
}

/**
 * Hears the channels from the first moment: greets clients, and answers what each of them asks first, which needs nothing of the
 * kernel. What else comes waits until the kernel and the runtime thread are there.
 */
export class Reception implements ChannelEvents {
  /** Resolves when a first client has its answer. */
  readonly firstAnswer: Promise<void>;
  readonly #parts: ReceptionParts;
  readonly #answered: () => void;
  readonly #waiting: Array<readonly [RequestChannel, JupyterMessage]> = [];
  #receiver: MessageReceiver | undefined;

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.firstAnswer = promise;
    this.#answered = resolve;
  }

  /** A request has come. */
  onMessage(channel: RequestChannel, message: JupyterMessage): void {
    if (this.#receiver !== undefined) this.#receiver.onMessage(channel, message);
    else if (message.header.msg_type === 'kernel_info_request') this.#introduce(channel, message);
    else this.#waiting.push([channel, message]);
  }

  /** A client has subscribed to iopub. */
  onSubscribe(topic: string): void {
    this.#parts.sender.publish('iopub_welcome', { subscription: topic }, undefined, { idents: [Buffer.from(topic)] });
  }

  /** Frames that are no message are dropped, as the specification asks, and named on standard error. */
  onInvalid(channel: RequestChannel, error: WireError): void {
    this.#parts.log(`labmill kernel: a message on ${channel} was dropped: ${error.message}`);
  }

  /** Hands what has waited, and everything from now on, to the kernel. */
  handOver(receiver: MessageReceiver): void {
    this.#receiver = receiver;
    for (const [channel, message] of this.#waiting.splice(0)) receiver.onMessage(channel, message);
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
