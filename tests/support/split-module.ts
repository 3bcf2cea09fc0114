import { parseSync, type Statement } from 'oxc-parser';

/** A module's source as cells, and what it exports. */
export interface SplitModule {
  readonly cells: readonly string[];
  /** Exported name → the module's own name for it; what has none in the module is left out. */
  readonly exports: ReadonlyMap<string, string>;
}

/**
 * Splits a module at its top-level statements: imports first and functions next, as a module evaluates them,
 * then the other statements in order, one to three together.
 */
export function splitModule(file: string, source: string): SplitModule {
  const { program, module } = parseSync(file, source, { sourceType: 'module' });
  const textsOf = (statements: readonly Statement[]): string[] =>
    statements.map(({ start, end }) => source.slice(start, end));
  const imports = program.body.filter(({ type }) => type === 'ImportDeclaration');
  const functions = program.body.filter(isFunction);
  const others = program.body.filter((statement) => !imports.includes(statement) && !isFunction(statement));
  const exported = module.staticExports.flatMap(({ entries }) => entries);
  return {
    cells: [...textsOf(imports), ...textsOf(functions), ...inGroups(textsOf(others))],
    exports: new Map(
      exported.flatMap(({ exportName, localName }) => {
        const name = (exportName.kind as string) === 'Default' ? 'default' : exportName.name;
        return name === null || localName.name === null ? [] : [[name, localName.name]];
      }),
    ),
  };
}

function isFunction(statement: Statement): boolean {
  const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  const declaration = isExport ? statement.declaration : statement;
  return declaration?.type === 'FunctionDeclaration';
}

function inGroups(texts: readonly string[]): string[] {
  const groups: string[] = [];
  for (let at = 0, size = 1; at < texts.length; at += size, size = (size % 3) + 1) {
    groups.push(texts.slice(at, at + size).join('\n'));
  }
  return groups;
}
