import { KeyboardInterrupt } from '../failures/failure.ts';

/** How often an interrupted cell may await once more: enough for `finally`, not for a loop that catches every error. */
const MAX_LATE_AWAITS = 10;

/**
 * The `await`s of one run of a cell, outside of its functions: where an interrupt ends it. The compiler writes
 * `check(await guard(x))` for `await x`, and `for await (const x of each(y))`.
 */
export class CellAwaits {
  /** Rejects what the cell awaits. */
  #abandon: ((reason: unknown) => void) | undefined;
  #interrupt: 'none' | 'asked' | 'thrown' = 'none';
  #lateAwaits = 0;

  /**
   * Passes on what the cell is about to await, such that an interrupt can end the wait. A cell that goes on after its
   * interrupt at last waits forever.
   */
  guard<T>(awaited: T): T | Promise<Awaited<T>> {
    if (this.#interrupt === 'thrown' && ++this.#lateAwaits > MAX_LATE_AWAITS) return new Promise(() => {});
    // What is no promise does not keep the cell waiting.
    if (Object(awaited) !== awaited) return awaited;
    return new Promise((resolve, reject) => {
      this.#abandon = reject;
      // V8 finds the way from an error in `awaited` to the cell only through a promise's own functions.
      Promise.resolve(awaited).then(resolve, reject);
    });
  }

  /** Passes a value on that the cell has awaited; the first one after an interrupt ends the cell instead. */
  check<T>(value: T): T {
    this.#abandon = undefined;
    if (this.#interrupt !== 'asked') return value;
    this.#interrupt = 'thrown';
    throw new KeyboardInterrupt();
  }

  /** Whether the cell was interrupted. */
  get isInterrupted(): boolean {
    return this.#interrupt !== 'none';
  }

  /** Passes on what a `for await` of the cell goes over, such that an interrupt can end it. */
  each<T>(items: AsyncIterable<T> | Iterable<T | PromiseLike<T>>): AsyncIterable<T> {
    const source = Symbol.asyncIterator in items ? items : settled(items);
    return { [Symbol.asyncIterator]: () => this.#guarded(source[Symbol.asyncIterator]()) };
  }

  #guarded<T>(source: AsyncIterator<T>): AsyncIterator<T> {
    const close = async (): Promise<IteratorResult<T>> => (await source.return?.()) ?? { done: true, value: undefined };
    return {
      next: async () => {
        try {
          return this.check(await this.guard(source.next()));
        } catch (error) {
          // The loop does not close what has failed; but this has not, and may wait for long before it notices.
          if (error instanceof KeyboardInterrupt) void close().catch(() => {});
          throw error;
        }
      },
      return: close,
    };
  }

  /** Passes on what `work` gives, for a command that the cell runs; one that an interrupt has ended throws instead. */
  async outcome<T>(work: T): Promise<Awaited<T>> {
    const before = this.#interrupt;
    const value = await work;
    if (before !== 'none' || this.#interrupt === 'none') return value;
    this.#interrupt = 'thrown';
    throw new KeyboardInterrupt();
  }

  /**
   * Ends the cell where it waits, or at its next `await`. Returns whether it waits: then it learns of the interrupt now, and
   * its `finally` blocks run.
   */
  interrupt(): boolean {
    const abandon = this.#abandon;
    this.#interrupt = abandon === undefined ? 'asked' : 'thrown';
    abandon?.(new KeyboardInterrupt());
    return abandon !== undefined;
  }
}

/** What a `for await` makes of things that are there already, or promised. */
async function* settled<T>(items: Iterable<T | PromiseLike<T>>): AsyncGenerator<T> {
  for (const item of items) yield await item;
}
