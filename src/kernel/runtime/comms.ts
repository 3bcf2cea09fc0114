import { randomUUID } from 'node:crypto';
import type { Transferable } from 'node:worker_threads';
import type { CommMessage, FromRuntime } from '../thread-messages.ts';
import { callUserCode } from './call-user-code.ts';
import { Comm, type CommContent, type CommExtras, type SendComm } from './comm.ts';
import type { CurrentCell } from './current-cell.ts';
import { failureOf, KeyboardInterrupt } from './failures/failure.ts';
import type { Output } from './output.ts';

/** What is done with a comm that a client opens. */
export type CommTarget = (comm: Comm, message: CommContent) => unknown;

/** The global `comms`. */
export interface CommsGlobal {
  /** Opens a comm: the front end's extension that has registered `target` takes it. `id`: default a random one. */
  readonly open: (
    target: string,
    data?: Readonly<Record<string, unknown>>,
    extras?: CommExtras & { readonly id?: string },
  ) => Comm;
  /** Has `onOpen` called with each comm that a front end opens for `target`; a second registration replaces the first. */
  readonly register: (target: string, onOpen: CommTarget) => void;
  /** Takes a registration back. */
  readonly unregister: (target: string) => void;
}

/** What comms need of the runtime around them. */
export interface CommsParts {
  readonly post: (message: FromRuntime, transfer?: readonly Transferable[]) => void;
  readonly current: CurrentCell;
  readonly output: Output;
}

/** The comms of a notebook. A message's handlers run when the thread is free: between cells and while one awaits. */
export class Comms {
  readonly #parts: CommsParts;
  readonly #targets = new Map<string, CommTarget>();
  readonly #open = new Map<string, Comm>();
  /** The messages whose handlers have not ended. */
  readonly #handling = new Set<number>();

  constructor(parts: CommsParts) {
    this.#parts = parts;
  }

  /** Returns what notebooks see of the comms. */
  global(): CommsGlobal {
    return {
      open: (target, data = {}, { id = randomUUID(), ...extras } = {}) => {
        const comm = new Comm(id, target, this.#send);
        this.#post('open', comm, data, extras);
        this.#open.set(id, comm);
        return comm;
      },
      register: (target, onOpen) => void this.#targets.set(target, onOpen),
      unregister: (target) => void this.#targets.delete(target),
    };
  }

  /** Calls the handlers of a client's message, and reports when they have ended. */
  async receive(message: CommMessage): Promise<void> {
    const { cell } = message;
    this.#handling.add(cell);
    try {
      await this.#parts.current.visit(cell, () => callUserCode(() => this.#handle(message)));
      await this.#parts.output.displayed(cell);
      this.#end(cell);
    } catch (error) {
      this.#end(cell, error);
    }
  }

  /** Ends the handlers that have not ended; what they go on to do is of no interest. */
  interrupt(): void {
    for (const cell of this.#handling) this.#end(cell, new KeyboardInterrupt());
  }

  #handle({ kind, id, target, data, metadata, buffers }: CommMessage): unknown {
    const content = { data, metadata, buffers };
    if (kind === 'open') return this.#handleOpen(id, target, content);
    const comm = this.#open.get(id);
    if (kind === 'message') return comm?.onMessage?.(content);
    this.#open.delete(id);
    return comm?.onClose?.(content);
  }

  /** A comm that nobody wants is closed at once, as the messaging specification asks. */
  async #handleOpen(id: string, target: string, content: CommContent): Promise<void> {
    const comm = new Comm(id, target, this.#send);
    this.#open.set(id, comm);
    const onOpen = this.#targets.get(target);
    if (onOpen === undefined) return comm.close();
    try {
      await onOpen(comm, content);
    } catch (error) {
      comm.close();
      throw error;
    }
  }

  #end(cell: number, error?: unknown): void {
    if (!this.#handling.delete(cell)) return;
    this.#parts.post({ type: 'comm-handled', cell, failure: error === undefined ? undefined : failureOf(error) });
  }

  readonly #send: SendComm = (kind, comm, data, extras) => {
    if (this.#open.get(comm.id) === comm) {
      this.#post(kind, comm, data, extras);
      if (kind === 'close') this.#open.delete(comm.id);
    } else if (kind !== 'close') {
      throw new Error(`comm ${JSON.stringify(comm.target)}: expected an open comm, got one that was closed`);
    }
  };

  readonly #post: SendComm = (kind, comm, data, { metadata = {}, buffers = [] }) => {
    // Here rather than on the other thread, so that what is no JSON (a ring, a bigint) fails in the code that sends it.
    const [plainData, plainMetadata] = JSON.parse(JSON.stringify([data, metadata])) as [
      CommMessage['data'],
      CommMessage['metadata'],
    ];
    // The sender keeps its bytes: the copy is handed over.
    const copies = buffers.map(copyOf);
    this.#parts.post(
      {
        type: 'comm',
        kind,
        cell: this.#parts.current.number,
        id: comm.id,
        target: comm.target,
        data: plainData,
        metadata: plainMetadata,
        buffers: copies,
      },
      copies.map(({ buffer }) => buffer),
    );
  };
}

function copyOf(bytes: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (!ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.slice(0));
  return new Uint8Array(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
