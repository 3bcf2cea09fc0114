import { haltLoops, releaseLoops } from '../../shield.ts';
import type { ToRuntime } from '../../thread-messages.ts';
import { signalAwaitedChild } from './processes.ts';
import { openTerminator, type Terminator } from './terminator.ts';

/** How long the runtime thread has to answer by itself before its code is terminated, in milliseconds. */
const PATIENCE_MS = 15;
/** How long what was terminated has to give way to the message, in milliseconds. */
const TERMINATED_MS = 20;
/** How long until it is tried again where the kernel or Node's loader was at work, in milliseconds. */
const SPARED_MS = 1;
/** After how many silent attempts the runtime thread is taken to wait for a process, and after how many more again. */
const MAX_SILENT = 2;
const STILL_SILENT = 80;
/** How often a process is asked to end before it is killed. */
const MAX_ASKED = 4;
/** After how many attempts the kernel's own code is spared no more, and after how many, each time, nothing is. */
const URGENT_AFTER = 12;
const FORCED_AFTER = 500;
/** After how many attempts, each time, the message is sent again: it may have been lost. */
const REPEATED_AFTER = 20;

/** What an interrupter needs of the kernel around it. */
export interface InterrupterParts {
  readonly post: (message: ToRuntime) => void;
  /** See `shieldMemory`. */
  readonly shield: Int32Array;
  /** Signals the process that the runtime thread waits for in a system call (`execSync`). Default: finds and signals it. */
  readonly signalAwaitedChild?: (signal: NodeJS.Signals) => Promise<void>;
  /** Default: V8's inspector. */
  readonly openTerminator?: (shield: Int32Array) => Promise<Terminator>;
}

/**
 * Interrupts the runtime thread. Where it waits, a message is enough. Where it computes, it cannot read
 * messages, and V8 is told to terminate what runs, as soon as that is user code. Where it waits for a process in a
 * system call, the process is ended.
 */
export class Interrupter {
  readonly #parts: Required<InterrupterParts>;
  #requests = 0;
  #answered = Promise.withResolvers<void>();
  #interrupt: Promise<void> | undefined;

  constructor(parts: InterrupterParts) {
    this.#parts = { openTerminator, signalAwaitedChild, ...parts };
  }

  /** Resolves when the running cell has been ended, or at once when none runs. Interrupts that come meanwhile are this one. */
  async interrupt(): Promise<void> {
    this.#interrupt ??= this.#work().finally(() => {
      releaseLoops(this.#parts.shield);
      this.#interrupt = undefined;
    });
    await this.#interrupt;
  }

  /** Whether an interrupt is under way. */
  get isAtWork(): boolean {
    return this.#interrupt !== undefined;
  }

  /** Resolves when no interrupt is under way: it would hit what is started now. */
  async quiet(): Promise<void> {
    await this.#interrupt;
  }

  /** The runtime thread has answered. */
  onInterrupted(request: number): void {
    if (request === this.#requests) this.#answered.resolve();
  }

  async #work(): Promise<void> {
    this.#answered = Promise.withResolvers();
    haltLoops(this.#parts.shield);
    this.#parts.post({ type: 'interrupt', request: ++this.#requests });
    if (await this.#isAnswered(PATIENCE_MS)) return;
    const terminator = await this.#parts.openTerminator(this.#parts.shield);
    try {
      await this.#terminate(terminator);
    } finally {
      terminator.close();
    }
  }

  async #terminate(terminator: Terminator): Promise<void> {
    let silent = 0;
    for (let attempt = 0, waitMs = 0; !(await this.#isAnswered(waitMs)); attempt++) {
      if (attempt % FORCED_AFTER === FORCED_AFTER - 1) void terminator.force();
      const result = terminator.attempt(attempt >= URGENT_AFTER);
      silent = result === 'silent' ? silent + 1 : 0;
      if (silent % STILL_SILENT === MAX_SILENT) {
        void this.#parts.signalAwaitedChild(silent < MAX_ASKED * STILL_SILENT ? 'SIGINT' : 'SIGKILL');
      }
      // The termination may have hit the very code that read the message.
      const isRepeated = result === 'terminated' || attempt % REPEATED_AFTER === REPEATED_AFTER - 1;
      if (isRepeated) this.#parts.post({ type: 'interrupt', request: this.#requests });
      waitMs = result === 'terminated' ? TERMINATED_MS : SPARED_MS;
    }
  }

  async #isAnswered(withinMs: number): Promise<boolean> {
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(late.resolve, withinMs, false);
    const isAnswered = await Promise.race([this.#answered.promise.then(() => true), late.promise]);
    clearTimeout(timer);
    return isAnswered;
  }
}
