import { boundIdentifiers, child, forEachChild, isFunction, list, type Node, nameOf, optionalChild } from './node.ts';
import {
  blockScopedNames,
  declaredNames,
  functionScopedNames,
  isTypesOnly,
  isUsing,
  localNames,
  namespacePath,
  objectsAmong,
  ownerOf,
  type Scope,
} from './scopes.ts';

/** One place where a name of the notebook's (or the global) scope is used. */
export interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `declare`: the cell's own declaration of the name; `call`: the name is what is called; `typeof`: what `typeof` asks about. */
  readonly kind: 'read' | 'write' | 'call' | 'declare' | 'typeof';
  /** Whether it stands in an object as `{ name }`. */
  readonly isShorthand: boolean;
  /** The code of the object whose property the name is: an enum's member, what a namespace exports. */
  readonly owner: string | undefined;
  /** Whether a function, a class or a namespace holds it, which may outlive the cell. */
  readonly isInner: boolean;
}

/** What the scope analysis of a cell finds. */
export interface CellScope {
  /** Uses of names that no inner scope of the cell declares, and of those that are properties of enums and namespaces. */
  readonly references: readonly Reference[];
  /** Whether the cell awaits outside of all functions. */
  readonly hasTopLevelAwait: boolean;
  /** The `await` expressions outside of all functions. */
  readonly topLevelAwaits: readonly Node[];
  /** `this` outside of all functions and classes. */
  readonly topLevelThis: readonly Node[];
}

/** Expressions that stand for the one inside them. */
const WRAPPERS = new Set([
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
]);

function unwrapped(node: Node): Node {
  return WRAPPERS.has(node.type) ? unwrapped(child(node, 'expression')) : node;
}

/**
 * Returns the uses of names that reach out of the cell's functions and blocks.
 * Declarations at the cell's top level are such uses too: a notebook's names live longer than the cell.
 */
