import { dirname } from 'node:path';
import { formatDuration } from './duration.ts';
import type { MimeBundle, Payload, Source } from '../thread-messages.ts';
import { CellAwaits } from './interrupts/cell-awaits.ts';
import { KeyboardInterrupt, markImport } from './failures/failure.ts';
import { type CellMeta, importMeta } from './import-meta.ts';
import { describeName } from './introspect.ts';
import { type MagicContext, UsageError } from './magics/registry.ts';
import type { LocalModules } from './modules/local-modules.ts';
import type { Names } from './names.ts';

/** What a cell's helpers need of the runtime around them. */
export interface CellParts extends Pick<MagicContext, 'output' | 'children' | 'cell' | 'forget'> {
  /** See `Shield.haltMark`. */
  readonly haltMark: Int32Array;
  readonly names: Names;
  readonly modules: LocalModules;
  /** Runs a source as a part of the cell, with helpers of its own. */
  readonly runSource: (source: Source, helpers: CellHelpers) => Promise<void>;
}

/** What Node says of a package that has types only. */
const WITHOUT_CODE = new Set(['ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED']);

/**
 * What compiled cells call, as `$cell`: one object for each run of a cell.
 * The compiler (`compile/`) writes the calls; the names here are its vocabulary. Magics are loaded when a cell has some: they
 * would cost the kernel's start a tenth.
 */
export class CellHelpers {
  readonly own: Record<string, unknown>;
  readonly fixed: Record<string, unknown>;
  readonly foreign: Record<string, unknown>;
  readonly missing: Record<string, unknown>;
  /** `import.meta` of the cell. */
  readonly meta: CellMeta;
  readonly require: NodeJS.Require;
  /** What the front end is asked to do with the reply. */
  readonly payloads: Payload[];
  /** See `Shield.haltMark`. */
  readonly haltMark: Int32Array;
  /** Whether an interrupt has ended a loop of the cell. */
  isHalted = false;
  readonly #names: Names;
  readonly #context: MagicContext;
  #started = 0;
  #isTimed = false;
  readonly #awaits: CellAwaits;
  /** What is to be done at the end; a part of a cell leaves it to the whole. */
  readonly #endings: Array<() => void> = [];

  /**
   * @param whole the helpers of the cell that runs `file` as a part of it; an interrupt ends both
   */
  constructor(parts: CellParts, file: string, whole?: CellHelpers) {
    const { names } = parts;
    const folder = dirname(file);
    this.#names = names;
    this.own = names.own;
    this.fixed = names.fixed;
    this.foreign = names.foreign;
    this.missing = names.missing;
    this.meta = importMeta(file);
    this.require = parts.modules.require(file);
    this.payloads = whole?.payloads ?? [];
    this.haltMark = parts.haltMark;
    this.#awaits = whole === undefined ? new CellAwaits() : whole.#awaits;
    const runSource = (source: Source): Promise<void> =>
      parts.runSource(source, new CellHelpers(parts, source.file, this));
    const onEnd = whole === undefined ? (ending: () => void) => void this.#endings.push(ending) : whole.#context.onEnd;
    this.#context = { ...parts, payloads: this.payloads, folder, require: this.require, runSource, onEnd };
  }

  /** Ends the cell behind a loop that an interrupt has ended. */
  halt(): never {
    this.isHalted = true;
    throw new KeyboardInterrupt();
  }

  /** Gives a hoisted function the name that it was declared with. */
  named(value: (...args: never[]) => unknown, name: string): unknown {
    return Object.defineProperty(value, 'name', { value: name, configurable: true });
  }

  /** Returns a module after checking that it exports what the cell imports by name. */
  async load(
    module: Promise<Record<string, unknown>>,
    wanted: readonly string[],
    specifier: string,
    offset: number,
  ): Promise<unknown> {
    try {
      const exports = await this.guard(module);
      const missing = wanted.find((name) => !(name in exports));
      if (missing === undefined) return this.check(exports);
      throw new SyntaxError(
        `The requested module ${JSON.stringify(specifier)} does not provide an export named '${missing}'. ` +
          'If it is a type, import it with `import type`.',
      );
    } catch (error) {
      markImport(error, offset, this.meta.filename);
      throw error;
    }
  }

  /** Returns a module of which the cell uses types only: one that has no code counts as empty. */
  async loadTypes(module: Promise<Record<string, unknown>>, offset: number): Promise<unknown> {
    const types = module.catch((error: unknown) => {
      if (WITHOUT_CODE.has((error as NodeJS.ErrnoException).code ?? '')) return {};
      throw error;
    });
    return this.load(types, [], '', offset);
  }

