import type { CommMessage } from '../thread-messages.ts';

/** What a comm message carries: JSON, and bytes beside it. */
export type CommContent = Pick<CommMessage, 'data' | 'metadata' | 'buffers'>;

/** What goes along with the data of a comm message. Defaults: nothing. */
export interface CommExtras {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: ReadonlyArray<ArrayBuffer | ArrayBufferView>;
}

/** Sends a message of a comm. */
export type SendComm = (
  kind: CommMessage['kind'],
  comm: Comm,
  data: Readonly<Record<string, unknown>>,
  extras: CommExtras,
) => void;

/** A channel between the kernel and a front end's extension, such as a widget; either side opens it. */
export class Comm {
  readonly id: string;
  /** The name by which the other side knows what the comm is for. */
  readonly target: string;
  /** Called with each message of the other side; a promise of it is waited for. */
  onMessage: ((message: CommContent) => unknown) | undefined;
  /** Called when the other side closes. */
  onClose: ((message: CommContent) => unknown) | undefined;
  readonly #send: SendComm;

  constructor(id: string, target: string, send: SendComm) {
    this.id = id;
    this.target = target;
    this.#send = send;
  }

  /**
   * Sends data to the other side.
   *
   * @throws Error when the comm is closed
   * @throws TypeError when the data cannot be JSON
   */
  send(data: Readonly<Record<string, unknown>> = {}, extras: CommExtras = {}): void {
    this.#send('message', this, data, extras);
  }

  /** Closes the comm; one that is closed stays so. */
  close(data: Readonly<Record<string, unknown>> = {}, extras: CommExtras = {}): void {
    this.#send('close', this, data, extras);
  }
}
