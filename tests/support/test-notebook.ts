import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CellSyntaxError } from '../../src/kernel/compile/cell-syntax-error.ts';
import { compileCell } from '../../src/kernel/compile/compile-cell.ts';
import { KnownNames } from '../../src/kernel/compile/known-names.ts';
import { ChildProcesses } from '../../src/kernel/runtime/child-processes.ts';
import { CurrentCell } from '../../src/kernel/runtime/current-cell.ts';
import { InterruptedTimers } from '../../src/kernel/runtime/interrupts/interrupted-timers.ts';
import { LateFailures } from '../../src/kernel/runtime/failures/late-failures.ts';
import { LocalModules } from '../../src/kernel/runtime/modules/local-modules.ts';
import { SourceCompiler } from '../../src/kernel/runtime/modules/source-compiler.ts';
import { Names } from '../../src/kernel/runtime/names.ts';
import { Output } from '../../src/kernel/runtime/output.ts';
import { Shield } from '../../src/kernel/shield.ts';
import { Session } from '../../src/kernel/runtime/session.ts';
import type { CellOutcome, Compiled, CompileSource, FromRuntime } from '../../src/kernel/thread-messages.ts';

/** How a cell ended, and what it printed. */
export interface CellRun {
  readonly outcome: CellOutcome;
  /** What its last expression is shown as. */
  readonly shown: unknown;
  /** `name: message` of its error. */
  readonly error: string | undefined;
  readonly printed: string;
}

/** A notebook whose cells are compiled and run in the test's own thread: no sockets, no protocol. */
export class TestNotebook {
  readonly posted: FromRuntime[] = [];
  readonly known: KnownNames;
  readonly names = new Names();
  readonly modules: LocalModules;
  readonly session: Session;
  readonly #folder: string;
  #cells = 0;

  constructor(folder: string) {
    const post = (message: FromRuntime): void => {
      this.posted.push(message);
      if (message.type === 'forgot') this.known.forget(message.names);
      if (message.type === 'compile') sources.onCompiled(this.#compile(message));
    };
    const current = new CurrentCell();
    const output = new Output(post, current);
    this.#folder = folder;
    this.known = new KnownNames(folder);
    this.known.builtins = this.names.builtins;
    const shield = new Shield();
    this.modules = new LocalModules(shield);
    const children = new ChildProcesses(output, shield);
    const { modules, names } = this;
    const sources = new SourceCompiler(post);
    const late = new LateFailures({ post, current, output });
    const timers = new InterruptedTimers(current);
    this.session = new Session({ post, current, output, names, children, modules, sources, shield, late, timers });
  }

  /** Compiles a cell and runs it. */
  async run(source: string): Promise<CellRun> {
    const compiled = compileCell(source, this.known);
    const { code, names } = compiled;
    this.known.declare(compiled);
    const cell = ++this.#cells;
    const file = join(this.#folder, `cell-${cell}.ts`);
    await this.session.run({ type: 'run', cell, file, code, names: [...names.keys()], userExpressions: [] });
    return this.#runOf(cell);
  }

  /** Runs cells one after another and returns what the last one shows; a failure counts as `name: message`. */
  async show(...sources: readonly string[]): Promise<unknown> {
    let last: CellRun | undefined;
    for (const source of sources) last = await this.run(source);
    return last?.error ?? last?.shown;
  }

  /** Takes the notebook's names back. */
  close(): void {
    this.names.forget(this.names.list());
    this.modules.close();
  }

  /** Answers as the protocol thread does. */
  #compile({ request, source }: CompileSource): Compiled {
    try {
      const compiled = compileCell(source.text, this.known);
      this.known.declare(compiled);
      return { type: 'compiled', request, status: 'ok', code: compiled.code, names: [...compiled.names.keys()] };
    } catch (error) {
      const { message, position } = error as CellSyntaxError;
      return { type: 'compiled', request, status: 'error', message, ...position };
    }
  }

  #runOf(cell: number): CellRun {
    const messages = this.posted.filter((message) => 'cell' in message && message.cell === cell);
    const { outcome } = messages.findLast((message) => message.type === 'outcome')!;
    return {
      outcome,
      shown: outcome.status === 'ok' ? outcome.data?.['text/plain'] : undefined,
      error: outcome.status === 'ok' ? undefined : `${outcome.failure.name}: ${outcome.failure.message}`,
      printed: messages.map((message) => (message.type === 'stream' ? message.text : '')).join(''),
    };
  }
}

/** Returns a fresh notebook in `folder`; its names are gone when the test ends. */
export function aTestNotebook(folder: string = tmpdir()): TestNotebook {
  const notebook = new TestNotebook(folder);
  onTestFinished(() => notebook.close());
  return notebook;
}
