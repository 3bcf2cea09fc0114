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
}

/** From the protocol thread to the runtime thread. */
export type ToRuntime =
  | RunCell
  | Introspect
  | { readonly type: 'interrupt'; readonly request: number }
  /** For a termination to hit when nothing else runs. */
  | { readonly type: 'nothing' }
  | { readonly type: 'exit' };

/** An error as the runtime thread saw it; the protocol thread makes the traceback. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** Where in the cell's compiled text a failed import stands; such errors carry no frame of the cell. */
  readonly importOffset?: number;
  readonly cause?: Failure;
}

/** A value of a user expression. */
export type ExpressionResult =
  { readonly status: 'ok'; readonly data: MimeBundle } | { readonly status: 'error'; readonly failure: Failure };

/** How a cell ended. */
export type CellOutcome =
  | {
      readonly status: 'ok';
      /** The value of its last expression, if there is one to show. */
      readonly data: MimeBundle | undefined;
      readonly userExpressions: Readonly<Record<string, ExpressionResult>>;
      /** What the front end is asked to show in its pager. */
      readonly pages: readonly MimeBundle[];
    }
  | { readonly status: 'error'; readonly failure: Failure };

/** Names that a front end offers. */
export interface Completion {
  readonly matches: readonly string[];
  /** UTF-16 offsets of the text to replace. */
  readonly start: number;
  readonly end: number;
}

/** What the protocol thread is started with. */
export interface ProtocolThreadData {
  readonly connectionFile: string | undefined;
  /** The notebook's folder. */
  readonly folder: string;
  /** One number: 0 while the sockets are open. The process must not end before, or zeromq aborts it. */
  readonly closed: Int32Array;
  /** See `shieldMemory`. */
  readonly shield: Int32Array;
}

/** From the runtime thread to the protocol thread; `leaving`: the process ends, the sockets are to be closed. */
export type FromRuntime =
  | { readonly type: 'leaving' }
  | { readonly type: 'ready'; readonly builtins: readonly string[] }
  | { readonly type: 'stream'; readonly cell: number; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly type: 'display';
      readonly cell: number;
      readonly data: MimeBundle;
      readonly displayId: string | undefined;
      readonly isUpdate: boolean;
    }
  | { readonly type: 'clear'; readonly cell: number; readonly wait: boolean }
  | { readonly type: 'late-failure'; readonly cell: number; readonly failure: Failure }
  | { readonly type: 'outcome'; readonly cell: number; readonly outcome: CellOutcome }
  | { readonly type: 'interrupted'; readonly request: number }
  | { readonly type: 'completion'; readonly request: number; readonly completion: Completion }
  | { readonly type: 'inspection'; readonly request: number; readonly data: MimeBundle | undefined };
