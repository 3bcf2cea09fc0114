import type * as Node from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { Shield } from '../shield.ts';
import type { Output } from './output.ts';

/** How long a command has to end after SIGINT, in milliseconds. */
const GRACE_MS = 2000;
/** How long the output of an ended command is waited for when what it left running holds its pipes open, in milliseconds. */
const DRAIN_MS = 50;

type Child = Node.ChildProcessByStdio<null, Readable, Readable>;
type Options = Node.SpawnOptionsWithStdioTuple<'ignore', 'pipe', 'pipe'>;

/** How a command runs. */
export interface RunOptions {
  /** The cell that its output belongs to. */
  readonly cell: number;
  /** Takes what it prints on stdout, as it comes. Default: it is the cell's output. */
  readonly onStdout?: (text: string) => void;
  /** Where it runs. Default: the current folder. */
  readonly folder?: string;
}

/** The commands that cells run, so that an interrupt reaches them and none outlives the kernel. */
export class ChildProcesses {
  readonly #output: Output;
  readonly #shield: Shield;
  /** The process groups of commands that run. */
  readonly #running = new Set<number>();
  /** The groups of commands that have ended and left something running in the background. */
  readonly #left = new Set<number>();

  constructor(output: Output, shield: Shield) {
    this.#output = output;
    this.#shield = shield;
  }

  /**
   * Runs a program, streams what it prints as it comes, and returns its exit code; as shells do, 128 and the signal's number
   * when a signal ended it. What it leaves running in the background is not waited for.
   *
   * @throws the operating system's error when the program cannot be started
   */
  run(file: string, args: readonly string[], options: RunOptions): Promise<number> {
    return this.#run((spawn, how) => spawn(file, args, how), options);
  }

  /** Runs a line with the system's shell (`/bin/sh`, `cmd.exe`), likewise. */
  runLine(line: string, options: RunOptions): Promise<number> {
    return this.#run((spawn, how) => spawn(line, { ...how, shell: true }), options);
  }

  /** Interrupts every running command and what it has started; what is left after two seconds is killed. */
  interrupt(): void {
    const groups = [...this.#running];
    for (const pid of groups) signalGroup(pid, 'SIGINT');
    // A shell lets the commands that it runs in the background ignore SIGINT.
    if (groups.length > 0) setTimeout(() => groups.forEach((pid) => signalGroup(pid, 'SIGKILL')), GRACE_MS).unref();
  }

  /** Sends a signal to everything that commands have started, also to what runs in the background. */
  signal(name: NodeJS.Signals): void {
    for (const pid of [...this.#running, ...this.#left]) signalGroup(pid, name);
  }

  async #run(
    start: (spawn: typeof Node.spawn, how: Options) => Child,
    { cell, onStdout, folder }: RunOptions,
  ): Promise<number> {
    const child = this.#shield.protect(() => {
      // Loaded with the first command: it costs as much as the kernel's own files.
      const { spawn } = process.getBuiltinModule('node:child_process');
      // A group of its own: an interrupt must reach what the command has started, too.
      const detached = process.platform !== 'win32';
      return start(spawn, { stdio: ['ignore', 'pipe', 'pipe'], detached, windowsHide: true, cwd: folder });
    });
    const show = (name: 'stdout' | 'stderr') => (text: string) => this.#output.write(name, text, cell);
    // What comes in two halves is one character; Node puts it together.
    child.stdout.setEncoding('utf8').on('data', onStdout ?? show('stdout'));
    child.stderr.setEncoding('utf8').on('data', show('stderr'));
    const { pid } = child;
    if (pid !== undefined) this.#running.add(pid);
    try {
      return await exitCodeOf(child);
    } finally {
      if (pid !== undefined) this.#leave(pid);
    }
  }

  #leave(pid: number): void {
    this.#running.delete(pid);
    for (const one of [pid, ...this.#left]) {
      if (signalGroup(one, 0)) this.#left.add(one);
      else this.#left.delete(one);
    }
  }
}

/** Resolves when a command has ended and what it has printed is here. */
function exitCodeOf(child: Child): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const end = (code: number | null, signal: NodeJS.Signals | null): void =>
    resolve(code ?? 128 + constants.signals[signal!]);
  child.on('error', reject);
  child.on('close', end);
  // The pipes may stay open. What was written into them before is read before the next turn of the loop.
  child.on('exit', (code, signal) => setTimeout(() => setImmediate(end, code, signal), DRAIN_MS));
  return promise;
}

/** Returns whether there was anything that the signal could be sent to. */
function signalGroup(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(process.platform === 'win32' ? pid : -pid, name);
  } catch {
    return false;
  }
}
