import { randomUUID } from 'node:crypto';
import type { JupyterMessage } from '../wire/message.ts';

/** What shells do with the requests in them. */
export interface ShellParts {
  /** Publishes on iopub as a child of `parent`. */
  readonly publish: (type: string, content: Record<string, unknown>, parent: JupyterMessage) => void;
  readonly reply: (type: string, content: Record<string, unknown>, parent: JupyterMessage) => void;
  /** Runs a request to its reply; resolves with whether the requests behind it are to be dropped. */
  readonly execute: (request: JupyterMessage) => Promise<boolean>;
}

/** The `execute_request`s of one shell. */
interface Queue {
  readonly requests: JupyterMessage[];
  /** Resolves when nothing of it runs any more; `undefined` while nothing does. */
  work: Promise<void> | undefined;
}

/** The main shell's id. */
const MAIN = null;

/**
 * The main shell and its subshells (JEP 91). Each has a queue of its own, whose requests run one after another; a request of
 * another shell runs whenever the runtime thread is free, also while this one's cell awaits something.
 */
export class Shells {
  readonly #parts: ShellParts;
  readonly #queues = new Map<string | null, Queue>([[MAIN, newQueue()]]);
  readonly #running = new Set<JupyterMessage>();
  #isClosed = false;

  constructor(parts: ShellParts) {
    this.#parts = parts;
  }

  /** One of the requests that run now. */
  get running(): JupyterMessage | undefined {
    return this.#running.values().next().value;
  }

  /** Returns the content of the error reply to a request that names a subshell that is not there. */
  refusal({ header }: JupyterMessage): Record<string, unknown> | undefined {
    const id = header.subshell_id ?? MAIN;
    return this.#queues.has(id) ? undefined : unknownSubshell(id);
  }

  /** Queues a request in the shell that it names, which must be there. */
  push(request: JupyterMessage): void {
    const queue = this.#queues.get(request.header.subshell_id ?? MAIN)!;
    queue.requests.push(request);
    if (this.#isClosed) return this.#abort(queue);
    queue.work ??= this.#work(queue);
  }

  /** Drops what is queued, and what comes from now on; resolves when what runs has been answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const queues = [...this.#queues.values()];
    for (const queue of queues) this.#abort(queue);
    await Promise.all(queues.map(async ({ work }) => work));
  }

  /** Answers `create_subshell_request`. */
  create(): Record<string, unknown> {
    const id = randomUUID();
    this.#queues.set(id, newQueue());
    return { status: 'ok', subshell_id: id };
  }

  /** Answers `delete_subshell_request`: what is queued in the subshell is dropped, what runs in it runs to its end. */
  delete(id: unknown): Record<string, unknown> {
    const queue = typeof id === 'string' ? this.#queues.get(id) : undefined;
    if (queue === undefined) return unknownSubshell(id);
    this.#queues.delete(id as string);
    this.#abort(queue);
    return { status: 'ok' };
  }

  /** Answers `list_subshell_request`. */
  list(): Record<string, unknown> {
    return { status: 'ok', subshell_id: [...this.#queues.keys()].filter((id) => id !== MAIN) };
  }

  async #work(queue: Queue): Promise<void> {
    for (let request = queue.requests.shift(); request !== undefined; request = queue.requests.shift()) {
      this.#running.add(request);
      this.#status('busy', request);
      const failed = await this.#parts.execute(request);
      this.#running.delete(request);
      this.#status('idle', request);
      if (failed) this.#abort(queue);
      // Front ends show the latest status, whatever its parent: while a cell runs, that is busy.
      if (this.running !== undefined) this.#status('busy', this.running);
    }
    queue.work = undefined;
  }

  #abort(queue: Queue): void {
    for (const request of queue.requests.splice(0)) {
      this.#status('busy', request);
      this.#parts.reply('execute_reply', { status: 'aborted' }, request);
      this.#status('idle', request);
    }
  }

  #status(state: 'busy' | 'idle', request: JupyterMessage): void {
    this.#parts.publish('status', { execution_state: state }, request);
  }
}

function newQueue(): Queue {
  return { requests: [], work: undefined };
}

/** As ipykernel 7 puts it. */
function unknownSubshell(id: unknown): Record<string, unknown> {
  const evalue = `Unknown subshell_id ${JSON.stringify(id) ?? 'undefined'}`;
  return { status: 'error', ename: 'UnknownSubshellError', evalue, traceback: [] };
}
