import type { Output } from './output.ts';

/** The commands that cells run, so that an interrupt reaches them and none outlives the kernel. */
export class ChildProcesses {
  readonly #output: Output;
  readonly #groups = new Set<number>();

  constructor(output: Output) {
    this.#output = output;
  }

  /**
   * Runs a command, streams what it prints as it comes, and returns its exit code
   * (128 + signal number's name is not kept: a killed command gives `null`).
   *
   * @param file the program; `shell` when the platform's shell is to read `args[0]`
   */
  async run(file: string, args: readonly string[], cell: number): Promise<number | null> {
    const { execa } = await import('execa');
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

  /** Sends a signal to every running command and to what it has started. */
  signal(name: NodeJS.Signals): void {
    for (const pid of this.#groups) {
      try {
        process.kill(process.platform === 'win32' ? pid : -pid, name);
      } catch {
        // It ended by itself in the meantime.
        this.#groups.delete(pid);
      }
    }
  }
}
