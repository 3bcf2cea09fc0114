import type { Failure, FromRuntime } from '../../thread-messages.ts';
import type { CurrentCell } from '../current-cell.ts';
import { failureOf } from './failure.ts';
import type { Output } from '../output.ts';

/** How long a rejection may wait for someone to handle it before it is told, in milliseconds. */
const PATIENCE_MS = 50;
/** How many failures of one cell are told: a timer may fail forever. */
const MAX_TOLD = 50;

/** A rejection that may be handled yet. */
interface Rejection {
  readonly cell: number;
  readonly failure: Failure;
  readonly timer: NodeJS.Timeout;
}

/** What cells have left to fail later: errors of timers and callbacks, rejections that nobody handles. They end nothing. */
export class LateFailures {
  readonly #post: (message: FromRuntime) => void;
  readonly #current: CurrentCell;
  readonly #output: Output;
  readonly #rejections = new Map<Promise<unknown>, Rejection>();
  readonly #told = new Map<number, number>();

  constructor({
    post,
    current,
    output,
  }: {
    post: (message: FromRuntime) => void;
    current: CurrentCell;
    output: Output;
  }) {
    this.#post = post;
    this.#current = current;
    this.#output = output;
  }

  /** Tells of an exception, in the cell that the calling code belongs to. */
  exception(error: unknown): void {
    this.#tell('exception', this.#current.number, failureOf(error));
  }

  /** Tells of a rejection, unless it is handled soon. */
  rejection(reason: unknown, promise: Promise<unknown>): void {
    const timer = setTimeout(() => this.#giveUp(promise), PATIENCE_MS).unref();
    this.#rejections.set(promise, { cell: this.#current.number, failure: failureOf(reason), timer });
  }

  /** A rejection was handled. */
  handled(promise: Promise<unknown>): void {
    clearTimeout(this.#rejections.get(promise)?.timer);
    this.#rejections.delete(promise);
  }

  /** Waits no longer for rejections to be handled. */
  flush(): void {
    for (const promise of this.#rejections.keys()) this.#giveUp(promise);
  }

  /** Lets Node find out which rejections of a cell's last moment nobody handles, and tells of them while the cell is busy. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.flush();
  }

  #giveUp(promise: Promise<unknown>): void {
    const { cell, failure } = this.#rejections.get(promise)!;
    this.handled(promise);
    this.#tell('rejection', cell, failure);
  }

  #tell(origin: 'exception' | 'rejection', cell: number, failure: Failure): void {
    const told = (this.#told.get(cell) ?? 0) + 1;
    this.#told.set(cell, told);
    if (told > MAX_TOLD) return;
    this.#post({ type: 'late-failure', cell, origin, failure });
    if (told === MAX_TOLD) this.#output.write('stderr', 'Further failures of this cell are not shown.\n', cell);
  }
}
