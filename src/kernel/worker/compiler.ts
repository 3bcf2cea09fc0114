import type { CellSyntaxError, CompiledCell, NotebookNames } from '../compile/compile-cell.ts';
import type { Completeness } from '../compile/is-complete.ts';

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
      throw error;
    }
  }

  /** Answers `is_complete_request`. */
  async completeness(source: string, names: NotebookNames): Promise<Completeness> {
    const { isComplete } = await this.#load();
    return isComplete(source, names);
  }

  /** Loads the compiler and lets it compile a sample, so that the first cell does not pay for its first time. */
  async warmUp(): Promise<void> {
    await this.compile(SAMPLE, { declared: new Map(), builtins: new Set() });
  }

  #load(): ReturnType<typeof load> {
    return (this.#parts ??= load());
  }
}

async function load() {
  const [cell, completeness] = [await import('../compile/compile-cell.ts'), await import('../compile/is-complete.ts')];
  return { ...cell, ...completeness };
}
