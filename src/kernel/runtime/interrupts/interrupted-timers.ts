import type { CurrentCell } from '../current-cell.ts';

/** A timer as Node's own timers see it. */
interface Timer {
  [CALLBACK]?: unknown;
  _repeat?: number | null;
  hasRef(): boolean;
}

const CALLBACK = Symbol('callback');

/**
 * The timers of interrupted cells: they do nothing when they fire, so that a `setInterval` ends with its cell, as does a function
 * that sleeps and goes on. Two kinds of timers fire all the same: one that keeps no process alive (`unref`) is a
 * library's housekeeping, and one that is set after the interrupt belongs to the cell's cleaning up.
 */
export class InterruptedTimers {
  readonly #current: CurrentCell;
  readonly #cells = new Set<number>();
  readonly #later = new WeakSet<Timer>();

  constructor(current: CurrentCell) {
    this.#current = current;
  }

  /** The timers that a cell has set so far do nothing any more. */
  stop(cell: number): void {
    this.#cells.add(cell);
  }

  /**
   * Begins to watch this thread's timers, where Node reads what they call: noting them as they are set would cost more than they do,
   * and hooks that tell when they fire (`async_hooks`) make Node abort where an interrupt has terminated a callback.
   * The names of the two properties are Node's own and undocumented.
   */
  watch(): void {
    const [timeout, immediate] = [setTimeout(nothing), setImmediate(nothing)];
    this.#watch(Object.getPrototypeOf(timeout) as Timer, '_onTimeout');
    this.#watch(Object.getPrototypeOf(immediate) as Timer, '_onImmediate');
    clearTimeout(timeout);
    clearImmediate(immediate);
  }

  #watch(prototype: Timer, property: string): void {
    const callbackOf = (timer: Timer): unknown => {
      if (!this.#isOfInterrupted() || this.#later.has(timer) || isHousekeeping(timer)) return timer[CALLBACK];
      timer._repeat = null;
      return nothing;
    };
    const setCallback = (timer: Timer, callback: unknown): void => {
      timer[CALLBACK] = callback;
      if (this.#isOfInterrupted()) this.#later.add(timer);
    };
    Object.defineProperty(prototype, property, {
      get(this: Timer) {
        return callbackOf(this);
      },
      set(this: Timer, callback: unknown) {
        setCallback(this, callback);
      },
      configurable: true,
    });
  }

  /** Whether the running code belongs to an interrupted cell; a timer's callback does to the cell that has set it. */
  #isOfInterrupted(): boolean {
    return this.#cells.size > 0 && this.#cells.has(this.#current.known ?? 0);
  }
}

/** An immediate has no such thing: it has given its reference up when it fires. */
function isHousekeeping(timer: Timer): boolean {
  return '_idleTimeout' in timer && !timer.hasRef();
}

function nothing(): void {}
