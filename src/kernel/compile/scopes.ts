import { boundIdentifiers, child, forEachChild, isFunction, list, type Node, nameOf, optionalChild } from './node.ts';

/** The names that one scope declares. */
export interface Scope {
  readonly names: ReadonlySet<string>;
  readonly parent: Scope | undefined;
  /** What the enums and namespaces among its statements make of names: properties of an object. */
  readonly objects?: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** In an enum or a namespace: that object (`owner`, as code), and the names that are its properties. */
  readonly owner?: string;
  readonly members?: ReadonlySet<string> | undefined;
}

/** The code that stands for the object of an enum or a namespace inside its braces, where its own name may be hidden. */
export function ownerOf(name: string): string {
  return `${name}$cell`;
}

/** Returns whether a declaration is `using` or `await using`. */
export function isUsing(node: Node): boolean {
  return node.type === 'VariableDeclaration' && String(node['kind']).endsWith('using');
}

/** Returns whether a namespace has types in it only: it does not exist when the program runs. */
export function isTypesOnly(node: Node): boolean {
  return node.type === 'TSModuleDeclaration' && list(child(node, 'body'), 'body').every(isTypeStatement);
}

const TYPES = new Set(['TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'EmptyStatement']);

function isTypeStatement(statement: Node): boolean {
  if (statement['declare'] === true || statement['exportKind'] === 'type' || statement['importKind'] === 'type')
    return true;
  const declaration = statement.type === 'ExportNamedDeclaration' ? optionalChild(statement, 'declaration') : statement;
  if (declaration === undefined) return false;
  return TYPES.has(declaration.type) || isTypesOnly(declaration);
}

/** Returns the names of a namespace: `A`, `B`, `C` of `namespace A.B.C`. */
export function namespacePath(id: Node): string[] {
  if (id.type !== 'TSQualifiedName') return [nameOf(id)];
  return [...namespacePath(child(id, 'left')), nameOf(child(id, 'right'))];
}

/** Returns the names that a variable declaration declares. */
export function declaredNames(declaration: Node): string[] {
  return list(declaration, 'declarations').flatMap((one) => boundIdentifiers(child(one, 'id')).map(nameOf));
}

/** Declarations whose name belongs to the block that they stand in. */
const NAMED_DECLARATIONS = new Set([
  'ClassDeclaration',
  'FunctionDeclaration',
  'TSEnumDeclaration',
  'TSModuleDeclaration',
  'TSImportEqualsDeclaration',
]);

/** Returns the names that statements declare for their block: `let`, `const`, `using`, classes, functions, enums, namespaces. */
export function blockScopedNames(statements: readonly Node[]): string[] {
  const names: string[] = [];
  for (const statement of statements) {
    if (statement.type === 'VariableDeclaration') {
      if (statement['kind'] !== 'var') names.push(...declaredNames(statement));
    } else if (NAMED_DECLARATIONS.has(statement.type)) names.push(...declarationName(statement));
  }
  return names;
}

function declarationName(declaration: Node): string[] {
  const id = optionalChild(declaration, 'id');
  return id === undefined ? [] : [namespacePath(id)[0]!];
}

/** Returns the names that the statements of a namespace declare and that stay variables when they are exported. */
export function localNames(statements: readonly Node[]): string[] {
  const exported = statements.flatMap((statement) => optionalChild(statement, 'declaration') ?? []);
  const isLocal = ({ type }: Node): boolean => type !== 'VariableDeclaration' && type !== 'TSImportEqualsDeclaration';
  return blockScopedNames([...statements, ...exported.filter(isLocal)]);
}

/** Returns the names of the `var` declarations in a function's body, however deep in its blocks; without some. */
export function functionScopedNames(body: Node, without?: ReadonlySet<string>): string[] {
  const names: string[] = [];
  const visit = (node: Node): void => {
    if (isFunction(node) || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return;
    if (node.type === 'TSModuleDeclaration') return;
    if (node.type === 'VariableDeclaration' && node['kind'] === 'var') names.push(...declaredNames(node));
    forEachChild(node, visit);
  };
  forEachChild(body, visit);
  return without === undefined ? names : names.filter((name) => !without.has(name));
}

/** Returns the properties of the enums and namespaces among statements by their names (`A`, `A.B`), those of one name together. */
export function objectsAmong(statements: readonly Node[]): ReadonlyMap<string, ReadonlySet<string>> | undefined {
  let objects: Map<string, Set<string>> | undefined;
  for (const statement of statements) {
    const node = statement.type === 'ExportNamedDeclaration' ? optionalChild(statement, 'declaration') : statement;
    if (node?.type !== 'TSEnumDeclaration' && node?.type !== 'TSModuleDeclaration') continue;
    const path = namespacePath(child(node, 'id'));
    const names = node.type === 'TSEnumDeclaration' ? enumMembers(node).map(({ name }) => name) : exportedNames(node);
    objects ??= new Map();
    const object = objects.get(path.join('.')) ?? new Set();
    objects.set(path.join('.'), object);
    for (const name of names) object.add(name);
  }
  return objects;
}

/** Returns the members of an enum with their names. */
export function enumMembers(node: Node): Array<{ readonly member: Node; readonly name: string }> {
  return list(child(node, 'body'), 'members').map((member) => ({ member, name: memberName(child(member, 'id')) }));
}

function memberName(id: Node): string {
  if (id.type === 'Identifier') return nameOf(id);
  if (id.type === 'Literal') return String(id['value']);
  const [text] = list(id, 'quasis');
  return String(text === undefined ? '' : (text['value'] as { cooked?: unknown } | undefined)?.cooked);
}

/** Returns the names that a namespace exports. */
function exportedNames(namespace: Node): string[] {
  return list(child(namespace, 'body'), 'body').flatMap((statement) => {
    const declaration = optionalChild(statement, 'declaration');
    if (statement.type !== 'ExportNamedDeclaration' || declaration === undefined) return [];
    return declaration.type === 'VariableDeclaration' ? declaredNames(declaration) : declarationName(declaration);
  });
}