export function analyseScope(program: Node): CellScope {
  const references: Reference[] = [];
  const topLevelAwaits: Node[] = [];
  const topLevelThis: Node[] = [];
  let hasTopLevelAwait = false;
  let functionDepth = 0;
  /** How many functions and classes with a `this` of their own are around. */
  let thisDepth = 0;

  const use = (node: Node, scope: Scope | undefined, kind: Reference['kind'], isShorthand = false): void => {
    const name = nameOf(node);
    let s = scope;
    for (; s !== undefined; s = s.parent) {
      if (s.names.has(name)) return;
      if (s.members?.has(name) === true) break;
    }
    // A typed name's node reaches over its type.
    const isTyped = optionalChild(node, 'typeAnnotation') !== undefined || node['optional'] === true;
    const end = isTyped ? node.start + name.length : node.end;
    references.push({ name, start: node.start, end, kind, isShorthand, owner: s?.owner, isInner: functionDepth > 0 });
  };

  const visitAll = (nodes: readonly Node[], scope: Scope | undefined): void => {
    for (const node of nodes) visit(node, scope);
  };

  /** Visits a binding or assignment target. */
  const visitTarget = (node: Node, scope: Scope | undefined, kind: 'write' | 'declare', isShorthand = false): void => {
    switch (node.type) {
      case 'Identifier':
        return use(node, scope, kind, isShorthand);
      case 'ObjectPattern':
        for (const property of list(node, 'properties')) visitTarget(property, scope, kind);
        return;
      case 'Property':
        if (node['computed'] === true) visit(child(node, 'key'), scope);
        return visitTarget(child(node, 'value'), scope, kind, node['shorthand'] === true);
      case 'ArrayPattern':
        for (const element of list(node, 'elements')) visitTarget(element, scope, kind);
        return;
      case 'AssignmentPattern':
        visitTarget(child(node, 'left'), scope, kind, isShorthand);
        return visit(child(node, 'right'), scope);
      case 'RestElement':
        return visitTarget(child(node, 'argument'), scope, kind);
      default:
        return WRAPPERS.has(node.type) ? visitTarget(unwrapped(node), scope, kind) : visit(node, scope);
    }
  };

  const visitCallee = (node: Node, scope: Scope | undefined): void => {
    const callee = unwrapped(node);
    if (callee.type === 'Identifier') use(callee, scope, 'call');
    else visit(node, scope);
  };

  const visitFunction = (node: Node, outer: Scope | undefined): void => {
    const params = list(node, 'params');
    const body = optionalChild(node, 'body');
    const names = new Set(params.flatMap(boundIdentifiers).map(nameOf)).add('arguments');
    const id = optionalChild(node, 'id');
    if (id !== undefined && node.type === 'FunctionExpression') names.add(nameOf(id));
    if (body !== undefined) {
      for (const name of functionScopedNames(body)) names.add(name);
      for (const name of blockScopedNames(list(body, 'body'))) names.add(name);
    }
    const scope: Scope = { names, parent: outer };
    const ownThis = node.type === 'ArrowFunctionExpression' ? 0 : 1;
    functionDepth++;
    thisDepth += ownThis;
    for (const param of params)
      visitTarget(param.type === 'TSParameterProperty' ? child(param, 'parameter') : param, scope, 'declare');
    if (body !== undefined) visit(body, scope);
    functionDepth--;
    thisDepth -= ownThis;
  };

  const visitClass = (node: Node, outer: Scope | undefined): void => {
    const id = optionalChild(node, 'id');
    const scope: Scope = { names: new Set(id === undefined ? [] : [nameOf(id)]), parent: outer };
    visitAll(list(node, 'decorators'), outer);
    const superClass = optionalChild(node, 'superClass');
    if (superClass !== undefined) visit(superClass, scope);
    for (const member of list(child(node, 'body'), 'body')) {
      const value = optionalChild(member, 'value');
      const isErased = member['declare'] === true || member.type.startsWith('TS') || value?.type.startsWith('TSEmpty');
      if (isErased === true) continue;
      visitAll(list(member, 'decorators'), scope);
      if (member['computed'] === true) visit(child(member, 'key'), scope);
      functionDepth++;
      thisDepth++;
      if (member.type === 'StaticBlock') visitBlock(member, list(member, 'body'), scope);
      else if (value !== undefined) visit(value, scope);
      functionDepth--;
      thisDepth--;
    }
  };

  /** Visits statements that open a scope of their own (block, loop, switch, catch). */
  const visitBlock = (node: Node, statements: readonly Node[], outer: Scope | undefined): void => {
    const names = new Set(blockScopedNames(statements));
    if (node.type === 'StaticBlock') for (const name of functionScopedNames(node)) names.add(name);
    visitAll(statements, { names, parent: outer, objects: objectsAmong(statements) });
  };

  /** Visits an enum or a namespace, inside of which its members are names. */
  const visitObject = (node: Node, outer: Scope | undefined): void => {
    const path = namespacePath(child(node, 'id'));
    let parent = outer;
    for (const [index, name] of path.entries()) {
      const members = outer?.objects?.get(path.slice(0, index + 1).join('.'));
      // Of `namespace A.B`, B is a variable around the block.
      parent = { names: new Set(index === 0 ? [] : [name]), parent, owner: ownerOf(name), members };
    }
    const statements = list(child(node, 'body'), 'body');
    for (const member of list(child(node, 'body'), 'members')) {
      const value = optionalChild(member, 'initializer');
      if (value !== undefined) visit(value, parent);
    }
    const names = new Set([...localNames(statements), ...functionScopedNames(node, parent?.members)]);
    functionDepth++;
    visitAll(statements, { names, parent, objects: objectsAmong(statements) });
    functionDepth--;
  };

  /** `<Name>` and `<name.part>` are uses of names, `<name>` and `<a-b>` are not. */
  const visitElementName = (node: Node, scope: Scope | undefined): void => {
    let root = node;
    while (root.type === 'JSXMemberExpression') root = child(root, 'object');
    const isUse = root.type === 'JSXIdentifier' && (root !== node || !/^[a-z]|-/.test(nameOf(root)));
    if (isUse && nameOf(root) !== 'this') use(root, scope, 'read');
  };

  const visitTypeScript = (node: Node, scope: Scope | undefined): void => {
    switch (node.type) {
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration':
        return node['declare'] === true || isTypesOnly(node) ? undefined : visitObject(node, scope);
      case 'TSParameterProperty':
        return visit(child(node, 'parameter'), scope);
      case 'TSImportEqualsDeclaration':
        if (node['importKind'] === 'type') return;
        visitTarget(child(node, 'id'), scope, 'declare');
        return visitEntityName(child(node, 'moduleReference'), scope);
      default:
        if (WRAPPERS.has(node.type)) visit(child(node, 'expression'), scope);
    }
  };

  const visitEntityName = (node: Node, scope: Scope | undefined): void => {
    if (node.type === 'TSQualifiedName') return visitEntityName(child(node, 'left'), scope);
    if (node.type === 'Identifier') use(node, scope, 'read');
  };

  const visit = (node: Node, scope: Scope | undefined): void => {
    if (isFunction(node)) return visitFunction(node, scope);
    if (node.type.startsWith('TS')) return visitTypeScript(node, scope);
    switch (node.type) {
      case 'ThisExpression':
        if (thisDepth === 0) topLevelThis.push(node);
        return;
      case 'Identifier':
        return use(node, scope, 'read');
      case 'ClassDeclaration':
      case 'ClassExpression':
        return node['declare'] === true ? undefined : visitClass(node, scope);
      case 'CallExpression':
        visitCallee(child(node, 'callee'), scope);
        return visitAll(list(node, 'arguments'), scope);
      case 'TaggedTemplateExpression':
        visitCallee(child(node, 'tag'), scope);
        return visit(child(node, 'quasi'), scope);
      case 'MemberExpression':
        visit(child(node, 'object'), scope);
        if (node['computed'] === true) visit(child(node, 'property'), scope);
        return;
      case 'Property': {
        const value = child(node, 'value');
        if (node['computed'] === true) visit(child(node, 'key'), scope);
        if (value.type === 'Identifier') use(value, scope, 'read', node['shorthand'] === true);
        else visit(value, scope);
        return;
      }
      case 'AssignmentExpression':
        visitTarget(child(node, 'left'), scope, 'write');
        return visit(child(node, 'right'), scope);
      case 'UnaryExpression': {
        const argument = unwrapped(child(node, 'argument'));
        const isTypeof = node['operator'] === 'typeof' && argument.type === 'Identifier';
        return isTypeof ? use(argument, scope, 'typeof') : visit(argument, scope);
      }
      case 'UpdateExpression':
        return visitTarget(child(node, 'argument'), scope, 'write');
      case 'VariableDeclarator': {
        visitTarget(child(node, 'id'), scope, 'declare');
        const init = optionalChild(node, 'init');
        if (init !== undefined) visit(init, scope);
        return;
      }
      case 'AwaitExpression':
        if (functionDepth === 0) topLevelAwaits.push(node);
        break;
      case 'BlockStatement':
        return visitBlock(node, list(node, 'body'), scope);
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement': {
        if (node['await'] === true && functionDepth === 0) topLevelAwaits.push(node);
        const head = optionalChild(node, node.type === 'ForStatement' ? 'init' : 'left');
        const inner: Scope = { names: new Set(head === undefined ? [] : blockScopedNames([head])), parent: scope };
        return forEachChild(node, (part) => {
          const isTarget = part === head && part.type !== 'VariableDeclaration' && node.type !== 'ForStatement';
          if (isTarget) visitTarget(part, inner, 'write');
          else visit(part, inner);
        });
      }
      case 'SwitchStatement': {
        visit(child(node, 'discriminant'), scope);
        const cases = list(node, 'cases');
        const statements = cases.flatMap((clause) => list(clause, 'consequent'));
        const names = new Set(blockScopedNames(statements));
        return visitAll(cases, { names, parent: scope, objects: objectsAmong(statements) });
      }
      case 'CatchClause': {
        const param = optionalChild(node, 'param');
        const names = new Set(param === undefined ? [] : boundIdentifiers(param).map(nameOf));
        const inner: Scope = { names, parent: scope };
        if (param !== undefined) visitTarget(param, inner, 'declare');
        return visit(child(node, 'body'), inner);
      }
      case 'LabeledStatement':
        return visit(child(node, 'body'), scope);
      case 'VariableDeclaration':
        if (node['declare'] === true) return;
        if (node['kind'] === 'await using' && functionDepth === 0) hasTopLevelAwait = true;
        break;
      case 'JSXOpeningElement':
        visitElementName(child(node, 'name'), scope);
        return visitAll(list(node, 'attributes'), scope);
      case 'JSXClosingElement':
        return visitElementName(child(node, 'name'), scope);
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'MetaProperty':
        return;
      case 'ExportNamedDeclaration': {
        const declaration = optionalChild(node, 'declaration');
        if (declaration !== undefined) visit(declaration, scope);
        return;
      }
      default:
    }
    forEachChild(node, (part) => visit(part, scope));
  };

  // `using` at the top level is disposed of when the cell ends, so its names stay inside the cell.
  const statements = list(program, 'body');
  const names = new Set(statements.filter(isUsing).flatMap(declaredNames));
  visitAll(statements, { names, parent: undefined, objects: objectsAmong(statements) });
  return { references, hasTopLevelAwait: hasTopLevelAwait || topLevelAwaits.length > 0, topLevelAwaits, topLevelThis };
}
