import { join } from 'node:path';
import type { CellSyntaxError, CompiledCell, NotebookNames } from '../compile/compile-cell.ts';
import type { NameKind } from '../compile/declarations.ts';
import type { CellOutcome, ExpressionResult, Failure, FromRuntime, RunCell } from '../thread-messages.ts';
import type { JupyterMessage } from '../wire/message.ts';
import type { Compiler } from './compiler.ts';
import type { History } from './history.ts';
import { type ErrorContent, errorContent, type RunSource, syntaxErrorContent } from './traceback.ts';

/** What the executor needs of the kernel around it. */
export interface ExecutorParts {
  /** Publishes on iopub as a child of `parent`. */
  readonly publish: (type: string, content: Record<string, unknown>, parent: JupyterMessage) => void;
  readonly reply: (type: string, content: Record<string, unknown>, parent: JupyterMessage) => void;
  readonly run: (cell: RunCell) => void;
  readonly history: History;
  readonly compiler: Compiler;
  /** The notebook's folder: cells are scripts in it, so that imports are relative to it. */
  readonly folder: string;
}

/** An `execute_request`'s content, with the specification's defaults. */
interface ExecuteRequest {
  readonly code: string;
  readonly silent: boolean;
  readonly storeHistory: boolean;
  readonly userExpressions: Readonly<Record<string, string>>;
  readonly stopOnError: boolean;
}

/** A cell whose outputs may still come. */
interface KnownCell extends RunSource {
  readonly parent: JupyterMessage;
  readonly silent: boolean;
  readonly file: string;
  /** Whether it was interrupted: what it still prints is of no interest. */
  isInterrupted?: boolean;
}

/** How many cells are remembered for late output and for tracebacks. */
const MAX_KNOWN_CELLS = 2_000;

