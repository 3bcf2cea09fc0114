import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { KnownNames } from '../compile/known-names.ts';
import type {
  CellOutcome,
  Compiled,
  CompileSource,
  Failure,
  FromRuntime,
  MimeBundle,
  Payload,
  RunCell,
} from '../thread-messages.ts';
import { readExecuteRequest } from '../wire/execute-request.ts';
import type { JupyterMessage } from '../wire/message.ts';
import type { CellOutputs, Publish } from './cell-outputs.ts';
import type { Compiler } from './compiler.ts';
import type { History } from './history/history.ts';
import { type KnownCell, start } from './known-cells.ts';
import { type ErrorContent, syntaxErrorContent } from './tracebacks/traceback.ts';
import { compileExpressions, expressionContents } from './user-expressions.ts';

/** What the executor needs of the kernel around it. */
export interface ExecutorParts {
  readonly publish: Publish;
  readonly reply: (
    type: string,
    content: Record<string, unknown>,
    parent: JupyterMessage,
    metadata?: Readonly<Record<string, unknown>>,
  ) => void;
  /** Sends what the runtime thread is to run. */
  readonly run: (cell: RunCell | Compiled) => void;
  /** Where cells are remembered for what they put out. */
  readonly outputs: Pick<CellOutputs, 'cells' | 'errorOf'>;
  /** Is told the execution counts of the cells that run, whenever they change. */
  readonly onRunning: (executionCounts: readonly number[]) => void;
  /** The number of the first cell; default: 1. */
  readonly firstCell?: number;
  readonly history: History;
  readonly compiler: Compiler;
  /** The notebook's folder: cells are scripts in it, so that imports are relative to it. */
  readonly folder: string;
}

/** How long a front end that runs a whole notebook has to send what comes behind a cell, in milliseconds. */
const SENDING_MS = 20;

/** A cell that the runtime thread runs. */
interface RunningCell {
  readonly request: JupyterMessage;
  readonly executionCount: number;
  readonly done: (outcome: CellOutcome) => void;
}

/** A cell before it is compiled. */
type CellSource = Pick<KnownCell, 'parent' | 'silent' | 'source' | 'executionCount'>;

/** How a cell ended, in the words of the protocol. */
type Result =
  | {
      readonly status: 'ok';
      readonly data: MimeBundle | undefined;
      readonly metadata?: MimeBundle | undefined;
      readonly payloads: readonly Payload[];
      readonly user_expressions: Record<string, unknown>;
    }
  | { readonly status: 'error'; readonly error: ErrorContent };

