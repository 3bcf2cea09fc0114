import type { CommMessage, Failure } from '../thread-messages.ts';
import type { JupyterMessage } from '../wire/message.ts';
import { textField } from './request-content.ts';
import type { Extras } from './sender.ts';

/** The message types of comms. */
type CommType = 'comm_open' | 'comm_msg' | 'comm_close';

const KINDS = { comm_open: 'open', comm_msg: 'message', comm_close: 'close' } as const;
const TYPES = { open: 'comm_open', message: 'comm_msg', close: 'comm_close' } as const;

/** What comms need of the kernel around them. */
export interface CommsParts {
  /** Publishes on iopub because of the cell, or of the comm message, with this number. */
  readonly publish: (type: CommType, content: Record<string, unknown>, cell: number, extras: Extras) => void;
  /** Publishes the error of a comm message's handler. */
  readonly publishFailure: (failure: Failure, cell: number) => void;
  /** Sends to the runtime thread. */
  readonly post: (message: CommMessage, transfer: readonly ArrayBuffer[]) => void;
  /** Gives a message a number under which outputs find it as their parent. */
  readonly adopt: (message: JupyterMessage) => number;
}

/** The comms that are open, and their messages' way from clients to the runtime thread and back. */
export class Comms {
  readonly #parts: CommsParts;
  /** Id → the name of its target. */
  readonly #targets = new Map<string, string>();
  readonly #handled = new Map<number, () => void>();

  constructor(parts: CommsParts) {
    this.#parts = parts;
  }

  /** Returns the open comms as `comm_info_reply` lists them, of one target or of all. */
  list(target?: unknown): Record<string, { target_name: string }> {
    const all = [...this.#targets].map(([id, target_name]) => [id, { target_name }] as const);
    return Object.fromEntries(typeof target === 'string' ? all.filter(([, comm]) => comm.target_name === target) : all);
  }

  /**
   * Hands a client's message to the runtime thread; resolves when its handlers have ended. Messages of comms that are not
   * there, because they were closed in the meantime, are dropped.
   *
   * @throws RequestError when the message names no comm
   */
  async receive(type: CommType, message: JupyterMessage): Promise<void> {
    const kind = KINDS[type];
    const { content, metadata } = message;
    const id = textField(content, 'comm_id');
    if (kind === 'open') this.#targets.set(id, textField(content, 'target_name'));
    const target = this.#targets.get(id);
    if (target === undefined) return;
    if (kind === 'close') this.#targets.delete(id);
    const cell = this.#parts.adopt(message);
    const handled = new Promise<void>((resolve) => this.#handled.set(cell, resolve));
    // ZeroMQ's memory cannot be handed over: the one copy is made here.
    const buffers = message.buffers.map((buffer) => new Uint8Array(buffer));
    const data = dictionary(content['data']);
    this.#parts.post(
      { type: 'comm', kind, cell, id, target, data, metadata, buffers },
      buffers.map(({ buffer }) => buffer),
    );
    await handled;
  }

  /** The runtime thread sends a comm message. */
  send({ kind, cell, id, target, data, metadata, buffers }: CommMessage): void {
    if (kind === 'open') this.#targets.set(id, target);
    if (kind === 'close') this.#targets.delete(id);
    const content = { comm_id: id, data, ...(kind === 'open' ? { target_name: target } : {}) };
    this.#parts.publish(TYPES[kind], content, cell, { idents: [Buffer.from(`comm-${id}`)], metadata, buffers });
  }

  /** The handlers of a message have ended. */
  onHandled(cell: number, failure: Failure | undefined): void {
    if (failure !== undefined) this.#parts.publishFailure(failure, cell);
    this.#handled.get(cell)?.();
    this.#handled.delete(cell);
  }
}

function dictionary(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
