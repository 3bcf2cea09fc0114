import { Readable } from 'node:stream';
import { MessageChannel, receiveMessageOnPort, type Transferable } from 'node:worker_threads';
import type { Answer, Question } from '../thread-messages.ts';
import type { CurrentCell } from './current-cell.ts';
import { KeyboardInterrupt } from './failures/failure.ts';

/** Thrown by `input` and its like where nobody can be asked, as in a headless run. */
class StdinNotAllowedError extends Error {
  override readonly name: string = 'StdinNotAllowedError';
}

/** Thrown by `input` when the user has closed the input (Ctrl-D in a terminal) instead of answering. */
class EndOfInputError extends Error {
  override readonly name: string = 'EndOfInputError';
}

/** What questions need of the runtime around them. */
export interface StdinParts {
  readonly post: (question: Question, transfer: readonly Transferable[]) => void;
  readonly current: CurrentCell;
}

/** The global functions that ask the user. All wait for the answer, wherever they are called. */
export interface StdinGlobals {
  /**
   * Asks for a line of text. `password`: the front end does not show what is typed (default false).
   *
   * @throws StdinNotAllowedError where nobody can be asked
   * @throws EndOfInputError when the input was closed
   */
  readonly input: (question?: unknown, options?: { readonly password?: boolean }) => string;
  /** Asks like a browser: the default for an empty answer, `null` when the input was closed. */
  readonly prompt: (message?: unknown, defaultValue?: string) => string | null;
  /** Asks a yes-or-no question; everything but `y` and `yes` is no. */
  readonly confirm: (message?: unknown) => boolean;
  /** Shows a message until Enter is pressed. */
  readonly alert: (message?: unknown) => void;
}

/** Returns the functions that ask the user. */
export function stdinGlobals(parts: StdinParts): StdinGlobals {
  return {
    input(question = '', { password = false } = {}) {
      const text = ask(parts, 'input', String(question), password);
      if (text === undefined) throw new EndOfInputError('input: the input was closed without an answer');
      return text;
    },
    prompt(message = '', defaultValue) {
      const hint = defaultValue === undefined ? '' : `[${defaultValue}] `;
      const text = ask(parts, 'prompt', spaced(message) + hint, false);
      return text === '' ? (defaultValue ?? '') : (text ?? null);
    },
    confirm(message = '') {
      return /^\s*y(es)?\s*$/i.test(ask(parts, 'confirm', `${spaced(message)}[y/N] `, false) ?? '');
    },
    alert(message = '') {
      ask(parts, 'alert', `${spaced(message)}[Enter] `, false);
    },
  };
}

/** Makes `process.stdin` an empty stream: a cell that reads it would else wait for a pipe that nobody writes to. */
export function emptyProcessStdin(): void {
  let stdin: Readable | undefined;
  Object.defineProperty(process, 'stdin', { get: () => (stdin ??= Readable.from([])), configurable: true });
}

/**
 * Asks, waits, and returns the answer; `undefined` when the input was closed. Each question has a port and a memory of its
 * own, so that an answer that comes too late reaches nobody.
 */
function ask({ post, current }: StdinParts, caller: string, prompt: string, isPassword: boolean) {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  try {
    post({ type: 'question', cell: current.number, prompt, isPassword, port: port2, answered }, [port2]);
    Atomics.wait(answered, 0, 0);
    return textOf(caller, receiveMessageOnPort(port1)!.message as Answer);
  } finally {
    port1.close();
  }
}

function textOf(caller: string, answer: Answer): string | undefined {
  switch (answer.status) {
    case 'ok':
      return answer.text;
    case 'end':
      return undefined;
    case 'interrupted':
      throw new KeyboardInterrupt();
    case 'refused':
      throw new StdinNotAllowedError(`${caller}: ${answer.reason}`);
  }
}

function spaced(message: unknown): string {
  const text = String(message);
  return text === '' || /\s$/.test(text) ? text : `${text} `;
}
