import { createRequire } from 'node:module';
import type * as Execa from 'execa';
import type { Shield } from '../shield.ts';
import type { Output } from './output.ts';

const require = createRequire(import.meta.url);

/** How long a command has to end after SIGINT, in milliseconds. */
const GRACE_MS = 2000;

/** The commands that cells run, so that an interrupt reaches them and none outlives the kernel. */
export class ChildProcesses {
  readonly #output: Output;
  readonly #shield: Shield;
  readonly #groups = new Set<number>();

  constructor(output: Output, shield: Shield) {
    this.#output = output;
    this.#shield = shield;
  }

  /**
   * Runs a program, streams what it prints as it comes, and returns its exit code; `null` when a signal ended it.
   */
  async run(file: string, args: readonly string[], cell: number): Promise<number | null> {
    // Loaded with the first command, and in one go: a module whose loading is terminated stays broken.
    const { execa } = this.#shield.protect(() => require('execa') as typeof Execa);
    const child = execa(file, args, {
      stdin: 'ignore',
      buffer: false,
      reject: false,
      cleanup: true,
      // A group of its own: an interrupt must reach what the command has started, too.
      detached: process.platform !== 'win32',
    });
    const { pid } = child;
    if (pid !== undefined) this.#groups.add(pid);
    for (const name of ['stdout', 'stderr'] as const) {
      const decoder = new TextDecoder();
      child[name].on('data', (chunk: Uint8Array) =>
        this.#output.write(name, decoder.decode(chunk, { stream: true }), cell),
      );
    }
    try {
      const result = await child;
      if (result.exitCode === undefined && result.code !== undefined) throw result;
      return result.exitCode ?? null;
    } finally {
      if (pid !== undefined) this.#groups.delete(pid);
    }
  }

  /** Interrupts every running command and what it has started; what is left after two seconds is killed. */
  interrupt(): void {
    const groups = [...this.#groups];
    this.signal('SIGINT');
    // A shell lets the commands that it runs in the background ignore SIGINT.
    if (groups.length > 0) setTimeout(() => groups.forEach((pid) => signalGroup(pid, 'SIGKILL')), GRACE_MS).unref();
  }

  /** Sends a signal to every running command and to what it has started. */
  signal(name: NodeJS.Signals): void {
    for (const pid of this.#groups) signalGroup(pid, name);
  }
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}
