import { Script } from 'node:vm';
import { parentPort } from 'node:worker_threads';

/**
 * Tells the protocol thread of SIGINT, whatever the runtime thread does. Node hands signals to the runtime thread's event loop,
 * where they wait while it computes, with one exception: a script that runs with `breakOnSigint`, on whatever thread. So
 * this thread does nothing but run such a script. Entry of the worker that `signal-watch.ts` starts.
 */

/** Under this name the script finds what it is to call. */
const NEXT = Symbol.for('labmill.next');
const SCRIPT = new Script(`globalThis[Symbol.for('labmill.next')]()`);
/**
 * How many such scripts are nested. A signal ends the innermost; with the outermost, the next signal would end the process. So
 * many signals would have to come within the microseconds in which one is told of.
 */
const DEPTH = 8;

function watch(depth: number): never {
  for (;;) {
    try {
      Object.defineProperty(globalThis, NEXT, {
        value: depth === 0 ? sleep : () => watch(depth - 1),
        configurable: true,
      });
      SCRIPT.runInThisContext({ breakOnSigint: true, displayErrors: false });
    } catch {
      parentPort!.postMessage('SIGINT');
    }
  }
}

function sleep(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

watch(DEPTH);