/** Runs `execute_request`s one after another and publishes what comes of them. */
export class Executor {
  readonly #parts: ExecutorParts;
  readonly #queue: JupyterMessage[] = [];
  readonly #known = new Map<number, KnownCell>();
  readonly #byFile = new Map<string, KnownCell>();
  readonly #declared = new Map<string, NameKind>();
  #builtins: ReadonlySet<string> = new Set();
  #executionCount = 0;
  #cells = 0;
  #running:
    | { readonly cell: number; readonly request: JupyterMessage; readonly done: (outcome: CellOutcome) => void }
    | undefined;

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
  }

  /** What the compiler must know to compile the next cell. */
  get names(): NotebookNames {
    return { declared: this.#declared, builtins: this.#builtins };
  }

  /** The request that runs now. */
  get running(): JupyterMessage | undefined {
    return this.#running?.request;
  }

  set builtins(names: ReadonlySet<string>) {
    this.#builtins = names;
  }

  /** Queues a request. */
  push(request: JupyterMessage): void {
    this.#queue.push(request);
    if (this.#queue.length === 1) void this.#work();
  }

  async #work(): Promise<void> {
    for (let request = this.#queue[0]; request !== undefined; request = this.#queue[0]) {
      const { publish } = this.#parts;
      publish('status', { execution_state: 'busy' }, request);
      const failed = await this.#execute(request);
      this.#queue.shift();
      publish('status', { execution_state: 'idle' }, request);
      // Only what was queued before the error is dropped; what comes later runs.
      if (failed) this.#abort(this.#queue.splice(0));
    }
  }

  #abort(requests: readonly JupyterMessage[]): void {
    const { publish, reply } = this.#parts;
    for (const request of requests) {
      publish('status', { execution_state: 'busy' }, request);
      reply('execute_reply', { status: 'aborted', execution_count: this.#executionCount }, request);
      publish('status', { execution_state: 'idle' }, request);
    }
  }

  /** Returns whether the cell failed and wants what is queued behind it dropped. */
  async #execute(message: JupyterMessage): Promise<boolean> {
    const { publish, reply, history } = this.#parts;
    const request = readRequest(message.content);
    if (request.storeHistory) {
      this.#executionCount++;
      history.add(this.#executionCount, request.code);
    }
    const executionCount = this.#executionCount;
    if (!request.silent) publish('execute_input', { code: request.code, execution_count: executionCount }, message);

    const number = ++this.#cells;
    const compiled = await this.#parts.compiler.compile(request.code, this.names);
    const cell = this.#remember(number, message, request, compiled);
    const result = await this.#run(number, message, request, compiled, cell);
    if ('error' in result) {
      const { error } = result;
      if (!request.silent) publish('error', error, message);
      reply(
        'execute_reply',
        { status: 'error', execution_count: executionCount, ...error, payload: [], user_expressions: {} },
        message,
      );
      return request.stopOnError;
    }
    const { data, userExpressions, pages } = result;
    if (data !== undefined && !request.silent) {
      publish('execute_result', { execution_count: executionCount, data, metadata: {} }, message);
      if (request.storeHistory) history.setOutput(executionCount, String(data['text/plain']));
    }
    const user_expressions = this.#expressionResults(userExpressions, cell);
    const payload = pages.map((page) => ({ source: 'page', data: page, start: 0 }));
    reply('execute_reply', { status: 'ok', execution_count: executionCount, payload, user_expressions }, message);
    return false;
  }

  /** Something has come from the runtime thread. */
  onRuntime(message: FromRuntime): void {
    switch (message.type) {
      case 'stream':
        return this.#show(message.cell, 'stream', { name: message.name, text: message.text });
      case 'clear':
        return this.#show(message.cell, 'clear_output', { wait: message.wait });
      case 'display': {
        const { data, displayId, isUpdate } = message;
        const transient = displayId === undefined ? {} : { display_id: displayId };
        return this.#show(message.cell, isUpdate ? 'update_display_data' : 'display_data', {
          data,
          metadata: {},
          transient,
        });
      }
      case 'late-failure': {
        const cell = this.#known.get(message.cell);
        if (cell === undefined) return;
        const { traceback } = errorContent(message.failure, cell, (file) => this.#byFile.get(file));
        return this.#show(message.cell, 'stream', { name: 'stderr', text: `${traceback.join('\n')}\n` });
      }
      case 'outcome':
        if (this.#running?.cell === message.cell) this.#running.done(message.outcome);
        return;
      default:
    }
  }

  #show(number: number, type: string, content: Record<string, unknown>): void {
    const cell = this.#known.get(number);
    if (cell !== undefined && !cell.silent && cell.isInterrupted !== true)
      this.#parts.publish(type, content, cell.parent);
  }

  async #run(
    number: number,
    message: JupyterMessage,
    request: ExecuteRequest,
    compiled: CompiledCell | CellSyntaxError,
    cell: KnownCell,
  ): Promise<Extract<CellOutcome, { status: 'ok' }> | { error: ErrorContent }> {
    if (compiled instanceof Error) return { error: syntaxErrorContent(compiled.message, compiled.position, cell) };
    for (const [name, kind] of compiled.names) this.#declared.set(name, kind);
    const userExpressions = await this.#compileExpressions(request.userExpressions);
    const { promise, resolve } = Promise.withResolvers<CellOutcome>();
    this.#running = { cell: number, request: message, done: resolve };
    this.#parts.run({
      type: 'run',
      cell: number,
      file: cell.file,
      code: compiled.code,
      names: [...compiled.names.keys()],
      userExpressions,
    });
    const outcome = await promise;
    this.#running = undefined;
    if (outcome.status === 'ok') return outcome;
    cell.isInterrupted = outcome.failure.name === 'KeyboardInterrupt';
    return { error: this.#failureContent(outcome.failure, cell) };
  }

  #failureContent(failure: Failure, cell: KnownCell): ErrorContent {
    return errorContent(failure, cell, (file) => this.#byFile.get(file));
  }

  #compileExpressions(expressions: Readonly<Record<string, string>>): Promise<Array<{ key: string; code: string }>> {
    const compile = async ([key, expression]: [string, string]): Promise<{ key: string; code: string }> => {
      const compiled = await this.#parts.compiler.compile(expression, this.names);
      if (!(compiled instanceof Error)) return { key, code: compiled.code };
      return { key, code: `(()=>{throw new SyntaxError(${JSON.stringify(compiled.message)})})` };
    };
    return Promise.all(Object.entries(expressions).map(compile));
  }

  #expressionResults(results: Readonly<Record<string, ExpressionResult>>, cell: KnownCell): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(results).map(([key, result]) => [
        key,
        result.status === 'ok'
          ? { status: 'ok', data: result.data, metadata: {} }
          : { status: 'error', ...this.#failureContent(result.failure, cell) },
      ]),
    );
  }

  #remember(
    number: number,
    parent: JupyterMessage,
    { code, silent }: ExecuteRequest,
    compiled: CompiledCell | CellSyntaxError,
  ): KnownCell {
    const start = (): { line: number; column: number } => ({ line: 1, column: 1 });
    const cell: KnownCell = {
      parent,
      silent,
      file: join(this.#parts.folder, `cell-${number}.ts`),
      source: code,
      executionCount: this.#executionCount,
      position: compiled instanceof Error ? start : compiled.position,
      importPosition: compiled instanceof Error ? start : compiled.importPosition,
    };
    this.#known.set(number, cell);
    this.#byFile.set(cell.file, cell);
    const oldest = this.#known.get(number - MAX_KNOWN_CELLS);
    if (oldest !== undefined) {
      this.#known.delete(number - MAX_KNOWN_CELLS);
      this.#byFile.delete(oldest.file);
    }
    return cell;
  }
}

function readRequest(content: Readonly<Record<string, unknown>>): ExecuteRequest {
  const silent = content['silent'] === true;
  const expressions = content['user_expressions'];
  return {
    code: typeof content['code'] === 'string' ? content['code'] : '',
    silent,
    storeHistory: !silent && content['store_history'] !== false,
    userExpressions:
      typeof expressions === 'object' && expressions !== null ? (expressions as Record<string, string>) : {},
    stopOnError: content['stop_on_error'] !== false,
  };
}
