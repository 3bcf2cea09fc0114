import { CellSyntaxError } from '../cell-syntax-error.ts';
import type { CompiledCell, NotebookNames } from '../compile-cell.ts';
import type { Position } from '../edits.ts';
import { EsbuildError } from './esbuild.ts';
import { type JsxOptions, jsxOptions } from './jsx.ts';
import { lower } from './lower.ts';
import { forEachChild, type Node, nameOf } from '../node.ts';

/**
 * Compiles what is left of a compiled cell that Node does not have: decorators and JSX.
 *
 * @param firstJsx where the first JSX of the program begins
 * @throws CellSyntaxError
 */
export function lowerCell(
  cell: CompiledCell,
  program: Node,
  firstJsx: number | undefined,
  notebook: NotebookNames,
): CompiledCell {
  const jsx = cell.jsx ?? jsxOptions(notebook);
  const options: JsxOptions = {
    ...jsx,
    factory: factoryCode(jsx.factory, cell, program, notebook),
    fragment: factoryCode(jsx.fragment, cell, program, notebook),
  };
  // The code has one line before those of the cell.
  const position = ({ line, column }: Position): Position => cell.position({ line: line - 1, column });
  try {
    const lowered = lower(cell.code, options, firstJsx ?? 0);
    return { ...cell, code: `\n${lowered.code}`, position: (generated) => position(lowered.position(generated)) };
  } catch (error) {
    if (!(error instanceof EsbuildError)) throw error;
    throw new CellSyntaxError(error.message, position(error.position));
  }
}

/** Returns where a factory of JSX (`React.createElement`, `h`) lives; one that nobody has declared yet goes to `$cell.jsx`. */
function factoryCode(factory: string, cell: CompiledCell, program: Node, notebook: NotebookNames): string {
  const [name] = factory.split('.') as [string];
  const isDeclared = cell.names.has(name) || notebook.declared.has(name);
  if (isDeclared) return notebook.builtins.has(name) ? `$cell.own.${factory}` : factory;
  return notebook.builtins.has(name) || mentions(program, name) ? factory : `$cell.jsx.${factory}`;
}

/** Returns whether a name occurs in a program; a function of it may have it as a parameter. */
function mentions(node: Node, name: string): boolean {
  if (node.type === 'Identifier') return nameOf(node) === name;
  let found = false;
  forEachChild(node, (part) => {
    found ||= mentions(part, name);
  });
  return found;
}
