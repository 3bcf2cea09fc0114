import { constants, Script } from 'node:vm';
import type { Shield } from '../shield.ts';
import type { CellOutcome, ExpressionResult, FromRuntime, RunCell, Source } from '../thread-messages.ts';
import { callUserCode } from './call-user-code.ts';
import { CellHelpers } from './cell-helpers.ts';
import type { ChildProcesses } from './child-processes.ts';
import type { CurrentCell } from './current-cell.ts';
import { failureOf, KeyboardInterrupt } from './failures/failure.ts';
import { isShownAlready } from './display/display-handle.ts';
import { metadataOf } from './display/fragment.ts';
import type { LateFailures } from './failures/late-failures.ts';
import { mimeBundle } from './display/mime-bundle.ts';
import type { InterruptedTimers } from './interrupts/interrupted-timers.ts';
import type { LocalModules } from './modules/local-modules.ts';
import type { SourceCompiler } from './modules/source-compiler.ts';
import type { Names } from './names.ts';
import type { Output } from './output.ts';

/** How long an interrupted cell that waited has for its `finally` blocks before it is answered for, in milliseconds. */
const CLEAN_UP_MS = 20;

/** What a cell's script gives: a function of the helpers that returns the boxed last value. */
type CellFunction = (helpers: CellHelpers) => [unknown] | undefined | Promise<[unknown] | undefined>;

/** The parts that a session runs cells with. */
export interface SessionParts {
  readonly post: (message: FromRuntime) => void;
  readonly current: CurrentCell;
  readonly output: Output;
  readonly names: Names;
  readonly children: ChildProcesses;
  readonly modules: LocalModules;
  readonly sources: Pick<SourceCompiler, 'compile'>;
  readonly shield: Shield;
  readonly late: LateFailures;
  readonly timers: Pick<InterruptedTimers, 'stop'>;
}

interface RunningCell {
  readonly cell: number;
  readonly helpers: CellHelpers;
  /** The names that it declares anew. */
  fresh: readonly string[];
  isInterrupted: boolean;
}

/** Runs the cells of a notebook on the main thread. Where one awaits, those of other shells run. */
export class Session {
  readonly #parts: SessionParts;
  readonly #running = new Set<RunningCell>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Runs a cell; its outputs and its outcome are posted. */
  async run(request: RunCell): Promise<void> {
    const { current, output, names, modules, shield, late, timers } = this.#parts;
    const running = shield.protect(() => this.#begin(request));
    let outcome: CellOutcome;
    try {
      running.fresh = shield.protect(() => names.declare(request.names));
      modules.beforeCell(request.file, request.code);
      outcome = await current.run(request.cell, () => evaluateCell(request, running.helpers));
      await output.displayed(request.cell);
    } catch (error) {
      if (running.helpers.isHalted) timers.stop(request.cell);
      outcome = { status: 'error', failure: failureOf(error) };
    }
    await late.settle();
    shield.protect(() => this.#finish(running, outcome));
  }

  /**
   * Ends all running cells with a KeyboardInterrupt. Outcomes are sent from here rather than by `run`, whose frame does not
   * survive when the interrupt had to terminate a loop; a cell that only waits ends by itself, with its `finally` blocks.
   */
  interrupt(): void {
    const { children, modules, shield, timers } = this.#parts;
    children.interrupt();
    modules.abandon();
    for (const running of this.#running) {
      const end = (): void => this.#finish(running, { status: 'error', failure: failureOf(new KeyboardInterrupt()) });
      timers.stop(running.cell);
      const cleansUp = !running.isInterrupted && running.helpers.interrupt();
      running.isInterrupted = true;
      if (cleansUp) setTimeout(() => shield.protect(end), CLEAN_UP_MS).unref();
      else end();
    }
  }

  /** The cells that run. */
  get cells(): ReadonlySet<number> {
    return new Set([...this.#running].map(({ cell }) => cell));
  }

  #begin(request: RunCell): RunningCell {
    const { names, output, children, modules, post, shield } = this.#parts;
    const forget = (list: readonly string[]): void => {
      names.forget(list);
      // What the cell itself declares it goes on to use.
      names.declare(request.names);
      post({ type: 'forgot', names: list.filter((name) => !request.names.includes(name)) });
    };
    const runSource = (source: Source, part: CellHelpers): Promise<void> => this.#runSource(source, part, running);
    const { haltMark } = shield;
    const parts = { output, children, names, modules, cell: request.cell, forget, runSource, haltMark };
    const helpers = new CellHelpers(parts, request.file);
    const running: RunningCell = { cell: request.cell, helpers, fresh: [], isInterrupted: false };
    this.#running.add(running);
    return running;
  }

  /** Runs a source as a part of a running cell, to its end. */
  async #runSource(source: Source, helpers: CellHelpers, running: RunningCell): Promise<void> {
    const { names, modules, sources, shield } = this.#parts;
    const compiled = await sources.compile(source);
    // It may have been interrupted meanwhile.
    helpers.check(undefined);
    shield.protect(() => (running.fresh = [...running.fresh, ...names.declare(compiled.names)]));
    modules.beforeCell(source.file, compiled.code);
    try {
      await evaluate(compiled.code, source.file, helpers);
    } finally {
      helpers.end();
    }
  }

  /** Posts the outcome of a cell, unless it was answered for already. */
  #finish(running: RunningCell, outcome: CellOutcome): void {
    if (!this.#running.delete(running)) return;
    const { names, post } = this.#parts;
    const { cell, helpers, fresh } = running;
    const forgotten = outcome.status === 'error' ? names.withdraw(fresh) : [];
    if (forgotten.length > 0) post({ type: 'forgot', names: forgotten });
    helpers.end();
    post({ type: 'outcome', cell, outcome });
  }
}

async function evaluateCell(request: RunCell, helpers: CellHelpers): Promise<CellOutcome> {
  const [value] = (await evaluate(request.code, request.file, helpers)) ?? [];
  const data = isShownAlready(value) ? undefined : await mimeBundle(value);
  const userExpressions: Record<string, ExpressionResult> = {};
  for (const { key, code } of request.userExpressions) {
    userExpressions[key] = await evaluateExpression(code, request.file, helpers);
  }
  return { status: 'ok', data, metadata: metadataOf(value), userExpressions, payloads: helpers.payloads };
}

async function evaluateExpression(code: string, file: string, helpers: CellHelpers): Promise<ExpressionResult> {
  try {
    const [value] = (await evaluate(code, file, helpers)) ?? [];
    return { status: 'ok', data: await mimeBundle(value) };
  } catch (error) {
    if (error instanceof KeyboardInterrupt) throw error;
    return { status: 'error', failure: failureOf(error) };
  }
}

function evaluate(code: string, file: string, helpers: CellHelpers): ReturnType<CellFunction> {
  const script = new Script(code, {
    filename: file,
    // See `CompiledCell.code`.
    lineOffset: -1,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const cell = script.runInThisContext() as CellFunction;
  return callUserCode(() => cell(helpers));
}
