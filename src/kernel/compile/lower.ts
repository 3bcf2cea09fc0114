import { createRequire, SourceMap } from 'node:module';
import type * as Esbuild from 'esbuild';
import type { Position } from './edits.ts';
import type { JsxOptions } from './jsx.ts';

/** Code in which nothing is left that Node does not have. */
export interface LoweredCode {
  readonly code: string;
  /** Leads a position of `code` back to the code before. */
  readonly position: (generated: Position) => Position;
}

/** Code that could not be lowered: what is wrong, and where. */
export class LowerError extends Error {
  override readonly name: string = 'LowerError';
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

/**
 * Compiles decorators, `accessor` fields and JSX, with esbuild. Its helpers become local to the cell.
 *
 * @param code an expression: the cell's function
 * @param importOffset what an import of the automatic JSX runtime is to be reported with
 * @throws LowerError
 */
export function lower(code: string, jsx: JsxOptions, importOffset: number): LoweredCode {
  const { code: lowered, map } = transform(`${RETURN}${code}`, {
    loader: 'jsx',
    target: 'esnext',
    supported: { decorators: false },
    charset: 'utf8',
    sourcemap: 'external',
    sourcesContent: false,
    jsx: jsx.runtime === 'automatic' ? 'automatic' : 'transform',
    jsxFactory: jsx.factory,
    jsxFragment: jsx.fragment,
    jsxImportSource: jsx.importSource,
    jsxSideEffects: true,
  });
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

function transform(code: string, options: Esbuild.TransformOptions): { code: string; map: string } {
  // Without its worker thread esbuild runs once for each call (7 ms), and no process of it stays behind.
  process.env['ESBUILD_WORKER_THREADS'] = '0';
  const esbuild = createRequire(import.meta.url)('esbuild') as typeof Esbuild;
  try {
    return esbuild.transformSync(code, options);
  } catch (error) {
    const [first] = (error as Partial<Esbuild.TransformFailure>).errors ?? [];
    const { line, lineText, column } = first?.location ?? { line: 1, lineText: RETURN, column: RETURN.length };
    // Its columns are bytes.
    const { length } = Buffer.from(lineText).subarray(0, column).toString();
    throw new LowerError(first?.text ?? (error as Error).message, beforeReturn(line, length));
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
