import { boundIdentifiers, child, forEachChild, isFunction, list, type Node, nameOf, optionalChild } from './node.ts';

/** One place where a name of the notebook's (or the global) scope is used. */
export interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `declare`: the cell's own declaration of the name; `call`: the name is what is called. */
  readonly kind: 'read' | 'write' | 'call' | 'declare';
  /** Whether it stands in an object as `{ name }`. */
  readonly isShorthand: boolean;
}

/** What the scope analysis of a cell finds. */
export interface CellScope {
  /** Uses of names that no inner scope of the cell declares. */
  readonly references: readonly Reference[];
  /** Whether the cell awaits outside of all functions. */
  readonly hasTopLevelAwait: boolean;
  /** The `await` expressions outside of all functions. */
  readonly topLevelAwaits: readonly Node[];
}

/** The names that one scope declares. */
interface Scope {
  readonly names: ReadonlySet<string>;
  readonly parent: Scope | undefined;
}

/** Expressions of TypeScript's own that hold one of JavaScript's. */
const WRAPPERS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSParameterProperty',
]);

/**
 * Returns the uses of names that reach out of the cell's functions and blocks.
 * Declarations at the cell's top level are such uses too: a notebook's names live longer than the cell.
 */
export function analyseScope(program: Node): CellScope {
  const references: Reference[] = [];
  const topLevelAwaits: Node[] = [];
  let hasTopLevelAwait = false;
  let functionDepth = 0;

  const use = (node: Node, scope: Scope | undefined, kind: Reference['kind'], isShorthand = false): void => {
    const name = nameOf(node);
    for (let s = scope; s !== undefined; s = s.parent) if (s.names.has(name)) return;
    // A typed parameter's node reaches over its type; the name is what counts.
    references.push({ name, start: node.start, end: node.start + name.length, kind, isShorthand });
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
        return visit(node, scope);
    }
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
    functionDepth++;
    for (const param of params)
      visitTarget(param.type === 'TSParameterProperty' ? child(param, 'parameter') : param, scope, 'declare');
    if (body !== undefined) visit(body, scope);
    functionDepth--;
  };

  const visitClass = (node: Node, outer: Scope | undefined): void => {
    const id = optionalChild(node, 'id');
    const scope: Scope = { names: new Set(id === undefined ? [] : [nameOf(id)]), parent: outer };
    visitAll(list(node, 'decorators'), outer);
    const superClass = optionalChild(node, 'superClass');
    if (superClass !== undefined) visit(superClass, scope);
    for (const member of list(child(node, 'body'), 'body')) {
      visitAll(list(member, 'decorators'), scope);
      if (member['computed'] === true) visit(child(member, 'key'), scope);
      const value = optionalChild(member, 'value');
      functionDepth++;
      if (member.type === 'StaticBlock') visitBlock(member, list(member, 'body'), scope);
      else if (value !== undefined) visit(value, scope);
      functionDepth--;
    }
  };

  /** Visits statements that open a scope of their own (block, loop, switch, catch). */
  const visitBlock = (node: Node, statements: readonly Node[], outer: Scope | undefined): void => {
    const names = new Set(blockScopedNames(statements));
    if (node.type === 'StaticBlock') for (const name of functionScopedNames(node)) names.add(name);
    visitAll(statements, { names, parent: outer });
  };

  const visit = (node: Node, scope: Scope | undefined): void => {
    if (isFunction(node)) return visitFunction(node, scope);
    if (node.type.startsWith('TS')) {
      if (WRAPPERS.has(node.type))
        visit(child(node, node.type === 'TSParameterProperty' ? 'parameter' : 'expression'), scope);
      return;
    }
    switch (node.type) {
      case 'Identifier':
        return use(node, scope, 'read');
      case 'ClassDeclaration':
      case 'ClassExpression':
        return visitClass(node, scope);
      case 'CallExpression': {
        const callee = child(node, 'callee');
        if (callee.type === 'Identifier') use(callee, scope, 'call');
        else visit(callee, scope);
        return visitAll(list(node, 'arguments'), scope);
      }
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
        if (node['await'] === true && functionDepth === 0) hasTopLevelAwait = true;
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
        const inner: Scope = {
          names: new Set(blockScopedNames(cases.flatMap((clause) => list(clause, 'consequent')))),
          parent: scope,
        };
        return visitAll(cases, inner);
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
        if (node['kind'] === 'await using' && functionDepth === 0) hasTopLevelAwait = true;
        break;
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
  const ownNames = list(program, 'body').filter(isUsing).flatMap(declaredNames);
  visitAll(list(program, 'body'), { names: new Set(ownNames), parent: undefined });
  return { references, hasTopLevelAwait: hasTopLevelAwait || topLevelAwaits.length > 0, topLevelAwaits };
}

function isUsing(node: Node): boolean {
  return node.type === 'VariableDeclaration' && String(node['kind']).endsWith('using');
}

function declaredNames(declaration: Node): string[] {
  return list(declaration, 'declarations').flatMap((one) => boundIdentifiers(child(one, 'id')).map(nameOf));
}

/** Returns the names that statements declare for their block: `let`, `const`, `using`, classes and functions. */
function blockScopedNames(statements: readonly Node[]): string[] {
  return statements.flatMap((statement) => {
    const id = optionalChild(statement, 'id');
    if (statement.type === 'VariableDeclaration') return statement['kind'] === 'var' ? [] : declaredNames(statement);
    const isDeclaration = statement.type === 'ClassDeclaration' || statement.type === 'FunctionDeclaration';
    const isEnum = statement.type === 'TSEnumDeclaration' || statement.type === 'TSModuleDeclaration';
    return id !== undefined && (isDeclaration || isEnum) ? [nameOf(id)] : [];
  });
}

/** Returns the names of the `var` declarations in a function's body, however deep in its blocks. */
function functionScopedNames(body: Node): string[] {
  const names: string[] = [];
  const visit = (node: Node): void => {
    if (isFunction(node) || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return;
    if (node.type === 'VariableDeclaration' && node['kind'] === 'var') names.push(...declaredNames(node));
    forEachChild(node, visit);
  };
  forEachChild(body, visit);
  return names;
}
