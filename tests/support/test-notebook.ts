import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { compileCell } from '../../src/kernel/compile/compile-cell.ts';
import type { NameKind } from '../../src/kernel/compile/declarations.ts';
import { ChildProcesses } from '../../src/kernel/runtime/child-processes.ts';
import { CurrentCell } from '../../src/kernel/runtime/current-cell.ts';
import { Names } from '../../src/kernel/runtime/names.ts';
import { Output } from '../../src/kernel/runtime/output.ts';
import { Shield } from '../../src/kernel/shield.ts';
import { Session } from '../../src/kernel/runtime/session.ts';
import type { CellOutcome, FromRuntime } from '../../src/kernel/thread-messages.ts';

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
  readonly declared = new Map<string, NameKind>();
  readonly names = new Names();
  readonly session: Session;
  readonly #folder: string;
  #cells = 0;

  constructor(folder: string) {
    const post = (message: FromRuntime): void => void this.posted.push(message);
    const current = new CurrentCell();
    const output = new Output(post, current);
    this.#folder = folder;
    const shield = new Shield();
    const children = new ChildProcesses(output, shield);
    this.session = new Session({ post, current, output, names: this.names, children, shield });
  }

  /** Compiles a cell and runs it. */
  async run(source: string): Promise<CellRun> {
    const { code, names } = compileCell(source, { declared: this.declared, builtins: this.names.builtins });
    for (const [name, kind] of names) this.declared.set(name, kind);
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

  /** Takes the notebook's names off the global object. */
  close(): void {
    for (const name of this.declared.keys()) {
      if (!this.names.builtins.has(name)) Reflect.deleteProperty(globalThis, name);
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