/** Runs cells, several at a time where their shells differ, and publishes what comes of them. */
export class Executor {
  /** What the compiler must know to compile the next cell. */
  readonly names: KnownNames;
  readonly #parts: ExecutorParts;
  readonly #running = new Map<number, RunningCell>();
  #executionCount = 0;
  /** Why the kernel ends, once it does. */
  #end: Failure | undefined;
  #next: number;

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
    this.#next = parts.firstCell ?? 1;
    this.names = new KnownNames(parts.folder);
  }

  /** Returns the request of a cell that runs. */
  requestOf(number: number): JupyterMessage | undefined {
    return this.#running.get(number)?.request;
  }

  /** Runs an `execute_request` to its reply; resolves with whether what is queued behind it is to be dropped. */
  async execute(message: JupyterMessage): Promise<boolean> {
    const { publish, reply, history } = this.#parts;
    const started = new Date();
    const request = readExecuteRequest(message.content);
    const { code, silent, storeHistory, stopOnError } = request;
    if (storeHistory) history.add(++this.#executionCount, code);
    const execution_count = this.#executionCount;
    if (!silent) publish('execute_input', { code, execution_count }, message);

    const source = { parent: message, silent, source: code, executionCount: execution_count };
    const result = await this.#run(source, request.userExpressions);
    if (result.status === 'error') {
      // What stands behind is dropped, so it is let in before anyone hears of the error; what is sent after that runs.
      if (stopOnError) await wait(Math.max(0, started.getTime() + SENDING_MS - Date.now()));
      if (!silent) publish('error', result.error, message);
      const content = { status: 'error', execution_count, ...result.error, payload: [], user_expressions: {} };
      reply('execute_reply', content, message, { started: started.toISOString() });
      return stopOnError;
    }
    const { data, metadata = {}, payloads, user_expressions } = result;
    if (data !== undefined && !silent) {
      publish('execute_result', { execution_count, data, metadata }, message);
      if (storeHistory) history.setOutput(execution_count, String(data['text/plain']));
    }
    const content = { status: 'ok', execution_count, payload: payloads, user_expressions };
    reply('execute_reply', content, message, { started: started.toISOString() });
    return false;
  }

  /** The kernel ends because of what a cell does: the cells that run fail by it, and those that are about to. */
  end(failure: Failure): void {
    this.#end = failure;
    for (const { done } of this.#running.values()) done({ status: 'error', failure });
  }

  /** Something has come from the runtime thread. */
  onRuntime(message: FromRuntime): void {
    switch (message.type) {
      case 'forgot':
        return this.names.forget(message.names);
      case 'compile':
        void this.#compile(message);
        return;
      case 'outcome':
        this.#running.get(message.cell)?.done(message.outcome);
        return;
      default:
    }
  }

  #tellRunning(): void {
    this.#parts.onRunning(Array.from(this.#running.values(), ({ executionCount }) => executionCount));
  }

  async #run(source: CellSource, userExpressions: Readonly<Record<string, string>>): Promise<Result> {
    const { compiler, folder, outputs } = this.#parts;
    const number = this.#next++;
    const file = join(folder, `cell-${number}.ts`);
    const compiled = await compiler.compile(source.source, this.names);
    if (compiled instanceof Error) {
      const cell = outputs.cells.add(number, { ...source, file, position: start, importPosition: start });
      return { status: 'error', error: syntaxErrorContent(compiled.message, compiled.position, cell) };
    }
    const { code, names, position, importPosition } = compiled;
    const cell = outputs.cells.add(number, { ...source, file, position, importPosition });
    this.names.declare(compiled);
    const expressions = await compileExpressions(userExpressions, compiler, this.names);
    const { promise, resolve } = Promise.withResolvers<CellOutcome>();
    this.#running.set(number, { request: source.parent, executionCount: source.executionCount, done: resolve });
    this.#tellRunning();
    if (this.#end !== undefined) resolve({ status: 'error', failure: this.#end });
    else
      this.#parts.run({
        type: 'run',
        cell: number,
        file,
        code,
        names: [...names.keys()],
        userExpressions: expressions,
      });
    const outcome = await promise;
    this.#running.delete(number);
    this.#tellRunning();
    const errorOf = (failure: Failure): ErrorContent => outputs.errorOf(failure, cell);
    if (outcome.status === 'ok') {
      return { ...outcome, user_expressions: expressionContents(outcome.userExpressions, errorOf) };
    }
    cell.isInterrupted = outcome.failure.name === 'KeyboardInterrupt';
    return { status: 'error', error: errorOf(outcome.failure) };
  }

  /** Compiles what a running cell runs in its turn; tracebacks know it by its file from now on. */
  async #compile({ request, source: { file, title, text } }: CompileSource): Promise<void> {
    const { compiler, outputs, run } = this.#parts;
    const compiled = await compiler.compile(text, this.names);
    const source = { executionCount: this.#executionCount, title, source: text };
    if (compiled instanceof Error) {
      const { message, position } = compiled;
      outputs.cells.addSource(file, { ...source, position: (generated) => generated, importPosition: start });
      return run({ type: 'compiled', request, status: 'error', message, ...position });
    }
    const { code, names, position, importPosition } = compiled;
    outputs.cells.addSource(file, { ...source, position, importPosition });
    this.names.declare(compiled);
    run({ type: 'compiled', request, status: 'ok', code, names: [...names.keys()] });
  }
}
