import { CellSyntaxError } from './cell-syntax-error.ts';
import { type NameKind, rewriteDeclarations } from './declarations.ts';
import { surveyProgram } from './early-errors.ts';
import { Edits, offsetAt, type Position, positionAt } from './edits.ts';
import { eraseTypes } from './erase-types.ts';
import { type JsxOptions, jsxOptions, withPragmas } from './lower/jsx.ts';
import { type CapturedNames, capturedNames, keepLoopLocals } from './loop-locals.ts';
import { lowerCell } from './lower/lower-cell.ts';
import { cellMagic, expandMagics, mayHaveMagics } from './magics/magics.ts';
import { child, forEachChild, list, type Node, optionalChild } from './node.ts';
import { parseCell, TRANSPARENT } from './parse.ts';
import { redirectReferences } from './redirect.ts';
import { analyseScope } from './references.ts';

/** What the compiler must know of the notebook to compile its next cell. */
export interface NotebookNames extends CapturedNames {
  /** What JSX becomes, if an earlier cell has chosen. */
  readonly jsx: JsxOptions | undefined;
  /** The notebook's folder, whose `tsconfig.json` says it otherwise. */
  readonly folder: string;
}

/** A cell ready to run. */
export interface CompiledCell {
  /**
   * A script whose value is a function of the cell's helpers (`$cell`); async when the cell awaits. It begins with a line of its
   * own: run with a `lineOffset` of -1, V8 counts lines as the cell does.
   */
  readonly code: string;
  /** The names that it declares. */
  readonly names: ReadonlyMap<string, NameKind>;
  /** The names that its functions and classes use. */
  readonly captured: ReadonlySet<string>;
  /** Leads a position, as V8 names it, back to the cell's source. */
  readonly position: (generated: Position) => Position;
  /** Leads the offset that an import declaration carries (`$cell.load`) back to the cell's source. */
  readonly importPosition: (offset: number) => Position;
  /** What the cell chooses JSX to become, in later cells too. */
  readonly jsx: JsxOptions | undefined;
}

/**
 * Compiles one cell: magics become calls, types are erased, top-level declarations become assignments
 * to the notebook's names, and the last expression becomes the cell's value. All of it happens in place. Only what is left
 * then that Node does not have (decorators, JSX) goes through another compiler.
 *
 * A declaration named as one of Node's own globals (`const crypto = …`) must not replace the
 * real one, which packages read; such a name lives in `$cell.own`, and its uses are rewritten.
 * A top-level `await` goes through `$cell.guard` and `$cell.check`, where an interrupted cell ends.
 * An assignment to a `const` of this or an earlier cell goes to `$cell.fixed`, which throws as JavaScript does; a name that
 * was forgotten goes to `$cell.missing`, which throws at any use.
 *
 * @throws CellSyntaxError
 */
export function compileCell(source: string, notebook: NotebookNames): CompiledCell {
  const magic = cellMagic(source);
  if (magic !== undefined) {
    const { name, args, body } = magic;
    const code = `(async($cell)=>$cell.cellMagic(${JSON.stringify(name)},${JSON.stringify(args)},${JSON.stringify(body)}))`;
    const start = (): Position => ({ line: 1, column: 1 });
    return { code, names: new Map(), captured: new Set(), position: start, importPosition: start, jsx: undefined };
  }
  const isKnown = (name: string): boolean => notebook.declared.has(name) || notebook.builtins.has(name);
  const expanded = mayHaveMagics(source) ? expandMagics(source, isKnown) : undefined;
  const place = (offset: number): Position => positionAt(source, expanded?.origin(offset) ?? offset);
  const cell = parseCell(expanded?.text ?? source, place);
  const toCell = (offset: number): Position => place(cell.origin(offset));
  const { program, text } = cell;
  const survey = surveyProgram(program);
  if (survey.error !== undefined) throw new CellSyntaxError(survey.error.message, toCell(survey.error.start));

  const edits = new Edits(text);
  const typeNames = eraseTypes(program, edits);
  const scope = analyseScope(program);
  const captured = capturedNames(scope.references);
  const locals = keepLoopLocals(program, scope.references, captured, edits, notebook);
  boxLastExpression(program, edits);
  const { names, prologue, hasImports } = rewriteDeclarations(program, edits, {
    isType: (name) => typeNames.has(name) && !scope.references.some((reference) => reference.name === name),
    place: (name) => (notebook.builtins.has(name) ? `$cell.own.${name}` : name),
    isMagic: ({ start, end }) => expanded !== undefined && text.slice(start, end).includes('$cell.'),
  });
  for (const await_ of scope.topLevelAwaits) guardAwait(await_, edits);
  for (const { start, end } of scope.topLevelThis) edits.replace(start, end, 'undefined');
  for (const { start, end } of cell.importMetas) edits.replace(start, end, '$cell.meta');
  redirectReferences(scope.references, edits, names, locals, notebook);
  avoidScriptComments(program, edits);

  const isAsync = scope.hasTopLevelAwait || hasImports;
  const { text: body, origin } = edits.apply();
  const head = `(${isAsync ? 'async' : ''}($cell)=>{"use strict";`;
  // The imports stand on the cell's first line: on the one before, V8 would give their frames no line at all.
  const position = ({ line, column }: Position): Position => {
    const inBody = line === 1 ? Math.max(1, column - prologue.length) : column;
    return toCell(origin(offsetAt(body, { line, column: inBody })));
  };
  const jsx = text.includes('@jsx') ? withPragmas(jsxOptions(notebook), cell.comments) : undefined;
  const compiled = { code: `${head}\n${prologue}${body}\n})`, names, captured, position, importPosition: toCell, jsx };
  if (survey.jsx === undefined && !survey.hasDecorators) return compiled;
  return lowerCell(compiled, program, survey.jsx, notebook);
}

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

/** Leads an `await` through the helpers on both sides, and what a `for await` goes over, so that an interrupted cell ends there. */
function guardAwait(node: Node, edits: Edits): void {
  if (node.type === 'ForOfStatement') {
    const items = child(node, 'right');
    return edits.wrap(items.start, items.end, '$cell.each(', ')');
  }
  const argument = child(node, 'argument');
  edits.wrap(node.start, node.end, '$cell.check(', ')');
  edits.wrap(argument.start, argument.end, '$cell.guard(', ')');
}

/** A module may begin with `#!` and compare with `<!--x`; a cell runs as a script, to which the one is a mistake and the other a comment. */
function avoidScriptComments(program: Node, edits: Edits): void {
  const hashbang = optionalChild(program, 'hashbang');
  if (hashbang !== undefined) edits.blank(hashbang.start, hashbang.end);
  if (!edits.source.includes('<!--')) return;
  const visit = (node: Node): void => {
    if (node.type === 'UnaryExpression' && edits.source.startsWith('<!--', node.start - 1))
      edits.insert(node.start, ' ');
    forEachChild(node, visit);
  };
  visit(program);
}
