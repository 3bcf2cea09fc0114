import { performance } from 'node:perf_hooks';
import { getCallSites } from 'node:util';

/** What the first number says that the two threads share: nobody asks. */
const QUIET = 0;
/** The protocol thread asks whether what runs may be terminated. */
const ASKED = 1;
/** The runtime thread says no. */
const SPARED = 2;
/** The runtime thread says yes, and stands still until the termination is on its way. */
const EXPOSED = 3;

/** How much of a stack is looked at; what user code calls is rarely deeper. */
const MAX_FRAMES = 50;
/** How many questions find the event loop in the same turn before that is a storm: one turn may deal with two or three. */
const STORM_QUESTIONS = 5;
/** Under this name the protocol thread finds the function that answers it. */
const ANSWER = 'labmill.shield';
/** Where the kernel's own code lies: this file's folder. */
const KERNEL_FOLDER = new URL('.', import.meta.url).href;
/** Where user code that prints or displays much waits for front ends (without the extension, which differs in a build). */
const WAITING_ROOMS = ['./text-ring.', './backlog.'].map((file) => new URL(file, import.meta.url).href);

/**
 * Returns what the protocol thread has the runtime thread evaluate, in the middle of whatever it does, to ask.
 *
 * @param isUrgent whether the kernel's own code may be hit, too, except what `Shield.protect` protects
 */
export function question(isUrgent: boolean): string {
  return `globalThis[Symbol.for('${ANSWER}')](${isUrgent})`;
}

/** Returns the memory that the two threads of a kernel share to agree on terminations. */
export function shieldMemory(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** Which of the shared numbers says whether loops are to end (see `compile/loop-locals.ts`). */
const HALT = 1;

/** The protocol thread's side of `Shield.haltMark`: loops that look at it end, and give their values back. */
export function haltLoops(memory: Int32Array): void {
  Atomics.store(memory, HALT, 1);
}

/** Lets loops run again. */
export function releaseLoops(memory: Int32Array): void {
  Atomics.store(memory, HALT, 0);
}

/**
 * The runtime thread's side: says what an interrupt may terminate. Code that V8 terminates ends without its `finally`
 * blocks: hit half-way, the kernel would be left with a cell that never ends, and Node with modules that never load.
 */
export class Shield {
  /** Its one number is not 0 while an interrupt wants loops to end. */
  readonly haltMark: Int32Array;
  readonly #memory: Int32Array;
  #isHeld = false;
  #turns = -1;
  #questions = 0;
  #onTermination = (): void => {};

  constructor(memory: Int32Array = shieldMemory()) {
    this.#memory = memory;
    this.haltMark = memory.subarray(HALT);
  }

  /** Does the kernel's own, short work, also such that runs code of others: no termination hits it. */
  protect<T>(work: () => T): T {
    if (this.#isHeld) return work();
    this.#isHeld = true;
    try {
      return work();
    } finally {
      this.#isHeld = false;
    }
  }

  /** Forgets work that a termination has torn all the same; for where the event loop calls, and no such work can be under way. */
  reset(): void {
    this.#isHeld = false;
  }

  /** Lets the protocol thread ask this thread, whatever it does; `onTermination` is called in time. */
  listen(onTermination: () => void = () => {}): void {
    this.#onTermination = onTermination;
    Object.defineProperty(globalThis, Symbol.for(ANSWER), {
      value: (isUrgent: boolean) => this.#answer(isUrgent),
      configurable: true,
    });
  }

  /**
   * Answers the question. The inspector calls this on top of the code that it interrupts, so the stack tells what that is; it
   * deals with one request after another, so a termination that is sent before this returns hits that very code.
   */
  #answer(isUrgent: boolean): void {
    const answer = !this.#isHeld && this.#isExposed(isUrgent) ? EXPOSED : SPARED;
    if (Atomics.compareExchange(this.#memory, 0, ASKED, answer) !== ASKED) return;
    Atomics.notify(this.#memory, 0);
    if (answer === SPARED) return;
    this.#onTermination();
    // Not `Atomics.wait`: the interrupted code may be in one, and V8 does not nest them.
    while (Atomics.load(this.#memory, 0) === EXPOSED);
  }

  #isExposed(isUrgent: boolean): boolean {
    const scripts = getCallSites(MAX_FRAMES).map(({ scriptName }) => scriptName);
    // The frames above the question's own, which has no script, are the answer's.
    const interrupted = scripts.slice(scripts.indexOf('') + 1).filter((script) => script !== '');
    const user = interrupted.findIndex((script) => !isOfKernel(script) && !script.startsWith('node:'));
    const above = user === -1 ? interrupted : interrupted.slice(0, user);
    const waits = WAITING_ROOMS.some((room) => above[0]?.startsWith(room));
    if (above.some((script) => isOfLoader(script) || (isOfKernel(script) && !isUrgent && !waits))) return false;
    // Without user code on the stack it is a storm of microtasks or ticks, if the event loop stands still.
    const turns = performance.nodeTiming.uvMetricsInfo.loopCount;
    this.#questions = turns === this.#turns ? this.#questions + 1 : 1;
    this.#turns = turns;
    return user !== -1 || this.#questions >= STORM_QUESTIONS;
  }
}

function isOfKernel(script: string): boolean {
  return script.startsWith(KERNEL_FOLDER);
}

/** Node's loader remembers a module whose loading was torn, and never loads it again. */
function isOfLoader(script: string): boolean {
  return script.startsWith('node:internal/modules/');
}

/**
 * The protocol thread's side of a question: `ask` has the `question` evaluated on the runtime thread, `terminate` has it
 * terminated. Returns what came of it; `silent` when the runtime thread has not answered yet, being in a system call: the
 * question then stays, for the next time or until `withdrawQuestion`.
 */
export function terminateUnshielded(
  memory: Int32Array,
  { ask, terminate, timeoutMs }: { ask: () => void; terminate: () => void; timeoutMs: number },
): 'terminated' | 'spared' | 'silent' {
  if (Atomics.compareExchange(memory, 0, QUIET, ASKED) !== EXPOSED) {
    ask();
    Atomics.wait(memory, 0, ASKED, timeoutMs);
  }
  const answer = Atomics.load(memory, 0);
  if (answer === ASKED) return 'silent';
  if (answer === EXPOSED) terminate();
  Atomics.store(memory, 0, QUIET);
  return answer === EXPOSED ? 'terminated' : 'spared';
}

/** Takes back a question that was not answered; a runtime thread that stands still goes on. */
export function withdrawQuestion(memory: Int32Array): void {
  Atomics.store(memory, 0, QUIET);
}
