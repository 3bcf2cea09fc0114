import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Knows to which cell a piece of running code belongs, also in callbacks and timers that outlive it:
 * whatever a cell starts carries the cell's number along.
 */
export class CurrentCell {
  readonly #storage = new AsyncLocalStorage<number>();
  #latest = 0;

  /** Runs `work` as part of a cell. */
  run<T>(cell: number, work: () => T): T {
    this.#latest = cell;
    return this.#storage.run(cell, work);
  }

  /** Runs `work` as part of a cell that is not the latest for it: of the handlers of a message. */
  visit<T>(cell: number, work: () => T): T {
    return this.#storage.run(cell, work);
  }

  /** The cell that the calling code belongs to; the latest one where nothing is known. */
  get number(): number {
    return this.known ?? this.#latest;
  }

  /** The cell that the calling code belongs to, if that is known. */
  get known(): number | undefined {
    return this.#storage.getStore();
  }
}
