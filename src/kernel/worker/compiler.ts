import type { CellSyntaxError } from '../compile/cell-syntax-error.ts';
import type { CompiledCell, NotebookNames } from '../compile/compile-cell.ts';
import type { Completeness } from '../compile/is-complete.ts';
import { KnownNames } from '../compile/known-names.ts';

/** A cell with something of everything. */
const SAMPLE = `import { join } from 'node:path';
const total: number = [1, 2].reduce((sum, value) => sum + value);
class Pair<T> { constructor(readonly first: T) {} }
function twice(value: number): number { return 2 * value; }
await Promise.resolve(total as number);
({ total })`;

/**
 * The cell compiler of `compile/`, loaded when it is first needed: its native parts would cost the kernel's start a sixth,
 * and a client's first question is never a cell.
 */
export class Compiler {
  #parts: ReturnType<typeof load> | undefined;

  /** Returns a compiled cell, or what is wrong with it. */
  async compile(source: string, names: NotebookNames): Promise<CompiledCell | CellSyntaxError> {
    const { compileCell, CellSyntaxError } = await this.#load();
    try {
      return compileCell(source, names);
    } catch (error) {
      if (error instanceof CellSyntaxError) return error;
      // A defect of the compiler fails the cell, not the kernel.
      return new CellSyntaxError(`the cell compiler failed: ${String(error)}`, { line: 1, column: 1 });
    }
  }

  /** Answers `is_complete_request`. */
  async completeness(source: string, names: NotebookNames): Promise<Completeness> {
    const { isComplete } = await this.#load();
    return isComplete(source, names);
  }

  /** Loads the compiler and lets it compile a sample, so that the first cell does not pay for its first time. */
  async warmUp(): Promise<void> {
    await this.compile(SAMPLE, new KnownNames(''));
  }

  #load(): ReturnType<typeof load> {
    return (this.#parts ??= load());
  }
}

async function load() {
  const { compileCell } = await import('../compile/compile-cell.ts');
  const { CellSyntaxError } = await import('../compile/cell-syntax-error.ts');
  const { isComplete } = await import('../compile/is-complete.ts');
  return { compileCell, CellSyntaxError, isComplete };
}
