import { dirname } from 'node:path';
import { constants, Script } from 'node:vm';
import type { Shield } from '../shield.ts';
import type { CellOutcome, ExpressionResult, FromRuntime, RunCell } from '../thread-messages.ts';
import { CellHelpers } from './cell-helpers.ts';
import type { ChildProcesses } from './child-processes.ts';
import type { CurrentCell } from './current-cell.ts';
import { failureOf, KeyboardInterrupt } from './failure.ts';
import { DisplayHandle } from './globals.ts';
import { mimeBundle } from './mime-bundle.ts';
import type { Names } from './names.ts';
import type { Output } from './output.ts';

/** What a cell's script gives: a function of the helpers that returns the boxed last value. */
type CellFunction = (helpers: CellHelpers) => [unknown] | undefined | Promise<[unknown] | undefined>;

/** The parts that a session runs cells with. */
export interface SessionParts {
  readonly post: (message: FromRuntime) => void;
  readonly current: CurrentCell;
  readonly output: Output;
  readonly names: Names;
  readonly children: ChildProcesses;
  readonly shield: Shield;
}

interface RunningCell {
  readonly cell: number;
  readonly helpers: CellHelpers;
  /** The names that it declares anew. */
  readonly fresh: readonly string[];
}

/** Runs the cells of a notebook on the main thread, one after another. */
export class Session {
  readonly #parts: SessionParts;
  #running: RunningCell | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Runs a cell; its outputs and its outcome are posted. */
  async run(request: RunCell): Promise<void> {
    const { current, output, shield } = this.#parts;
    const running = shield.protect(() => this.#begin(request));
    let outcome: CellOutcome;
    try {
      outcome = await current.run(request.cell, () => evaluateCell(request, running.helpers));
      await output.displayed(request.cell);
    } catch (error) {
      outcome = { status: 'error', failure: failureOf(isSignalled(error) ? new KeyboardInterrupt() : error) };
    }
    // An interrupted cell has been answered for already.
    if (this.#running === running) shield.protect(() => this.#finish(outcome));
  }

  /**
   * Ends the running cell with a KeyboardInterrupt. The outcome is sent from here rather than by
   * `run`, whose frame does not survive when the interrupt had to terminate a loop.
   */
  interrupt(): void {
    this.#parts.children.interrupt();
    if (this.#running === undefined) return;
    this.#running.helpers.interrupt();
    this.#finish({ status: 'error', failure: failureOf(new KeyboardInterrupt()) });
  }

  #begin(request: RunCell): RunningCell {
    const { names, output, children } = this.#parts;
    const context = { output, children, cell: request.cell };
    const helpers = new CellHelpers(names, context, request.file, dirname(request.file));
    this.#running = { cell: request.cell, helpers, fresh: names.declare(request.names) };
    return this.#running;
  }

  #finish(outcome: CellOutcome): void {
    const { output, names, post } = this.#parts;
    const { cell, helpers, fresh } = this.#running!;
    this.#running = undefined;
    if (outcome.status === 'error') names.withdraw(fresh);
    helpers.end();
    output.flush();
    post({ type: 'outcome', cell, outcome });
  }
}

async function evaluateCell(request: RunCell, helpers: CellHelpers): Promise<CellOutcome> {
  const [value] = (await evaluate(request.code, request.file, helpers)) ?? [];
  const isShown = value === undefined || value instanceof DisplayHandle;
  const data = isShown ? undefined : await mimeBundle(value);
  const userExpressions: Record<string, ExpressionResult> = {};
  for (const { key, code } of request.userExpressions) {
    userExpressions[key] = await evaluateExpression(code, request.file, helpers);
  }
  return { status: 'ok', data, userExpressions, pages: helpers.pages };
}

async function evaluateExpression(code: string, file: string, helpers: CellHelpers): Promise<ExpressionResult> {
  try {
    const [value] = (await evaluate(code, file, helpers)) ?? [];
    return { status: 'ok', data: await mimeBundle(value) };
  } catch (error) {
    return { status: 'error', failure: failureOf(error) };
  }
}

function evaluate(code: string, file: string, helpers: CellHelpers): ReturnType<CellFunction> {
  const script = new Script(code, {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const cell = script.runInThisContext() as CellFunction;
  return breakable(() => cell(helpers));
}

/** Where `CALL` finds what to call. */
const SLOT = Symbol.for('labmill.call');
/** Named as one of Node's own scripts, so that tracebacks leave it out. */
const CALL = new Script(`globalThis[Symbol.for('labmill.call')]()`, { filename: 'node:labmill' });

/** Calls `work` so that SIGINT, too, ends it where it computes: Node offers that for scripts only. */
function breakable<T>(work: () => T): T {
  Object.defineProperty(globalThis, SLOT, { value: work, configurable: true });
  return CALL.runInThisContext({ breakOnSigint: true, displayErrors: false }) as T;
}

function isSignalled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
}
