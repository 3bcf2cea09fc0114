import type { NameKind } from './declarations.ts';
import type { Edits } from './edits.ts';
import type { Reference } from './references.ts';

/** What other kernels offer their cells; on the global object, packages would think that they run in Deno. */
const FOREIGN_NAMES = new Set(['Deno', 'tslab']);

/** Where the notebook's names are declared; see `NotebookNames`. */
export interface DeclaredNames {
  readonly declared: ReadonlyMap<string, NameKind>;
  readonly forgotten: ReadonlySet<string>;
  readonly builtins: ReadonlySet<string>;
}

/**
 * Leads names that are no plain variables to where they live.
 *
 * @param names what the cell itself declares
 * @param locals see `keepLoopLocals`
 */
export function redirectReferences(
  references: readonly Reference[],
  edits: Edits,
  names: ReadonlyMap<string, NameKind>,
  locals: ReadonlyMap<Reference, string>,
  notebook: DeclaredNames,
): void {
  for (const reference of references) {
    const { name, start, end, kind, isShorthand, owner } = reference;
    const local = locals.get(reference);
    if (local !== undefined) {
      edits.replace(start, end, isShorthand ? `${name}:${local}` : local);
      continue;
    }
    const object = owner ?? objectOf(reference, names.get(name) ?? notebook.declared.get(name), notebook);
    if (object === undefined) continue;
    const target = `${object}.${name}`;
    // As a method's call, it would give the function a `this`.
    const code = kind === 'call' ? `$cell.bare(${target})` : target;
    edits.replace(start, end, isShorthand ? `${name}:${code}` : code);
  }
}

/** Returns the code of the object that has the name, if it is not a variable. */
function objectOf(
  { name, kind }: Reference,
  nameKind: NameKind | undefined,
  { forgotten, builtins }: DeclaredNames,
): string | undefined {
  if (nameKind === undefined) {
    if (FOREIGN_NAMES.has(name)) return '$cell.foreign';
    return forgotten.has(name) && kind !== 'typeof' ? '$cell.missing' : undefined;
  }
  if (kind === 'write' && (nameKind === 'const' || nameKind === 'import')) return '$cell.fixed';
  return builtins.has(name) ? '$cell.own' : undefined;
}
