import type { MessagePort } from 'node:worker_threads';

/** What the two threads of a kernel tell each other; see `main.ts` for who runs where. */

/** MIME type → data, as in `display_data`. */
export type MimeBundle = Record<string, unknown>;

/** A cell for the runtime thread to run. */
export interface RunCell {
  readonly type: 'run';
  /** Identifies the cell's request; outputs carry it, however late they come. */
  readonly cell: number;
  /** The script's absolute file name: imports are resolved against it, stack frames carry it. */
  readonly file: string;
  readonly code: string;
  /** Names to make before the cell runs. */
  readonly names: readonly string[];
  /** Expressions to evaluate after the cell, each compiled like a cell. */
  readonly userExpressions: ReadonlyArray<{ readonly key: string; readonly code: string }>;
}

/** Asks the runtime thread to complete or inspect at a position of a code. */
export interface Introspect {
  readonly type: 'complete' | 'inspect';
  readonly request: number;
  readonly code: string;
  /** UTF-16 offset. */
  readonly cursor: number;
  /** Of an inspection: 0 tells what a name stands for, 1 adds its source. Default: 0. */
  readonly detail?: 0 | 1;
}

/** A question to the user. The runtime thread waits for the answer and reads no messages, so it comes on a port of its own. */
export interface Question {
  readonly type: 'question';
  readonly cell: number;
  readonly prompt: string;
  readonly isPassword: boolean;
  /** Takes one `Answer`. */
  readonly port: MessagePort;
  /** One number: 0 until the answer lies in the port. */
  readonly answered: Int32Array;
}

/** What came of a question: a line, the end of the input, or a reason why there is none. */
export type Answer =
  | { readonly status: 'ok'; readonly text: string }
  | { readonly status: 'end' | 'interrupted' }
  | { readonly status: 'refused'; readonly reason: string };

/** A comm message on its way between the threads, in either direction. */
export interface CommMessage {
  readonly type: 'comm';
  readonly kind: 'open' | 'message' | 'close';
  /** Coming in: the number under which its handlers' outputs are known. Going out: the cell, or message, that sends it. */
  readonly cell: number;
  readonly id: string;
  /** The target's name. */
  readonly target: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Each owns its memory, which is handed over rather than copied. */
  readonly buffers: ReadonlyArray<Uint8Array<ArrayBuffer>>;
}

/** A text to run as a part of a cell, as `%run` has it. */
export interface Source {
  /** The script's absolute file name: imports are resolved against it, stack frames carry it. */
  readonly file: string;
  /** How tracebacks call it. */
  readonly title: string;
  readonly text: string;
}

/** Asks the protocol thread to compile a source, and to know it when a stack frame names its file. */
export interface CompileSource {
  readonly type: 'compile';
  readonly request: number;
  readonly source: Source;
}

/** The answer to `CompileSource`: see `CompiledCell`, and `CellSyntaxError` for what is no program. */
export type Compiled = { readonly type: 'compiled'; readonly request: number } & (
  | { readonly status: 'ok'; readonly code: string; readonly names: readonly string[] }
  | { readonly status: 'error'; readonly message: string; readonly line: number; readonly column: number }
);

/** From the protocol thread to the runtime thread. */
export type ToRuntime =
  | RunCell
  | Compiled
  | Introspect
  | CommMessage
  | { readonly type: 'interrupt'; readonly request: number }
  /** SIGINT has come: user code may listen to it. */
  | { readonly type: 'signal' }
  | { readonly type: 'exit' };

/** An error as the runtime thread saw it; the protocol thread makes the traceback. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** Where in the cell's compiled text a failed import stands; such errors carry no frame of the cell. */
  readonly importOffset?: number;
  /** The script whose import that is. */
  readonly importFile?: string;
  /** What else it carries (`code`, `path`, …), as `util.inspect` shows it. */
  readonly properties?: string;
  /** What to do about it. */
  readonly hint?: string;
  /** The first errors of an `AggregateError`, and how many it has. */
  readonly errors?: readonly Failure[];
  readonly errorCount?: number;
  readonly cause?: Failure;
}

