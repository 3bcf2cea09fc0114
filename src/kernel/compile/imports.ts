import { child, list, type Node, nameOf, optionalChild } from './node.ts';

/**
 * Returns the assignment that an import declaration becomes. `$cell.load` checks that the wanted names are there;
 * `$cell.loadTypes` stands for a module of which types only are used, and which may have no code at all.
 *
 * @param isType tells whether a local name is used as a type only
 * @param place returns where a name lives
 */
export function importCode(
  node: Node,
  source: string,
  isType: (name: string) => boolean,
  place: (name: string) => string,
): string {
  const specifiers = importSpecifiers(node);
  const namespace = specifiers.find((one) => one.type === 'ImportNamespaceSpecifier');
  const named = specifiers.filter((one) => one !== namespace);
  const required = named.filter((one) => !isType(localName(one)));
  const pairs = named.map((one) => {
    const target = place(localName(one));
    return `${JSON.stringify(importedName(one))}:${target}${required.includes(one) ? '' : `=${target}`}`;
  });
  const targets = [
    ...(pairs.length === 0 ? [] : [`{${pairs.join(',')}}=`]),
    ...(namespace === undefined ? [] : [`${place(localName(namespace))}=`]),
  ];
  const isTypes = named.length > 0 && required.length === 0 && namespace === undefined;
  const load = isTypes
    ? `$cell.loadTypes(${moduleCode(node, source)},${node.start})`
    : loadCode(node, source, required.map(importedName));
  return `void(${targets.join('')}await ${load});`;
}

/** Returns the code that `export … from` becomes: the module is loaded, and must have the names. */
export function reexportCode(node: Node, source: string): string {
  const names = list(node, 'specifiers').filter((one) => one['exportKind'] !== 'type');
  return `await ${loadCode(
    node,
    source,
    names.map((one) => exportName(child(one, 'local'))),
  )};`;
}

/** Returns the specifiers of an import declaration that are not marked as types. */
export function importSpecifiers(node: Node): readonly Node[] {
  return list(node, 'specifiers').filter((one) => one['importKind'] !== 'type');
}

/** Returns the name that an import specifier declares. */
export function localName(specifier: Node): string {
  return nameOf(child(specifier, 'local'));
}

function loadCode(node: Node, source: string, wanted: readonly string[]): string {
  const specifier = String(child(node, 'source')['raw']);
  return `$cell.load(${moduleCode(node, source)},${JSON.stringify(wanted)},${specifier},${node.start})`;
}

function moduleCode(node: Node, source: string): string {
  const attributes = list(node, 'attributes').map((one) => source.slice(one.start, one.end));
  const options = attributes.length === 0 ? '' : `,{with:{${attributes.join(',')}}}`;
  return `import(${String(child(node, 'source')['raw'])}${options})`;
}

function importedName(specifier: Node): string {
  const imported = optionalChild(specifier, 'imported');
  return imported === undefined ? 'default' : exportName(imported);
}

function exportName(node: Node): string {
  return String(node.type === 'Literal' ? node['value'] : nameOf(node));
}
