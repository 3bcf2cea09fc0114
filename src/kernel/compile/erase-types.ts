import type { Edits } from './edits.ts';
import { child, forEachChild, list, type Node, nameOf, optionalChild } from './node.ts';
import { isTypesOnly } from './scopes.ts';

/** Nodes that vanish with everything in them. */
const ERASED = new Set([
  'TSTypeAnnotation',
  'TSTypeParameterDeclaration',
  'TSTypeParameterInstantiation',
  'TSIndexSignature',
  'TSAbstractMethodDefinition',
  'TSAbstractPropertyDefinition',
  'TSAbstractAccessorProperty',
]);

/** Statements that vanish; a semicolon stays, lest the lines around them grow together. */
const ERASED_STATEMENTS = new Set([
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
  'TSNamespaceExportDeclaration',
]);

const DECLARATIONS = new Set(['TSEnumDeclaration', 'TSModuleDeclaration', 'VariableDeclaration', 'ClassDeclaration']);

/** Returns whether a statement vanishes: it declares types, or what is declared elsewhere. */
export function isErased(statement: Node): boolean {
  if (ERASED_STATEMENTS.has(statement.type)) return true;
  return DECLARATIONS.has(statement.type) && (statement['declare'] === true || isTypesOnly(statement));
}

const MEMBER_MODIFIERS = new Set(['public', 'private', 'protected', 'readonly', 'override', 'declare', 'abstract']);

/**
 * Overwrites the types of a program with spaces, in place: what is left is JavaScript in which every
 * expression stands at the line and column where it was written. Of enums and namespaces, which TypeScript compiles
 * rather than erases, only the types inside are erased.
 *
 * Returns the names that occur in types: an import used only by these may be a type.
 */
