/** Set while the runtime thread does the kernel's own work. */
const SHIELDED = 0;
/** Set while a termination is under way. */
const TERMINATING = 1;
/** How often a waiting thread looks again, in milliseconds. */
const LOOK_AGAIN_MS = 10;

/** Returns the memory that the two threads of a kernel share to agree on terminations. */
export function shieldMemory(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(8));
}

/**
 * The runtime thread's side: keeps the kernel's own work from being terminated. Code that V8 terminates ends without its
 * `finally` blocks, so an interrupt that hit the kernel half-way would leave it with a cell that never ends.
 */
export class Shield {
  readonly #memory: Int32Array;
  #isHeld = false;

  constructor(memory: Int32Array = shieldMemory()) {
    this.#memory = memory;
  }

  /** Does the kernel's own, short work: no termination hits it. */
  protect<T>(work: () => T): T {
    if (this.#isHeld) return work();
    Atomics.store(this.#memory, SHIELDED, 1);
    // A termination that was under way before hits this wait, where nothing is lost.
    while (Atomics.load(this.#memory, TERMINATING) === 1) Atomics.wait(this.#memory, TERMINATING, 1, LOOK_AGAIN_MS);
    this.#isHeld = true;
    try {
      return work();
    } finally {
      this.#isHeld = false;
      Atomics.store(this.#memory, SHIELDED, 0);
    }
  }
}

/** The protocol thread's side: terminates what the runtime thread runs, unless it is the kernel's own work. */
export async function terminateUnshielded(memory: Int32Array, terminate: () => Promise<void>): Promise<void> {
  // First this mark, then a look at the other; the runtime thread does it the other way round, so one of them gives way.
  Atomics.store(memory, TERMINATING, 1);
  try {
    if (Atomics.load(memory, SHIELDED) === 0) await terminate();
  } finally {
    Atomics.store(memory, TERMINATING, 0);
    Atomics.notify(memory, TERMINATING);
  }
}
