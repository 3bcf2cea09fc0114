import { terminateUnshielded } from '../shield.ts';
import type { ToRuntime } from '../thread-messages.ts';

/** How long the runtime thread has to answer by itself before its code is terminated, in milliseconds. */
const PATIENCE_MS = 15;
/** How long between further attempts, in milliseconds. */
const RETRY_MS = 50;
/** How long a termination has to hit something before it is given something to hit, in milliseconds. */
const TARGET_DELAY_MS = 5;
/** After how many attempts a shield that is up is taken for one that a termination has left behind. */
const MAX_SHIELDED = 200;

/** What an interrupter needs of the kernel around it. */
export interface InterrupterParts {
  readonly post: (message: ToRuntime) => void;
  /** See `shieldMemory`. */
  readonly shield: Int32Array;
  /** Terminates what the runtime thread runs. Default: through V8's inspector. */
  readonly terminate?: () => Promise<void>;
}

/**
 * Interrupts the runtime thread. Where it waits, a message is enough. Where it computes, it cannot read
 * messages, and V8 is told to terminate what runs; that kills the frame it hits, so the message is sent again
 * until it is answered. The kernel's own work on that thread is spared.
 */
export class Interrupter {
  readonly #parts: Required<InterrupterParts>;
  readonly #waiting = new Map<number, () => void>();
  #requests = 0;
  #termination: Promise<unknown> = Promise.resolve();

  constructor(parts: InterrupterParts) {
    this.#parts = { terminate, ...parts };
  }

  /** Resolves when the running cell has been ended, or at once when none runs. */
  async interrupt(): Promise<void> {
    const request = ++this.#requests;
    const answered = new Promise<void>((resolve) => this.#waiting.set(request, resolve));
    let patience = PATIENCE_MS;
    for (let attempt = 0; this.#waiting.has(request); attempt++) {
      this.#parts.post({ type: 'interrupt', request });
      await Promise.race([answered, later(patience)]);
      if (!this.#waiting.has(request)) return;
      this.#termination = this.#terminate(attempt < MAX_SHIELDED);
      await this.#termination;
      patience = RETRY_MS;
    }
  }

  /** Resolves when no termination is under way: one would swallow a message that is sent now. */
  async quiet(): Promise<void> {
    await this.#termination;
  }

  /** The runtime thread has answered. */
  onInterrupted(request: number): void {
    this.#waiting.get(request)?.();
    this.#waiting.delete(request);
  }

  async #terminate(isShieldRespected: boolean): Promise<void> {
    const end = (): Promise<void> => this.#hit(this.#parts.terminate());
    if (isShieldRespected) await terminateUnshielded(this.#parts.shield, end);
    else await end();
  }

  /**
   * Resolves when a termination has hit. Where nothing runs any more, it waits for what runs next, which must not be
   * a cell: so it is given something.
   */
  async #hit(termination: Promise<void>): Promise<void> {
    const hit = termination.then(() => true);
    while (!(await Promise.race([hit, later(TARGET_DELAY_MS)]))) this.#parts.post({ type: 'nothing' });
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