export function eraseTypes(program: Node, edits: Edits): ReadonlySet<string> {
  const { source } = edits;
  const typeNames = new Set<string>();

  const collectNames = (node: Node): void => {
    // `typeof x` is about a value.
    if (node.type === 'TSTypeQuery') return;
    if (node.type === 'Identifier') typeNames.add(nameOf(node));
    forEachChild(node, collectNames);
  };
  const erase = (node: Node, head = ''): void => {
    collectNames(node);
    edits.blank(node.start, node.end, head);
  };

  const visit = (node: Node): void => {
    if (ERASED.has(node.type)) return erase(node);
    if (isErased(node)) return erase(node, ';');
    switch (node.type) {
      case 'ImportDeclaration':
        return;
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
        if (node['exportKind'] === 'type') return erase(node, ';');
        break;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        return visitAssertion(node);
      case 'TSNonNullExpression':
        visit(child(node, 'expression'));
        return edits.blank(child(node, 'expression').end, node.end);
      case 'TSTypeAssertion':
        collectNames(child(node, 'typeAnnotation'));
        edits.blank(node.start, child(node, 'expression').start);
        return visit(child(node, 'expression'));
      case 'ClassDeclaration':
      case 'ClassExpression':
        return visitClass(node);
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        return visitMember(node);
      case 'TSParameterProperty':
        edits.blank(node.start, child(node, 'parameter').start);
        return visit(child(node, 'parameter'));
      case 'ArrowFunctionExpression':
        return visitArrow(node);
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        eraseThisParameter(node);
        return visitChildren(node);
      case 'Identifier':
        return visitIdentifier(node);
      default:
    }
    visitChildren(node);
  };

  const visitChildren = (node: Node): void => forEachChild(node, visit);

  /** `x as T` before a line that begins with a bracket: the type kept the two apart, now a semicolon does. */
  const visitAssertion = (node: Node): void => {
    const expression = child(node, 'expression');
    visit(expression);
    collectNames(child(node, 'typeAnnotation'));
    edits.blank(expression.end, node.end);
    const gap = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*/.exec(source.slice(node.end))![0];
    const next = source[node.end + gap.length];
    if (gap.includes('\n') && (next === '(' || next === '[' || next === '`')) edits.insert(node.end, ';');
  };

  const visitIdentifier = (node: Node): void => {
    const annotation = optionalChild(node, 'typeAnnotation');
    if (annotation === undefined && node['optional'] !== true) return;
    if (annotation !== undefined) collectNames(annotation);
    // `x?: T` and `let x!: T`: the mark belongs to the type.
    edits.blank(node.start + nameOf(node).length, node.end);
  };

  const visitClass = (node: Node): void => {
    if (node['abstract'] === true) {
      const at = source.indexOf('abstract', node.start);
      edits.blank(at, at + 'abstract'.length);
    }
    const types = list(node, 'implements');
    if (types.length > 0) {
      types.forEach(collectNames);
      edits.blank(source.lastIndexOf('implements', types[0]!.start), types.at(-1)!.end);
    }
    forEachChild(node, (part) => {
      if (!types.includes(part)) visit(part);
    });
    assignParameterProperties(node);
  };

  const visitMember = (node: Node): void => {
    const value = optionalChild(node, 'value');
    if (node['declare'] === true || value?.type === 'TSEmptyBodyFunctionExpression') return erase(node);
    const key = child(node, 'key');
    const modifiersStart = list(node, 'decorators').at(-1)?.end ?? node.start;
    for (const word of source.slice(modifiersStart, key.start).matchAll(/[a-z]+/g)) {
      if (!MEMBER_MODIFIERS.has(word[0])) continue;
      edits.blank(modifiersStart + word.index, modifiersStart + word.index + word[0].length);
    }
    if (node['optional'] === true || node['definite'] === true) {
      const at = key.end + source.slice(key.end).search(/[?!]/);
      edits.blank(at, at + 1);
    }
    visitChildren(node);
  };

  /** No line break may stand between `async` and `(`, nor between `)` and `=>`; those of types that do move behind them. */
  const visitArrow = (node: Node): void => {
    const moved = new Set([moveBreaks(node, 'typeParameters', '('), moveBreaks(node, 'returnType', '=>')]);
    forEachChild(node, (part) => {
      if (!moved.has(part)) visit(part);
    });
  };

  const moveBreaks = (node: Node, key: string, follower: string): Node | undefined => {
    const type = optionalChild(node, key);
    const breaks = type === undefined ? '' : source.slice(type.start, type.end).replace(/[^\n\r\u2028\u2029]/g, '');
    if (type === undefined || breaks === '') return undefined;
    collectNames(type);
    edits.replace(type.start, source.indexOf(follower, type.end) + follower.length, follower + breaks);
    return type;
  };

  /** `function f(this: T, a)` declares a type only. */
  const eraseThisParameter = (node: Node): void => {
    const [first, second] = list(node, 'params');
    if (first?.type !== 'Identifier' || nameOf(first) !== 'this') return;
    edits.blank(first.start, first.start + 'this'.length);
    if (second === undefined) return;
    const comma = source.indexOf(',', first.end);
    edits.blank(comma, comma + 1);
  };

  /** `constructor(private x: T)` assigns `this.x`, after `super(…)` where there is one. */
  const assignParameterProperties = (node: Node): void => {
    const constructor = list(child(node, 'body'), 'body').find((member) => member['kind'] === 'constructor');
    const method = constructor === undefined ? undefined : optionalChild(constructor, 'value');
    const body = method === undefined ? undefined : optionalChild(method, 'body');
    if (method === undefined || body === undefined) return;
    const names = list(method, 'params')
      .filter((parameter) => parameter.type === 'TSParameterProperty')
      .map((parameter) => child(parameter, 'parameter'))
      .map((parameter) => nameOf(parameter.type === 'AssignmentPattern' ? child(parameter, 'left') : parameter));
    if (names.length === 0) return;
    const superCall = list(body, 'body').find(isSuperCall);
    edits.insert(superCall?.end ?? body.start + 1, names.map((name) => `;this.${name}=${name};`).join(''));
  };

  visit(program);
  return typeNames;
}

function isSuperCall(statement: Node): boolean {
  const expression = optionalChild(statement, 'expression');
  return expression?.type === 'CallExpression' && child(expression, 'callee').type === 'Super';
}
