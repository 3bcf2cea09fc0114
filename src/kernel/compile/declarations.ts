import type { Edits } from './edits.ts';
import { importCode, importSpecifiers, localName, reexportCode } from './imports.ts';
import { rewriteAlias, rewriteEnum, rewriteInnerEnums, rewriteNamespace } from './namespaces.ts';
import { child, forEachChild, isFunction, list, type Node, nameOf, optionalChild, startOf } from './node.ts';
import { declaredNames, isTypesOnly, isUsing, namespacePath } from './scopes.ts';
import { rewriteVariables } from './variables.ts';

/** How a name of the notebook was declared. */
export type NameKind = 'const' | 'let' | 'var' | 'function' | 'class' | 'import' | 'enum';

/** What rewriting declarations needs to know of the cell around them. */
export interface DeclarationOptions {
  /** Tells whether a name is used in types and not in expressions. */
  readonly isType: (name: string) => boolean;
  /** Returns where a name lives: itself, or `$cell.own.name` for one that Node uses too. */
  readonly place: (name: string) => string;
  /** Tells whether a statement was a magic. */
  readonly isMagic: (statement: Node) => boolean;
}

/** What rewriting the declarations of a cell found. */
export interface Declarations {
  /** The names that the cell declares for the notebook. */
  readonly names: ReadonlyMap<string, NameKind>;
  /** Code that runs before the cell: fresh enums, hoisted functions, imports. */
  readonly prologue: string;
  /** Whether a module is imported, which needs `await`. */
  readonly hasImports: boolean;
}

/**
 * Turns the top-level declarations of a cell into assignments to names of the notebook, in place:
 * `const x = 1` becomes `void(x = 1);`. The runtime has declared those names before, outside of all cells, so a plain
 * assignment reaches them, later cells and earlier closures see the new value, and nothing is ever declared twice.
 *
 * Functions and imports come first, as in a module; only a magic before an import (`!npm install …`) stays before it.
 */
export function rewriteDeclarations(program: Node, edits: Edits, options: DeclarationOptions): Declarations {
  const { source } = edits;
  const { isType, place, isMagic } = options;
  const names = new Map<string, NameKind>();
  const functions = new Map<string, string>();
  const fresh = new Set<string>();
  const imports: string[] = [];
  let hasImports = false;
  let lastMagic: Node | undefined;

  const hoist = (code: string): void => {
    hasImports = true;
    if (lastMagic === undefined) imports.push(code);
    else edits.insert(lastMagic.end, `;${code}`);
  };

  const rewriteTopVariables = (node: Node, isStatement: boolean): void => {
    for (const name of declaredNames(node)) names.set(name, node['kind'] as NameKind);
    rewriteVariables(node, edits, isStatement);
  };

  /** `var` in blocks and loop heads belongs to the notebook too. */
  const rewriteNestedVars = (node: Node): void => {
    if (isFunction(node) || node.type.startsWith('Class')) return;
    forEachChild(node, (part) => {
      if (part.type === 'VariableDeclaration' && part['kind'] === 'var') {
        const isHead = node.type.startsWith('For') && part !== node['body'];
        rewriteTopVariables(part, !isHead);
      }
      rewriteNestedVars(part);
    });
  };

  const rewriteFunction = (node: Node): void => {
    const id = child(node, 'id');
    const inner = `${nameOf(id)}$cell`;
    names.set(nameOf(id), 'function');
    functions.set(nameOf(id), inner);
    // Only the name inside is changed; the runtime gives the function its own name back.
    edits.insert(id.end, '$cell');
  };

  const rewriteClass = (node: Node): void => {
    const name = nameOf(child(node, 'id'));
    names.set(name, 'class');
    edits.wrap(startOf(node), node.end, `${place(name)}=`, ';');
  };

  /** Enums and namespaces merge only with declarations of the same cell. */
  const rewriteObject = (node: Node): void => {
    if (isTypesOnly(node)) return;
    const name = namespacePath(child(node, 'id'))[0]!;
    if (!names.has(name)) {
      names.set(name, 'enum');
      fresh.add(name);
    }
    const rewrite = node.type === 'TSEnumDeclaration' ? rewriteEnum : rewriteNamespace;
    rewrite(node, edits, { declaration: '', object: `${place(name)}??={}` });
  };

  const rewriteImport = (node: Node): void => {
    edits.blank(node.start, node.end, ';');
    const specifiers = importSpecifiers(node);
    const isTypeOnly = list(node, 'specifiers').length > 0 && specifiers.length === 0;
    if (node['importKind'] === 'type' || isTypeOnly) return;
    for (const one of specifiers) names.set(localName(one), 'import');
    hoist(importCode(node, source, isType, place));
  };

  const rewriteExport = (node: Node): void => {
    if (node['exportKind'] === 'type') return;
    const declaration = optionalChild(node, 'declaration');
    if (declaration === undefined) {
      edits.blank(node.start, node.end, ';');
      if (optionalChild(node, 'source') !== undefined) hoist(reexportCode(node, source));
      return;
    }
    // Decorators may stand on either side of `export`.
    const start = startOf(declaration);
    const isExpression = !/Declaration$|^TSDeclare/.test(declaration.type);
    edits.blank(node.start, node.start < start ? start : declaration.start, isExpression ? ';' : '');
    if (isExpression) return edits.wrap(start, declaration.end, '(', ')');
    const isAnonymous = node.type === 'ExportDefaultDeclaration' && optionalChild(declaration, 'id') === undefined;
    if (isAnonymous) return edits.wrap(start, declaration.end, ';(', ');');
    rewriteStatement(declaration);
  };

  const rewriteStatement = (node: Node): void => {
    if (node['declare'] === true) return;
    switch (node.type) {
      case 'VariableDeclaration':
        if (!isUsing(node)) rewriteTopVariables(node, true);
        return rewriteNestedVars(node);
      case 'FunctionDeclaration':
        return rewriteFunction(node);
      case 'ClassDeclaration':
        return rewriteClass(node);
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration':
        return rewriteObject(node);
      case 'TSImportEqualsDeclaration':
        if (node['importKind'] === 'type') return edits.blank(node.start, node.end, ';');
        names.set(nameOf(child(node, 'id')), 'import');
        return rewriteAlias(node, edits, '');
      case 'ImportDeclaration':
        return rewriteImport(node);
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
      case 'ExportAllDeclaration':
        return rewriteExport(node);
      default:
        return rewriteNestedVars(node);
    }
  };

  const mayHaveEnums = /\benum\b/.test(source);
  for (const statement of list(program, 'body')) {
    rewriteStatement(statement);
    if (mayHaveEnums) rewriteInnerEnums(statement, edits);
    if (isMagic(statement)) lastMagic = statement;
  }
  const hoisted = [...functions].map(
    ([name, inner]) => `${place(name)}=$cell.named(${inner},${JSON.stringify(name)});`,
  );
  const objects = [...fresh].map((name) => `${place(name)}=void 0;`);
  return { names, prologue: [...objects, ...hoisted, ...imports].join(''), hasImports };
}
