import { transformSync } from 'oxc-transform';
import type { Edits } from './edits.ts';
import { boundIdentifiers, child, forEachChild, isFunction, list, type Node, nameOf, optionalChild } from './node.ts';

/** How a name of the notebook was declared. */
export type NameKind = 'const' | 'let' | 'var' | 'function' | 'class' | 'import' | 'enum';

/** What rewriting the declarations of a cell found. */
export interface Declarations {
  /** The names that the cell declares for the notebook. */
  readonly names: ReadonlyMap<string, NameKind>;
  /** Code that runs before the cell: hoisted functions, fresh enums. */
  readonly prologue: string;
  /** Whether a module is imported, which needs `await`. */
  readonly hasImports: boolean;
}

/**
 * Turns the top-level declarations of a cell into assignments to names of the notebook, in place:
 * `const x = 1` becomes `void(x = 1);`. The runtime has made those names properties of the global object
 * before, so a plain assignment reaches them, later cells and earlier closures see the new value, and
 * nothing is ever declared twice. `void(` and `;` keep the lines around from growing together.
 *
 * @param typeNames names used in types; an import that is only such a name is left out
 * @param valueNames names used in expressions
 * @param place returns where a name lives: itself, or `$cell.own.name` for one that Node uses too
 */
export function rewriteDeclarations(
  program: Node,
  edits: Edits,
  typeNames: ReadonlySet<string>,
  valueNames: ReadonlySet<string>,
  place: (name: string) => string,
): Declarations {
  const { source } = edits;
  const names = new Map<string, NameKind>();
  const functions = new Map<string, string>();
  const merged = new Set<string>();
  let hasImports = false;

  const rewriteVariables = (node: Node, isStatement: boolean): void => {
    const kind = node['kind'] as NameKind;
    const declarators = list(node, 'declarations');
    const [first, last] = [declarators[0]!, declarators.at(-1)!];
    edits.blank(node.start, first.start, isStatement ? 'void(' : '');
    if (isStatement) edits.wrap(first.start, last.end, '', source[node.end - 1] === ';' ? ')' : ');');
    for (const declarator of declarators) {
      for (const identifier of boundIdentifiers(child(declarator, 'id'))) names.set(nameOf(identifier), kind);
      // A bare `let x;` sets x to undefined anew; a bare `var x;` leaves it alone.
      const isBare = optionalChild(declarator, 'init') === undefined;
      if (isBare && kind === 'let' && isStatement) edits.wrap(declarator.start, declarator.end, '', '=void 0');
    }
  };

  /** `var` in blocks and loop heads belongs to the notebook too. */
  const rewriteNestedVars = (node: Node): void => {
    if (isFunction(node) || node.type.startsWith('Class')) return;
    forEachChild(node, (part) => {
      if (part.type === 'VariableDeclaration' && part['kind'] === 'var') {
        const isHead = node.type.startsWith('For') && part !== node['body'];
        rewriteVariables(part, !isHead);
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
    edits.wrap(node.start, node.end, `${place(name)}=`, ';');
  };

  /** Enums and namespaces are compiled by oxc; they merge only with declarations of the same cell. */
  const rewriteCompiled = (node: Node): void => {
    const name = nameOf(child(node, 'id'));
    const { code } = transformSync('cell.ts', source.slice(node.start, node.end), { sourceType: 'module' });
    const statements = code.replace(/^let \S+;\n|^var /, '');
    const body = `${place(name)}=((${name})=>{${statements}return ${name}})(${place(name)})`;
    if (!names.has(name)) merged.add(name);
    names.set(name, 'enum');
    const breaks = breaksOf(source, node);
    const isOneLine = !/\/\/|`/.test(body);
    edits.replace(node.start, node.end, isOneLine ? `${body.replaceAll('\n', ' ')};${breaks}` : `${body};`);
  };

  const rewriteImport = (node: Node): void => {
    if (node['importKind'] === 'type') return edits.blank(node.start, node.end, ';');
    const isTypeOnly = (name: string): boolean => typeNames.has(name) && !valueNames.has(name);
    const specifiers = list(node, 'specifiers').filter(
      (one) => one['importKind'] !== 'type' && !isTypeOnly(nameOf(child(one, 'local'))),
    );
    if (list(node, 'specifiers').length > 0 && specifiers.length === 0) return edits.blank(node.start, node.end, ';');
    for (const one of specifiers) names.set(nameOf(child(one, 'local')), 'import');
    hasImports = true;
    edits.replace(node.start, node.end, importCode(node, specifiers, source, place) + breaksOf(source, node));
  };

  const rewriteExport = (node: Node): void => {
    if (node['exportKind'] === 'type') return;
    const declaration = optionalChild(node, 'declaration');
    if (declaration !== undefined) {
      edits.blank(node.start, declaration.start);
      return rewriteStatement(declaration);
    }
    const specifier = optionalChild(node, 'source');
    if (specifier === undefined) return edits.blank(node.start, node.end, ';');
    hasImports = true;
    edits.replace(node.start, node.end, `await import(${specifier['raw'] as string});${breaksOf(source, node)}`);
  };

  const rewriteStatement = (node: Node): void => {
    switch (node.type) {
      case 'VariableDeclaration':
        if (node['declare'] === true || String(node['kind']).endsWith('using')) return;
        rewriteVariables(node, true);
        return rewriteNestedVars(node);
      case 'FunctionDeclaration':
        return optionalChild(node, 'id') === undefined ? wrapAnonymous(node) : rewriteFunction(node);
      case 'ClassDeclaration':
        if (node['declare'] === true) return;
        return optionalChild(node, 'id') === undefined ? wrapAnonymous(node) : rewriteClass(node);
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration':
        return node['declare'] === true ? undefined : rewriteCompiled(node);
      case 'TSImportEqualsDeclaration':
        return rewriteImportEquals(node);
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

  const wrapAnonymous = (node: Node): void => {
    edits.wrap(node.start, node.end, '(', ');');
  };

  const rewriteImportEquals = (node: Node): void => {
    const target = child(node, 'moduleReference');
    if (node['importKind'] === 'type') return edits.blank(node.start, node.end, ';');
    names.set(nameOf(child(node, 'id')), 'import');
    const value =
      target.type === 'TSExternalModuleReference'
        ? `$cell.require(${source.slice(child(target, 'expression').start, child(target, 'expression').end)})`
        : source.slice(target.start, target.end);
    edits.replace(node.start, node.end, `${place(nameOf(child(node, 'id')))}=${value};`);
  };

  for (const statement of list(program, 'body')) rewriteStatement(statement);
  const hoisted = [...functions].map(
    ([name, inner]) => `${place(name)}=$cell.named(${inner},${JSON.stringify(name)});`,
  );
  const fresh = [...merged].map((name) => `${place(name)}=void 0;`);
  return { names, prologue: [...fresh, ...hoisted].join(''), hasImports };
}

/** Returns the assignment that an import declaration becomes; `$cell.load` checks that the wanted names are there. */
function importCode(node: Node, specifiers: readonly Node[], source: string, place: (name: string) => string): string {
  const module = String(child(node, 'source')['raw']);
  const attributes = list(node, 'attributes').map((one) => source.slice(one.start, one.end));
  const options = attributes.length === 0 ? '' : `,{with:{${attributes.join(',')}}}`;
  const target = (one: Node): string => place(nameOf(child(one, 'local')));
  const namespace = specifiers.filter((one) => one.type === 'ImportNamespaceSpecifier');
  const named = specifiers.filter((one) => !namespace.includes(one));
  const wanted = named.map((one) => JSON.stringify(importedName(one)));
  const pairs = named.map((one, index) => `${wanted[index]}:${target(one)}`);
  const targets = [
    ...(pairs.length === 0 ? [] : [`{${pairs.join(',')}}=`]),
    ...namespace.map((one) => `${target(one)}=`),
  ];
  return `void(${targets.join('')}await $cell.load(import(${module}${options}),[${wanted.join(',')}],${module},${node.start}));`;
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  const imported = child(specifier, 'imported');
  return String(imported.type === 'Literal' ? imported['value'] : nameOf(imported));
}

function breaksOf(source: string, node: Node): string {
  return source.slice(node.start, node.end).replace(/[^\n]/g, '');
}
