import type { ToRuntime } from '../thread-messages.ts';

/** How long the runtime thread has to answer by itself before its code is terminated, in milliseconds. */
const PATIENCE_MS = 5;
/** How long between further attempts, in milliseconds. */
const RETRY_MS = 50;

/**
 * Interrupts the runtime thread. Where it waits, a message is enough. Where it computes, it cannot read
 * messages, and V8 is told to terminate what runs; that kills the frame it hits, so the message is sent again
 * until it is answered.
 */
export class Interrupter {
  readonly #post: (message: ToRuntime) => void;
  readonly #waiting = new Map<number, () => void>();
  #requests = 0;

  constructor(post: (message: ToRuntime) => void) {
    this.#post = post;
  }

  /** Resolves when the running cell has been ended, or at once when none runs. */
  async interrupt(): Promise<void> {
    const request = ++this.#requests;
    const answered = new Promise<void>((resolve) => this.#waiting.set(request, resolve)).then(() => true);
    this.#post({ type: 'interrupt', request });
    let patience = PATIENCE_MS;
    while (!(await Promise.race([answered, later(patience)]))) {
      await terminate();
      this.#post({ type: 'interrupt', request });
      patience = RETRY_MS;
    }
  }

  /** The runtime thread has answered. */
  onInterrupted(request: number): void {
    this.#waiting.get(request)?.();
    this.#waiting.delete(request);
  }
}

/** Tells V8 to terminate whatever the main thread runs. The session is closed again: an open one delays the process's exit. */
export async function terminate(): Promise<void> {
  const { Session } = await import('node:inspector');
  const session = new Session();
  session.connectToMainThread();
  await new Promise((resolve) => session.post('Runtime.terminateExecution', resolve));
  session.disconnect();
}

function later(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, ms, false));
}
