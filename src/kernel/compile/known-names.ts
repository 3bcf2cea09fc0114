import type { CompiledCell, NotebookNames } from './compile-cell.ts';
import type { NameKind } from './declarations.ts';
import type { JsxOptions } from './lower/jsx.ts';

/** What the compiler knows of the names of one notebook, cell after cell. */
export class KnownNames implements NotebookNames {
  readonly declared: Map<string, NameKind> = new Map();
  readonly forgotten: Set<string> = new Set();
  readonly captured: Set<string> = new Set();
  builtins: ReadonlySet<string> = new Set();
  readonly folder: string;
  jsx: JsxOptions | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** A cell is about to run. */
  declare({ names, captured, jsx }: Pick<CompiledCell, 'names' | 'captured' | 'jsx'>): void {
    this.jsx = jsx ?? this.jsx;
    for (const name of captured) this.captured.add(name);
    for (const [name, kind] of names) {
      this.declared.set(name, kind);
      this.forgotten.delete(name);
    }
  }

  /** These names have no value any more. */
  forget(names: readonly string[]): void {
    for (const name of names) {
      this.declared.delete(name);
      this.forgotten.add(name);
    }
  }
}
