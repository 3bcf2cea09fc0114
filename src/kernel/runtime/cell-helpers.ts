import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { formatDuration } from './duration.ts';
import type { MimeBundle } from '../thread-messages.ts';
import { KeyboardInterrupt, markImport } from './failure.ts';
import { describeName } from './introspect.ts';
import { type MagicContext, runCellMagic, runLineMagic, UsageError } from './magics.ts';
import type { Names } from './names.ts';

/** How often an interrupted cell may await once more: enough for `finally`, not for a loop that catches every error. */
const MAX_LATE_AWAITS = 10;

/**
 * What compiled cells call, as `$cell`: one object for each run of a cell.
 * The compiler (`compile/`) writes the calls; the names here are its vocabulary.
 */
export class CellHelpers {
  readonly own: Record<string, unknown>;
  readonly fixed: Record<string, unknown>;
  /** `import.meta` of the cell. */
  readonly meta: { readonly url: string; readonly filename: string; readonly dirname: string };
  readonly require: NodeJS.Require;
  /** What the front end is asked to show in its pager. */
  readonly pages: MimeBundle[] = [];
  readonly #names: Names;
  readonly #context: MagicContext;
  #started = 0;
  #isTimed = false;
  #interrupt: 'none' | 'asked' | 'thrown' = 'none';
  #lateAwaits = 0;

  constructor(names: Names, context: MagicContext, file: string, folder: string) {
    this.#names = names;
    this.own = names.own;
    this.fixed = names.fixed;
    this.#context = context;
    this.meta = { url: pathToFileURL(file).href, filename: file, dirname: folder };
    this.require = createRequire(file);
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
      const exports = await module;
      const missing = wanted.find((name) => !(name in exports));
      if (missing === undefined) return this.check(exports);
      throw new SyntaxError(
        `The requested module ${JSON.stringify(specifier)} does not provide an export named '${missing}'. ` +
          'If it is a type, import it with `import type`.',
      );
    } catch (error) {
      markImport(error, offset);
      throw error;
    }
  }

  /** Passes a value on that the cell has awaited; the first one after an interrupt ends the cell instead. */
  check<T>(value: T): T {
    if (this.#interrupt !== 'asked') return value;
    this.#interrupt = 'thrown';
    throw new KeyboardInterrupt();
  }

  /** Passes on what the cell is about to await; a cell that goes on after its interrupt at last waits forever. */
  guard<T>(awaited: T): T | Promise<never> {
    if (this.#interrupt !== 'thrown' || ++this.#lateAwaits <= MAX_LATE_AWAITS) return awaited;
    return new Promise(() => {});
  }

  /** Ends the cell at its next top-level `await`. */
  interrupt(): void {
    this.#interrupt = 'asked';
  }

  /** Runs `!command`; the exit code is kept in `_exitCode`, and shown when it is not 0. */
  async shell(parts: readonly string[], values: readonly unknown[]): Promise<void> {
    const command = interpolated(parts, values);
    const { children, cell, output } = this.#context;
    const isWindows = process.platform === 'win32';
    const exitCode = await (isWindows
      ? children.run('cmd.exe', ['/d', '/s', '/c', command], cell)
      : children.run('/bin/sh', ['-c', command], cell));
    this.check(undefined);
    Object.assign(globalThis, { _exitCode: exitCode });
    if (exitCode !== 0) output.write('stderr', `[exit code: ${exitCode ?? 'ended by a signal'}]\n`, cell);
  }

  /** Runs `%name arguments`. */
  async magic(name: string, parts: readonly string[], values: readonly unknown[]): Promise<unknown> {
    return this.check(await runLineMagic(name, interpolated(parts, values), this.#context));
  }

  /** Runs `%%name arguments`. */
  async cellMagic(name: string, args: string, body: string): Promise<void> {
    await runCellMagic(name, args, body, this.#context);
  }

  /** Runs `name?`: what the name stands for is shown in the front end's pager. */
  help(name: string): void {
    const description = describeName(name.split('.'), this.#names);
    if (description === undefined) throw new UsageError(`${name}?: there is nothing of this name`);
    this.pages.push(description);
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
  }

  #printTime(elapsedMs: number): void {
    this.#context.output.write('stdout', `Wall time: ${formatDuration(elapsedMs)}\n`, this.#context.cell);
  }
}

function interpolated(parts: readonly string[], values: readonly unknown[]): string {
  return parts.map((part, index) => (index === 0 ? part : `${String(values[index - 1])}${part}`)).join('');
}
