import type { Edits } from './edits.ts';
import { isErased } from './erase-types.ts';
import { child, list, type Node, nameOf, optionalChild } from './node.ts';
import { analyseScope } from './references.ts';
import { blockScopedNames, functionScopedNames } from './scopes.ts';

/**
 * Takes out of a module, in place, the imports and exports that TypeScript drops: those that are marked as types, imports that
 * no value needs, and exports of what the file itself says is a type.
 */
export function eraseTypeImports(program: Node, edits: Edits): void {
  const statements = list(program, 'body');
  const types = typeNames(program);
  const used = usedNames(program);
  for (const node of statements) {
    const isMarked = node['importKind'] === 'type' || node['exportKind'] === 'type';
    const isLocal = optionalChild(node, 'source') === undefined;
    switch (node.type) {
      case 'ImportDeclaration':
        keepSpecifiers(node, edits, (one) => !isMarked && isValue(one) && used.has(localName(one)));
        break;
      case 'ExportNamedDeclaration':
        // What is marked as a whole is erased with the other types.
        if (!isMarked) keepSpecifiers(node, edits, (one) => isValue(one) && !(isLocal && types.has(localName(one))));
        break;
      case 'ExportDefaultDeclaration': {
        const value = child(node, 'declaration');
        if (value.type === 'Identifier' && types.has(nameOf(value))) edits.blank(node.start, node.end, ';');
        break;
      }
      default:
    }
    const declaration = optionalChild(node, 'declaration');
    if (!isMarked && declaration !== undefined && isErased(declaration)) edits.blank(node.start, declaration.start);
  }
}

function isValue(specifier: Node): boolean {
  return specifier['importKind'] !== 'type' && specifier['exportKind'] !== 'type';
}

function localName(specifier: Node): string {
  return nameOf(child(specifier, 'local'));
}

/** Returns the names that values need, or that are exported. */
function usedNames(program: Node): Set<string> {
  const references = analyseScope(program).references.filter(({ kind }) => kind !== 'declare');
  const exported = list(program, 'body')
    .filter(
      (node) => node.type === 'ExportNamedDeclaration' && node['exportKind'] !== 'type' && node['source'] === null,
    )
    .flatMap((node) => list(node, 'specifiers').filter(isValue));
  return new Set([...references.map(({ name }) => name), ...exported.map(localName)]);
}

/** Returns the names at the top level that stand for types only. */
function typeNames(program: Node): Set<string> {
  const statements = list(program, 'body').map((statement) => optionalChild(statement, 'declaration') ?? statement);
  const declared = statements.filter(isTypeDeclaration).map((node) => nameOf(child(node, 'id')));
  const imported = statements
    .filter(({ type }) => type === 'ImportDeclaration')
    .flatMap((node) => list(node, 'specifiers').filter((one) => node['importKind'] === 'type' || !isValue(one)));
  const names = new Set([...declared, ...imported.map(localName)]);
  const values = statements.filter((statement) => !isTypeDeclaration(statement));
  for (const name of [...blockScopedNames(values), ...functionScopedNames(program)]) names.delete(name);
  return names;
}

function isTypeDeclaration({ type }: Node): boolean {
  return type === 'TSInterfaceDeclaration' || type === 'TSTypeAliasDeclaration';
}

/** Leaves out specifiers of an import or export, and the whole statement when none is left. */
function keepSpecifiers(node: Node, edits: Edits, isKept: (specifier: Node) => boolean): void {
  const specifiers = list(node, 'specifiers');
  const kept = specifiers.filter(isKept);
  if (kept.length === specifiers.length) return;
  if (kept.length === 0) return edits.blank(node.start, node.end, ';');
  const textOf = ({ start, end }: Node): string => edits.source.slice(start, end);
  const isNamed = ({ type }: Node): boolean => type === 'ImportSpecifier' || type === 'ExportSpecifier';
  const named = kept.filter(isNamed).map(textOf);
  const others = kept.filter((one) => !isNamed(one)).map(textOf);
  const clause = [...others, ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])].join(', ');
  const start = node.start + (node.type === 'ImportDeclaration' ? 'import' : 'export').length;
  const from = optionalChild(node, 'source');
  const end = from?.start ?? edits.source.indexOf('}', specifiers.at(-1)!.end) + 1;
  const breaks = edits.source.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, '');
  edits.replace(start, end, ` ${clause}${from === undefined ? '' : ' from '}${breaks}`);
}
