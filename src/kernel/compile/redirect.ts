import type { NameKind } from './declarations.ts';
import type { Edits } from './edits.ts';
import type { Reference } from './references.ts';

/** What other kernels offer their cells; on the global object, packages would think that they run in Deno. */
const FOREIGN_NAMES = new Set(['Deno', 'tslab']);

/** The names that a notebook has had so far. */
export interface DeclaredNames {
  /** How the names of earlier cells were declared. */
  readonly declared: ReadonlyMap<string, NameKind>;
  /** Names that were declared and have no value any more: a failed cell never came to them, or `%reset` took them back. */
  readonly forgotten: ReadonlySet<string>;
  /** Names that Node itself puts on the global object; a cell's own go elsewhere (see `compileCell`). */
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
    const { name, start, end, isShorthand } = reference;
    const kind = names.get(name) ?? notebook.declared.get(name);
    const code = locals.get(reference) ?? propertyCode(reference, kind, notebook);
    if (code !== undefined) edits.replace(start, end, isShorthand ? `${name}:${code}` : code);
  }
}

/** Returns the code of a name that is a property of some object. */
function propertyCode(
  reference: Reference,
  nameKind: NameKind | undefined,
  notebook: DeclaredNames,
): string | undefined {
  const object = reference.owner ?? objectOf(reference, nameKind, notebook);
  if (object === undefined) return undefined;
  const target = `${object}.${reference.name}`;
  // As a method's call, it would give the function a `this`.
  return reference.kind === 'call' ? `$cell.bare(${target})` : target;
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
