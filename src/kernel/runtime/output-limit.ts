/** How much one cell may put out unless `LABMILL_MAX_OUTPUT_MB` says otherwise, in megabytes. */
const DEFAULT_MEGABYTES = 128;
/** How many cells' outputs are counted; what elder ones put out late counts anew. */
const MAX_CELLS = 1000;

/** Counts what each cell puts out: an endless loop that prints must not fill the memory of every front end. */
export class OutputLimit {
  readonly megabytes: number;
  readonly #spent = new Map<number, number>();

  /** @param megabytes a positive number; anything else means the default, 128 */
  constructor(megabytes?: string) {
    this.megabytes = Number(megabytes) > 0 ? Number(megabytes) : DEFAULT_MEGABYTES;
  }

  /** Counts an output of `size`; returns how much of it the cell may still show, and whether it is the one that is too much. */
  take(cell: number, size: number): { readonly left: number; readonly isExceeded: boolean } {
    const spent = this.#spent.get(cell) ?? 0;
    const limit = this.megabytes * 1_000_000;
    this.#spent.set(cell, spent + size);
    if (this.#spent.size > MAX_CELLS) this.#spent.delete(this.#spent.keys().next().value!);
    return { left: Math.max(0, limit - spent), isExceeded: spent <= limit && spent + size > limit };
  }

  /** What the cell has put out is shown no more, and does not count. */
  forget(cell: number): void {
    this.#spent.delete(cell);
  }
}
