import { forEachChild, list, type Node } from './node.ts';

/** Something that TypeScript knows and a cell cannot have. */
export interface Unsupported {
  readonly message: string;
  readonly start: number;
}

/**
 * Returns the first thing in a program that neither Node runs nor this compiler compiles; saying so at its place is better
 * than what V8 says about it.
 */
export function findUnsupported(program: Node): Unsupported | undefined {
  const topLevel = new Set(list(program, 'body').flatMap((statement) => [statement, statement['declaration']]));
  let found: Unsupported | undefined;
  const visit = (node: Node): void => {
    if (found !== undefined || node['declare'] === true) return;
    const message = objection(node, topLevel.has(node));
    if (message !== undefined) found = { message, start: node.start };
    // What is inside an enum or a namespace is compiled along with it.
    else if (!isCompiled(node)) forEachChild(node, visit);
  };
  visit(program);
  return found;
}

function objection(node: Node, isTopLevel: boolean): string | undefined {
  if (node.type === 'Decorator') return 'decorators are not supported: Node does not have them yet';
  if (node.type === 'AccessorProperty') return '`accessor` fields are not supported: Node does not have them yet';
  if (node.type === 'TSExportAssignment') return '`export =` is not supported: a cell is an ES module';
  if (isCompiled(node) && !isTopLevel) return 'enums and namespaces are allowed at the top level of a cell only';
  return undefined;
}

function isCompiled(node: Node): boolean {
  return node.type === 'TSEnumDeclaration' || node.type === 'TSModuleDeclaration';
}
