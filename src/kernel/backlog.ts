/** How many bytes may be on their way before the next message waits. */
const MAX_BYTES = 64_000_000;
/** What a message counts at least: many small ones, too, are work for the protocol thread and for front ends. */
export const MIN_BYTES = 256_000;

/** Returns the memory in which the threads of a kernel count what is on its way from one to the other. */
export function backlogMemory(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** The big messages on their way from the runtime thread to the front ends: when they are too many, that thread waits. */
export class Backlog {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  /** A message sets out; waits while too much is on its way. */
  add(bytes: number): void {
    for (;;) {
      const present = Atomics.load(this.#memory, 0);
      if (present <= MAX_BYTES) break;
      Atomics.wait(this.#memory, 0, present);
    }
    Atomics.add(this.#memory, 0, bytes);
  }

  /** Messages have left. */
  remove(bytes: number): void {
    Atomics.sub(this.#memory, 0, bytes);
    Atomics.notify(this.#memory, 0);
  }
}
