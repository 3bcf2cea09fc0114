import { readFileSync } from 'node:fs';
import { createRequire, type LoadFnOutput, SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { moduleUrl } from '../../../base/module-url.ts';
import { CellSyntaxError } from '../../compile/cell-syntax-error.ts';
import type * as Compiler from '../../compile/compile-module.ts';
import { putPlace } from './syntax-error-place.ts';

/** The files that Node cannot run, or not all of: it erases types, and knows neither enums nor JSX. */
const COMPILED = /\.(?:[cm]?ts|[jt]sx)$/;

/** A frame as V8 writes it: `f (FILE:1:2)`, `async FILE:1:2`, `FILE:1:2`. */
const PLACE = /^(?<head>.*? \(|async |)(?<file>.+):(?<line>\d+):(?<column>\d+)(?<tail>\)?)$/;

/** Returns whether a file is to be compiled. */
export function isCompiled(path: string): boolean {
  return COMPILED.test(path);
}

/** Compiles the TypeScript and JSX modules of a notebook when Node loads them. */
export class TypeScriptModules {
  /** By file, as V8 names it: URL or path. */
  readonly #maps = new Map<string, SourceMap>();
  #compiler: typeof Compiler | undefined;

  /**
   * Returns what Node is to run for a file.
   *
   * @param format what Node takes it for, by the package that it is in
   * @throws SyntaxError whose stack begins with the place in the file
   */
  load(path: string, format: string | null | undefined): LoadFnOutput {
    this.#compiler ??= createRequire(import.meta.url)(
      fileURLToPath(moduleUrl('../../compile/compile-module', import.meta.url)),
    ) as typeof Compiler;
    const source = readFileSync(path, 'utf8');
    const { code, map, isModule } = compile(this.#compiler, path, source);
    this.#remember(path, map);
    // TypeScript lets a file import and export whatever its package says: npm writes `"type": "commonjs"` into new ones.
    const isOfModules = !path.endsWith('.cts') && (isModule || format?.startsWith('module') === true);
    return { format: isOfModules ? 'module' : 'commonjs', source: code, shortCircuit: true };
  }

  /** Returns a frame of a stack with the place in the file where V8 names one in the compiled code. */
  original(frame: string): string {
    if (this.#maps.size === 0) return frame;
    const { head = '', file = '', line, column, tail = '' } = PLACE.exec(frame)?.groups ?? {};
    const origin = this.#maps.get(file)?.findOrigin(Number(line), Number(column));
    if (origin === undefined || !('fileName' in origin)) return frame;
    return `${head}${file}:${origin.lineNumber}:${origin.columnNumber}${tail}`;
  }

  #remember(path: string, json: string | undefined): void {
    const map = json === undefined ? undefined : new SourceMap(JSON.parse(json) as SourceMapPayload);
    for (const file of [path, pathToFileURL(path).href]) {
      if (map === undefined) this.#maps.delete(file);
      else this.#maps.set(file, map);
    }
  }
}

function compile({ compileModule }: typeof Compiler, path: string, source: string): Compiler.CompiledModule {
  try {
    return compileModule(path, source);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const shown = new SyntaxError(error.message);
    putPlace(shown, path, source, error.position);
    throw shown;
  }
}
