import { constants } from 'node:os';
import type { FromRuntime } from '../../thread-messages.ts';
import type { ChildProcesses } from '../child-processes.ts';
import type { CurrentCell } from '../current-cell.ts';
import { failureOf } from './failure.ts';
import type { LateFailures } from './late-failures.ts';

/** How long the protocol thread has to send what is left and to close the sockets, in milliseconds. */
const LEAVING_TIMEOUT_MS = 1000;
/** The signals that ask a process to end; others that end it do not ask. */
const ASKING: ReadonlySet<string> = new Set(['SIGTERM', 'SIGHUP']);
const KILLING: ReadonlySet<string> = new Set(['SIGABRT', 'SIGBUS', 'SIGKILL', 'SIGQUIT', 'SIGSEGV']);

/** The error of a cell that ends the kernel; front ends know it by this name. */
class KernelExit extends Error {
  override readonly name: string = 'KernelExit';

  constructor(reason: string) {
    super(`the kernel has ended: ${reason}`);
  }
}

/** What the end of a kernel needs of the runtime around it. */
export interface EndingParts {
  readonly post: (message: FromRuntime) => void;
  readonly current: CurrentCell;
  readonly late: LateFailures;
  readonly children: ChildProcesses;
  /** `process.exit`. */
  readonly exit: (code?: number) => void;
  /** See `ProtocolThreadData`. */
  readonly closed: Int32Array;
}

/** Sees to it that the process ends only after everything has been sent, and that those who wait for a cell learn why. */
export class Ending {
  readonly #parts: EndingParts;
  #reason: string | undefined;
  #hasLeft = false;

  constructor(parts: EndingParts) {
    this.#parts = parts;
  }

  /** Ends the process because a client wants it: the sockets are closed already. */
  exit(): void {
    this.#hasLeft = true;
    this.#parts.exit();
  }

  /** What is to be done about signals. */
  get signals(): Readonly<Record<string, () => void>> {
    return Object.fromEntries([...ASKING].map((name) => [name, () => this.#onSignal(name, `it received ${name}`)]));
  }

  /** The process ends. */
  onExit(): void {
    this.#parts.children.signal('SIGTERM');
    this.#leave(this.#reason ?? `process.exit(${process.exitCode ?? ''}) was called`);
  }

  /** Has user code that ends its own process in other ways (`process.abort`, `process.kill`) do so in good order, too. */
  guardProcess(): void {
    const abort = process.abort.bind(process);
    const kill = process.kill.bind(process);
    process.abort = () => {
      this.#leave('process.abort() was called');
      return abort();
    };
    process.kill = (pid, signal = 'SIGTERM') => {
      const name = typeof signal === 'string' ? signal : signalName(signal);
      if (pid === process.pid && name !== undefined) {
        const reason = `process.kill(process.pid, '${name}') was called`;
        if (ASKING.has(name)) this.#onSignal(name, reason);
        if (KILLING.has(name)) this.#leave(reason);
      }
      return kill(pid, signal);
    };
  }

  /** Ends the process, unless the user's code listens to the signal, too. */
  #onSignal(name: string, reason: string): void {
    if (process.listenerCount(name) > 1) return;
    this.#reason = reason;
    this.#parts.exit(128 + constants.signals[name as NodeJS.Signals]);
  }

  /** Tells those who wait for a cell why they wait in vain; returns when everything has been sent. */
  #leave(reason: string): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    const { post, current, late, closed } = this.#parts;
    late.flush();
    post({ type: 'leaving', cell: current.number, failure: failureOf(new KernelExit(reason)) });
    Atomics.wait(closed, 0, 0, LEAVING_TIMEOUT_MS);
  }
}

function signalName(signal: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
}
