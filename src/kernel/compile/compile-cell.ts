import { type OxcError, parseSync, type Span } from 'oxc-parser';
import { type NameKind, rewriteDeclarations } from './declarations.ts';
import { Edits, offsetAt, type Position, positionAt } from './edits.ts';
import { eraseTypes } from './erase-types.ts';
import { cellMagic, expandMagics, mayHaveMagics } from './magics.ts';
import { child, list, type Node, optionalChild } from './node.ts';
import { analyseScope, type Reference } from './references.ts';
import { findUnsupported } from './unsupported.ts';

/** What the compiler must know of the notebook to compile its next cell. */
export interface NotebookNames {
  /** How the names of earlier cells were declared. */
  readonly declared: ReadonlyMap<string, NameKind>;
  /** Names that Node itself puts on the global object; a cell's own go elsewhere (see `compileCell`). */
  readonly builtins: ReadonlySet<string>;
}

/** A cell ready to run. */
export interface CompiledCell {
  /** A script whose value is a function of the cell's helpers (`$cell`); async when the cell awaits. */
  readonly code: string;
  /** The names that it declares. */
  readonly names: ReadonlyMap<string, NameKind>;
  /** Leads a position of `code` back to the cell's source. */
  readonly position: (generated: Position) => Position;
  /** Leads the offset that an import declaration carries (`$cell.load`) back to the cell's source. */
  readonly importPosition: (offset: number) => Position;
}

/** A cell that is no program: what is wrong, and where. */
export class CellSyntaxError extends Error {
  override readonly name: string = 'SyntaxError';
  readonly position: Position;
  /** Whether more text could make the cell complete. */
  readonly isIncomplete: boolean;

  constructor(message: string, position: Position, isIncomplete = false) {
    super(message);
    this.position = position;
    this.isIncomplete = isIncomplete;
  }
}

/**
 * Compiles one cell: magics become calls, types are erased, top-level declarations become assignments
 * to the notebook's names, and the last expression becomes the cell's value.
 *
 * A declaration named as one of Node's own globals (`const crypto = …`) must not replace the
 * real one, which packages read; such a name lives in `$cell.own`, and its uses are rewritten.
 * A top-level `await` goes through `$cell.guard` and `$cell.check`, where an interrupted cell ends.
 * An assignment to a `const` of this or an earlier cell goes to `$cell.fixed`, which throws as JavaScript does.
 *
 * @throws CellSyntaxError
 */
export function compileCell(source: string, notebook: NotebookNames): CompiledCell {
  const magic = cellMagic(source);
  if (magic !== undefined) {
    const { name, args, body } = magic;
    const code = `(async($cell)=>$cell.cellMagic(${JSON.stringify(name)},${JSON.stringify(args)},${JSON.stringify(body)}))`;
    const start = (): Position => ({ line: 1, column: 1 });
    return { code, names: new Map(), position: start, importPosition: start };
  }
  const expanded = mayHaveMagics(source) ? expandMagics(source) : undefined;
  const text = expanded?.text ?? source;
  const toSource = (offset: number): number => expanded?.origin(offset) ?? offset;

  const { program, importMetas, edits, shift } = parseCell(text, (offset) => positionAt(source, toSource(offset)));
  const unsupported = findUnsupported(program);
  if (unsupported !== undefined) {
    throw new CellSyntaxError(unsupported.message, positionAt(source, toSource(unsupported.start - shift)));
  }
  const typeNames = eraseTypes(program, edits);
  const { references, hasTopLevelAwait, topLevelAwaits } = analyseScope(program);
  const valueNames = new Set(references.map(({ name }) => name));
  boxLastExpression(program, edits);
  const { names, prologue, hasImports } = rewriteDeclarations(program, edits, typeNames, valueNames, (name) =>
    notebook.builtins.has(name) ? `$cell.own.${name}` : name,
  );
  for (const await_ of topLevelAwaits) guardAwait(await_, edits);
  redirectReferences(references, edits, names, notebook);
  for (const { start, end } of importMetas) edits.replace(start, end, '$cell.meta');

  const isAsync = hasTopLevelAwait || hasImports || expanded?.hasAwait === true;
  const { text: body, origin } = edits.apply();
  const head = `(${isAsync ? 'async' : ''}($cell)=>{"use strict";${prologue}`;
  return {
    code: `${head}${body}\n})`,
    names,
    position: (generated) => {
      const onBody = generated.line === 1 ? generated.column - head.length : generated.column;
      const offset = origin(offsetAt(body, { line: generated.line, column: Math.max(1, onBody) })) - shift;
      return positionAt(source, toSource(Math.max(0, offset)));
    },
    importPosition: (offset) => positionAt(source, toSource(offset - shift)),
  };
}

