import { SourceMap } from 'node:module';
import type { Position } from '../edits.ts';
import { EsbuildError, esbuildTransform } from './esbuild.ts';
import type { JsxOptions } from './jsx.ts';

/** Code in which nothing is left that Node does not have. */
export interface LoweredCode {
  readonly code: string;
  /** Leads a position of `code` back to the code before. */
  readonly position: (generated: Position) => Position;
}

/**
 * Compiles decorators, `accessor` fields and JSX, with esbuild. Its helpers become local to the cell.
 *
 * @param code an expression: the cell's function
 * @param importOffset what an import of the automatic JSX runtime is to be reported with
 * @throws EsbuildError
 */
export function lower(code: string, jsx: JsxOptions, importOffset: number): LoweredCode {
  const { code: lowered, map } = transform(`${RETURN}${code}`, jsx);
  const [imports] = /^(?:import \{.*\} from ".*";\n)*/.exec(lowered)!;
  const body = imports.replace(IMPORT, (_, names: string, specifier: string) => {
    const wanted = JSON.stringify(names.split(',').map((name) => name.trim().split(' ')[0]));
    const load = `$cell.load(import(${specifier}),${wanted},${specifier},${importOffset})`;
    return `const {${names.replaceAll(' as ', ':')}}=await ${load};`;
  });
  const [head, tail] = imports !== '' ? ['(async($cell)=>(await(async()=>{', '})())($cell))'] : ['(()=>{', '})()'];
  const result = `${head}${body}${lowered.slice(imports.length)}${tail}`;
  return { code: result, position: wayBack(map, head.length) };
}

/** What esbuild writes for the automatic JSX runtime. */
const IMPORT = /import \{(.*)\} from (".*");/g;

/** Makes a statement of the code: esbuild would drop a value that nothing uses. */
const RETURN = 'return ';

function transform(code: string, jsx: JsxOptions): { code: string; map: string } {
  try {
    return esbuildTransform(code, 'jsx', jsx);
  } catch (error) {
    if (!(error instanceof EsbuildError)) throw error;
    const { line, column } = error.position;
    throw new EsbuildError(error.message, beforeReturn(line, column - 1));
  }
}

function wayBack(map: string, headLength: number): (generated: Position) => Position {
  let parsed: SourceMap | undefined;
  return ({ line, column }) => {
    parsed ??= new SourceMap(JSON.parse(map));
    const entry = parsed.findEntry(line - 1, column - 1 - (line === 1 ? headLength : 0));
    return 'originalLine' in entry
      ? beforeReturn(entry.originalLine + 1, entry.originalColumn)
      : { line: 1, column: 1 };
  };
}

function beforeReturn(line: number, column: number): Position {
  return { line, column: Math.max(0, line === 1 ? column - RETURN.length : column) + 1 };
}
