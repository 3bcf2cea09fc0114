import { randomUUID } from 'node:crypto';
import { createMessage, type JupyterMessage, type MessageOrigin } from '../wire/message.ts';
import type { Channels, RequestChannel } from './channels.ts';

type Content = Readonly<Record<string, unknown>>;

/** What goes along with a message's content. */
export type Extras = Pick<MessageOrigin, 'idents' | 'metadata' | 'buffers'>;

/** Makes messages of the kernel's session and sends them where they belong. */
export class Sender {
  readonly #channels: Pick<Channels, 'send'>;
  readonly #session = randomUUID();
  /** On which channel each request came. */
  readonly #origins = new WeakMap<JupyterMessage, RequestChannel>();

  constructor(channels: Pick<Channels, 'send'>) {
    this.#channels = channels;
  }

  /** A request has come: its replies go to that channel. */
  received(request: JupyterMessage, channel: RequestChannel): void {
    this.#origins.set(request, channel);
  }

  /** Publishes on iopub, by default on the topic of the message's type. */
  readonly publish = (type: string, content: Content, parent?: JupyterMessage, extras: Extras = {}): void => {
    this.#channels.send('iopub', this.#create(type, content, parent, { idents: [Buffer.from(type)], ...extras }));
  };

  /** Replies to the client that has sent a request. */
  readonly reply = (type: string, content: Content, request: JupyterMessage, metadata: Content = {}): void => {
    const message = this.#create(type, content, request, { idents: request.idents, metadata });
    this.#channels.send(this.#origins.get(request) ?? 'shell', message);
  };

  /** Asks the client that has sent a request something on stdin; returns the question. */
  readonly ask = (content: Content, request: JupyterMessage): JupyterMessage => {
    const message = this.#create('input_request', content, request, { idents: request.idents });
    this.#channels.send('stdin', message);
    return message;
  };

  #create(type: string, content: Content, parent: JupyterMessage | undefined, extras: Extras): JupyterMessage {
    const parentHeader = parent === undefined ? {} : { parentHeader: parent.header };
    return createMessage(type, content, { session: this.#session, ...parentHeader, ...extras });
  }
}
