import { AsyncLocalStorage } from 'node:async_hooks';

/** An immediate as Node's own queue sees it. */
interface Immediate {
  _destroyed: boolean;
  _idleNext: Immediate | null;
  _idlePrev: Immediate | null;
}

/**
 * Mends Node's queue of immediates. Where an interrupt terminates one that is not the first of its turn, Node comes back to it, takes
 * it for one that was cleared, fails, and tries again for ever: the event loop stands still. So an immediate that is about
 * to be terminated is made to look as if it had not run, and does nothing when Node comes back to it.
 * The properties of an immediate are Node's own and undocumented.
 */
export class TornImmediates {
  #running: Immediate | undefined;
  readonly #torn = new WeakSet<Immediate>();
  /** Outside of all cells, where nothing is interrupted. */
  readonly #outside = AsyncLocalStorage.snapshot();

  /** Begins to watch which immediate runs, on top of who else watches them. */
  watch(): void {
    const immediate = setImmediate(nothing);
    const prototype = Object.getPrototypeOf(immediate) as object;
    clearImmediate(immediate);
    const inner = Object.getOwnPropertyDescriptor(prototype, '_onImmediate')!;
    const begin = (running: Immediate): unknown => this.#begin(running, inner.get!.call(running));
    const end = (running: Immediate): void => {
      if (running === this.#running) this.#running = undefined;
    };
    Object.defineProperty(prototype, '_onImmediate', {
      get(this: Immediate) {
        return begin(this);
      },
      set(this: Immediate, callback: unknown) {
        if (callback === undefined || callback === null) end(this);
        inner.set!.call(this, callback);
      },
      configurable: true,
    });
  }

  /** What runs is about to be terminated. */
  beforeTermination(): void {
    if (this.#running === undefined) return;
    this.#torn.add(this.#running);
    this.#running._destroyed = false;
    this.#running = undefined;
  }

  #begin(immediate: Immediate, callback: unknown): unknown {
    if (!this.#torn.has(immediate)) {
      this.#running = immediate;
      return callback;
    }
    this.#outside(countOneMore);
    return nothing;
  }
}

/** Node counts an immediate down each time that it comes to it; this makes up for the second time, lest others never run. */
function countOneMore(): void {
  const first = setImmediate(() => {
    // The second one is counted up here, and leaves the queue without being counted down.
    first._idleNext = second._idleNext;
    if (second._idleNext !== null) second._idleNext._idlePrev = first;
  }) as unknown as Immediate;
  const second = setImmediate(nothing).unref() as unknown as Immediate;
}

function nothing(): void {}
