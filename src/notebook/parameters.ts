import type { Statement, VariableDeclaration } from 'oxc-parser';
import { ParameterError } from '../base/errors.ts';
import type { Notebook } from './document.ts';
import { literalValue } from './literal.ts';
import { hasTag } from './tags.ts';

/** A parameter that a notebook declares, in its cell tagged `parameters`. */
export interface Parameter {
  readonly name: string;
  readonly keyword: 'const' | 'let' | 'var';
  /** The type annotation with its colon, as written; empty when there is none. */
  readonly annotation: string;
  /** The type of the default, which is the type of every value the parameter takes. */
  readonly type: 'number' | 'string' | 'boolean' | 'array' | 'object';
  readonly defaultValue: unknown;
}

/**
 * Returns the parameters of a notebook: the declarations of its cell tagged `parameters` whose default is a literal
 * (`const days = 365`, `let name: string = "a"`, arrays and objects of literals). No such cell: no parameters.
 *
 * @throws ParameterError when the cell is not TypeScript that can be parsed
 */
export async function readParameters(notebook: Notebook, where: string): Promise<Parameter[]> {
  const cell = notebook.cells[parametersIndex(notebook)];
  if (cell === undefined) return [];
  // Loading the parser takes longer than reading a notebook does, and most notebooks have no parameters.
  const { parseSync } = await import('oxc-parser');
  const { program, errors } = parseSync('parameters.ts', cell.source);
  if (errors[0] !== undefined) {
    throw new ParameterError(`${where}: the cell tagged "parameters" cannot be read: ${errors[0].message}`);
  }
  return program.body.flatMap((statement) => declaredIn(statement, cell.source));
}

/** Returns the index of the first code cell tagged `parameters`, or -1. */
export function parametersIndex(notebook: Notebook): number {
  return notebook.cells.findIndex((cell) => cell.cell_type === 'code' && hasTag(cell, 'parameters'));
}

function declaredIn(statement: Statement, source: string): Parameter[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration?.type !== 'VariableDeclaration') return [];
  const { kind } = declaration;
  if (kind !== 'const' && kind !== 'let' && kind !== 'var') return [];
  return declaration.declarations.flatMap((declarator) => parameterOf(declarator, kind, source));
}

function parameterOf(
  { id, init }: VariableDeclaration['declarations'][number],
  keyword: Parameter['keyword'],
  source: string,
): Parameter[] {
  if (id.type !== 'Identifier' || init === null) return [];
  const literal = literalValue(init);
  const type = literal === undefined ? undefined : typeOf(literal.value);
  if (literal === undefined || type === undefined) return [];
  const annotation = id.typeAnnotation ? source.slice(id.typeAnnotation.start, id.typeAnnotation.end) : '';
  return [{ name: id.name, keyword, annotation, type, defaultValue: literal.value }];
}

/** Returns the parameter type of a value, or undefined for a value that no parameter takes. */
export function typeOf(value: unknown): Parameter['type'] | undefined {
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  if (type === 'object') return value === null ? undefined : 'object';
  return type === 'number' || type === 'string' || type === 'boolean' ? type : undefined;
}
