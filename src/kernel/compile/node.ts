/** A node of the ESTree (TypeScript flavour) that oxc-parser returns, seen generically. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Returns whether a value found in a tree is a node. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Returns a child that must be there. */
export function child(node: Node, key: string): Node {
  return node[key] as Node;
}

/** Returns a child, or `undefined` where the tree has none. */
export function optionalChild(node: Node, key: string): Node | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

/** Returns the nodes of a list (holes of patterns left out). */
export function list(node: Node, key: string): readonly Node[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Returns an identifier's name. */
export function nameOf(node: Node): string {
  return String(node['name']);
}

/** Calls `visit` for each direct child of `node`. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  // For-in, with the lookup right behind it, is the fastest way over a node by far.
  for (const key in node) {
    const value = node[key];
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) visit(value);
      continue;
    }
    for (const item of value) if (isNode(item)) visit(item);
  }
}

/** Returns where a declaration begins with its decorators, which may stand before `export`. */
export function startOf(node: Node): number {
  return Math.min(node.start, list(node, 'decorators')[0]?.start ?? node.start);
}

/** Returns the identifiers that a binding pattern declares. */
export function boundIdentifiers(pattern: Node): readonly Node[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return list(pattern, 'properties').flatMap(boundIdentifiers);
    case 'Property':
      return boundIdentifiers(child(pattern, 'value'));
    case 'ArrayPattern':
      return list(pattern, 'elements').flatMap(boundIdentifiers);
    case 'AssignmentPattern':
      return boundIdentifiers(child(pattern, 'left'));
    case 'RestElement':
      return boundIdentifiers(child(pattern, 'argument'));
    case 'TSParameterProperty':
      return boundIdentifiers(child(pattern, 'parameter'));
    default:
      return [];
  }
}

/** Returns whether `node` is a function of any form. */
export function isFunction(node: Node): boolean {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}