  /** What JSX calls, where no cell has declared it before: looked up late, in case that one does. */
  get jsx(): Record<string, unknown> {
    return new Proxy(Object.create(null) as Record<string, unknown>, {
      get: (_, name) => this.#jsxFactory(String(name)),
    });
  }

  #jsxFactory(name: string): unknown {
    if (this.#names.has(name)) return this.#names.get(name);
    throw new ReferenceError(
      `${name} is not defined, and JSX becomes calls of it. Import it, or name what to call: ` +
        '/** @jsx h */ for a function, /** @jsxImportSource preact */ for a package.',
    );
  }

  /** Returns a function that is called next: without a `this`. */
  bare<T>(value: T): T {
    return value;
  }

  /** See `CellAwaits`. */
  check<T>(value: T): T {
    return this.#awaits.check(value);
  }

  /** See `CellAwaits`. */
  guard<T>(awaited: T): T | Promise<Awaited<T>> {
    return this.#awaits.guard(awaited);
  }

  /** See `CellAwaits`. */
  each<T>(items: AsyncIterable<T> | Iterable<T | PromiseLike<T>>): AsyncIterable<T> {
    return this.#awaits.each(items);
  }

  /** Ends the cell where it waits, or at its next `await`; returns whether it waits. */
  interrupt(): boolean {
    return this.#awaits.interrupt();
  }

  /** Runs `!command`. */
  async shell(parts: readonly string[], values: readonly unknown[]): Promise<void> {
    const { shell } = await this.#awaits.outcome(import('./magics/shell.ts'));
    return this.#awaits.outcome(shell(interpolated(parts, values), this.#context));
  }

  /** Runs `lines = !command`. */
  async capture(parts: readonly string[], values: readonly unknown[]): Promise<string[]> {
    const { capture } = await this.#awaits.outcome(import('./magics/shell.ts'));
    return this.#awaits.outcome(capture(interpolated(parts, values), this.#context));
  }

  /** Runs `%name arguments`. */
  async magic(name: string, parts: readonly string[], values: readonly unknown[]): Promise<unknown> {
    const { runLineMagic } = await this.#awaits.outcome(import('./magics/run-magic.ts'));
    return this.#awaits.outcome(runLineMagic(name, interpolated(parts, values), this.#context));
  }

  /** Runs `%%name arguments`. */
  async cellMagic(name: string, args: string, body: string): Promise<[unknown]> {
    const { runCellMagic } = await this.#awaits.outcome(import('./magics/run-magic.ts'));
    return [await runCellMagic(name, args, body, this.#context)];
  }

  /** Runs `%timeit` and `%%timeit`: what `setup` returns is measured. */
  async timeit(options: string, setup: () => unknown): Promise<void> {
    const { measure } = await this.#awaits.outcome(import('./magics/timeit.ts'));
    const statement = (await setup()) as () => unknown;
    const summary = await measure(options, statement, () => this.#awaits.isInterrupted);
    this.#context.output.write('stdout', summary, this.#context.cell);
  }

  /** Runs `name?`, or `name??` for all of it: what the name, or the magic, stands for is shown in the front end's pager. */
  async help(name: string, isDetailed: boolean): Promise<void> {
    this.payloads.push({ source: 'page', data: await this.#describe(name, isDetailed ? 1 : 0), start: 0 });
  }

  async #describe(name: string, detail: 0 | 1): Promise<MimeBundle> {
    if (name.startsWith('%')) {
      const { describeMagic } = await this.#awaits.outcome(import('./magics/run-magic.ts'));
      return { 'text/plain': describeMagic(name) };
    }
    const description = describeName(name.split('.'), this.#names, detail);
    if (description === undefined) throw new UsageError(`${name}?: there is nothing of this name`);
    return description;
  }

  now(): number {
    return performance.now();
  }

  /** Prints how long an expression took whose evaluation began at `started`, and returns its value. */
  timed<T>(started: number, value: T): T {
    this.#printTime(performance.now() - started);
    return value;
  }

  startTimer(): void {
    this.#started = performance.now();
  }

  stopTimer(): void {
    this.#printTime(performance.now() - this.#started);
  }

  /** `%%time`: the time is printed when the cell has ended. */
  timeCell(): void {
    this.#isTimed = true;
    this.startTimer();
  }

  /** Called by the runtime when the cell has ended. */
  end(): void {
    if (this.#isTimed) this.stopTimer();
    for (const ending of this.#endings.toReversed()) ending();
  }

  #printTime(elapsedMs: number): void {
    this.#context.output.write('stdout', `Wall time: ${formatDuration(elapsedMs)}\n`, this.#context.cell);
  }
}

function interpolated(parts: readonly string[], values: readonly unknown[]): string {
  return parts.map((part, index) => (index === 0 ? part : `${String(values[index - 1])}${part}`)).join('');
}