interface ParsedCell {
  readonly program: Node;
  /** Where `import.meta` stands. */
  readonly importMetas: readonly Span[];
  readonly edits: Edits;
  /** How far the parsed text is shifted against the cell (one for the parenthesis around an object literal). */
  readonly shift: number;
}

/** Parses a cell; one that reads as a block but is meant as an object literal (`{ a: 1, b: 2 }`) is parsed as that. */
function parseCell(text: string, place: (offset: number) => Position): ParsedCell {
  if (/^\s*\{/.test(text)) {
    const trimmed = text.trimEnd().replace(/;$/, '');
    const object = parse(`(${trimmed}\n)`);
    const [statement, ...others] = list(object.program, 'body');
    const expression = statement === undefined ? undefined : optionalChild(statement, 'expression');
    if (
      object.errors.length === 0 &&
      others.length === 0 &&
      optionalChild(expression ?? object.program, 'expression')?.type === 'ObjectExpression'
    ) {
      return { ...object, edits: new Edits(`(${trimmed}\n)`), shift: 1 };
    }
  }
  const cell = parse(text);
  if (cell.errors.length > 0) throw syntaxError(cell.errors[0]!, text, place);
  return { ...cell, edits: new Edits(text), shift: 0 };
}

function parse(text: string): { program: Node; importMetas: readonly Span[]; errors: readonly OxcError[] } {
  const { program, module, errors } = parseSync('cell.ts', text, { sourceType: 'module', showSemanticErrors: true });
  return {
    program: program as unknown as Node,
    importMetas: module.importMetas,
    errors: errors.filter(({ severity }) => (severity as string) === 'Error'),
  };
}

function syntaxError(
  { message, labels }: OxcError,
  text: string,
  place: (offset: number) => Position,
): CellSyntaxError {
  // Of a name declared twice, the second place is the mistake.
  const offset = (message.includes('already been declared') ? labels.at(-1) : labels[0])?.start ?? 0;
  const isAtEnd = offset >= text.trimEnd().length || message.includes('`EOF`');
  const isIncomplete =
    isAtEnd ||
    /^Unterminated (?!string|regular)/i.test(message) ||
    (message.startsWith('Unterminated string') && text[offset] === '`');
  return new CellSyntaxError(message, place(Math.min(offset, text.length)), isIncomplete);
}

/** Declarations behind the last expression that do not hide its value. */
const TRANSPARENT = new Set([
  'EmptyStatement',
  'FunctionDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
]);

/**
 * Returns the last expression from the cell, in a one-element array, lest an async cell await a promise
 * that is only to be shown.
 */
function boxLastExpression(program: Node, edits: Edits): void {
  let last = list(program, 'body').findLast((statement) => !TRANSPARENT.has(statement.type));
  if (last?.type === 'ExportDefaultDeclaration') last = { ...last, expression: last['declaration'] };
  const expression = last === undefined ? undefined : optionalChild(last, 'expression');
  if (last === undefined || expression === undefined || expression.type.endsWith('Declaration')) return;
  if (last.type !== 'ExpressionStatement' && last.type !== 'ExportDefaultDeclaration') return;
  // The parentheses keep a sequence (`1, 2`) one element.
  edits.wrap(expression.start, expression.end, 'return [(', ')];');
}

/** Leads names that may not be plain global properties to where they live. */
function redirectReferences(
  references: readonly Reference[],
  edits: Edits,
  names: ReadonlyMap<string, NameKind>,
  { declared, builtins }: NotebookNames,
): void {
  for (const { name, start, end, kind, isShorthand } of references) {
    const nameKind = names.get(name) ?? declared.get(name);
    if (nameKind === undefined) continue;
    const isFixed = kind === 'write' && (nameKind === 'const' || nameKind === 'import');
    if (!isFixed && !builtins.has(name)) continue;
    const target = `$cell.${isFixed ? 'fixed' : 'own'}.${name}`;
    edits.replace(start, end, isShorthand ? `${name}:${target}` : kind === 'call' ? `(0,${target})` : target);
  }
}

/** Leads an `await` through the helpers on both sides, so that an interrupted cell ends there. */
function guardAwait(node: Node, edits: Edits): void {
  const argument = child(node, 'argument');
  edits.wrap(node.start, node.end, '$cell.check(', ')');
  edits.wrap(argument.start, argument.end, '$cell.guard(', ')');
}