/** A value of a user expression. */
export type ExpressionResult =
  { readonly status: 'ok'; readonly data: MimeBundle } | { readonly status: 'error'; readonly failure: Failure };

/** What the front end is asked to do with a reply: show a page in its pager, or put a text into the next cell (or this one). */
export type Payload =
  | { readonly source: 'page'; readonly data: MimeBundle; readonly start: 0 }
  | { readonly source: 'set_next_input'; readonly text: string; readonly replace: boolean };

/** How a cell ended. */
export type CellOutcome =
  | {
      readonly status: 'ok';
      /** The value of its last expression, if there is one to show. */
      readonly data: MimeBundle | undefined;
      /** What is said of the data, by MIME type (default: nothing). */
      readonly metadata?: MimeBundle | undefined;
      readonly userExpressions: Readonly<Record<string, ExpressionResult>>;
      readonly payloads: readonly Payload[];
    }
  | { readonly status: 'error'; readonly failure: Failure };

/** Names that a front end offers. */
export interface Completion {
  readonly matches: readonly string[];
  /** What each match is, in IPython's words: `function`, `class`, `instance`, `property`, `module`, `keyword`. */
  readonly types: readonly string[];
  /** UTF-16 offsets of the text to replace. */
  readonly start: number;
  readonly end: number;
}

/** The memory that the two threads share. */
export interface SharedMemory {
  /** One number: 0 while the sockets are open. The process must not end before, or zeromq aborts it. */
  readonly closed: Int32Array;
  /** See `shieldMemory`. */
  readonly shield: Int32Array;
  /** See `textMemory`. */
  readonly text: SharedArrayBuffer;
  /** See `backlogMemory`. */
  readonly backlog: Int32Array;
}

/** What the protocol thread is started with. */
export interface ProtocolThreadData {
  readonly connectionFile: string | undefined;
  /** The notebook's folder. */
  readonly folder: string;
  readonly memory: SharedMemory;
}

/** What the runtime thread posts: a message, and what the other thread needs to know of what was sent in other ways. */
export interface PostedByRuntime {
  readonly message: FromRuntime;
  /** Up to where the text that was printed before stands in the `TextRing`. */
  readonly printed: number;
  /** How much the message adds to the `Backlog`. */
  readonly bytes: number;
}

/** From the runtime thread to the protocol thread. */
export type FromRuntime =
  /** The process ends because of what a cell does: the sockets are to be closed. */
  | { readonly type: 'leaving'; readonly cell: number; readonly failure: Failure }
  | { readonly type: 'ready'; readonly builtins: readonly string[] }
  | { readonly type: 'stream'; readonly cell: number; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly type: 'display';
      readonly cell: number;
      readonly data: MimeBundle;
      /** What is said of the data, by MIME type (default: nothing). */
      readonly metadata?: MimeBundle | undefined;
      readonly displayId: string | undefined;
      readonly isUpdate: boolean;
    }
  | { readonly type: 'clear'; readonly cell: number; readonly wait: boolean }
  | {
      readonly type: 'late-failure';
      readonly cell: number;
      readonly origin: 'exception' | 'rejection';
      readonly failure: Failure;
    }
  | { readonly type: 'outcome'; readonly cell: number; readonly outcome: CellOutcome }
  /** Names that are declared no more. */
  | { readonly type: 'forgot'; readonly names: readonly string[] }
  | CompileSource
  | Question
  | CommMessage
  /** The handlers of a comm message have ended. */
  | { readonly type: 'comm-handled'; readonly cell: number; readonly failure: Failure | undefined }
  | { readonly type: 'interrupted'; readonly request: number }
  | { readonly type: 'completion'; readonly request: number; readonly completion: Completion }
  | { readonly type: 'inspection'; readonly request: number; readonly data: MimeBundle | undefined };
