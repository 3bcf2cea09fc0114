/** A loop gives its values back about this often, in milliseconds. */
const AIM_MS = 5;
const MAX_ROUNDS = 65_536;

/** Tells a loop after how many rounds to give its values back to the notebook (see `compile/loop-locals.ts`). */
export class LoopPace {
  #rounds = 1;
  #last = 0;

  /** Returns for how many rounds the loop may go on. */
  next(now: number = performance.now()): number {
    const tookMs = now - this.#last;
    this.#last = now;
    if (tookMs < AIM_MS) this.#rounds = Math.min(2 * this.#rounds, MAX_ROUNDS);
    else if (tookMs > 2 * AIM_MS) this.#rounds = Math.max(1, this.#rounds >> 1);
    return this.#rounds;
  }
}
