import { createRequire } from 'node:module';
import type * as Esbuild from 'esbuild';
import type { Position } from '../edits.ts';
import type { JsxOptions } from './jsx.ts';

/** Code that esbuild does not accept: what is wrong, and where. */
export class EsbuildError extends Error {
  override readonly name: string = 'EsbuildError';
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

/**
 * Compiles what Node does not have: decorators, `accessor` fields, JSX, and of TypeScript what is not only a type.
 *
 * @returns the code, and its source map as JSON
 * @throws EsbuildError
 */
export function esbuildTransform(
  code: string,
  loader: 'ts' | 'tsx' | 'jsx',
  jsx: JsxOptions,
  options: Pick<Esbuild.TransformOptions, 'sourcefile' | 'tsconfigRaw'> = {},
): { code: string; map: string } {
  // Without its worker thread esbuild runs once for each call (7 ms), and no process of it stays behind.
  process.env['ESBUILD_WORKER_THREADS'] = '0';
  const esbuild = createRequire(import.meta.url)('esbuild') as typeof Esbuild;
  try {
    return esbuild.transformSync(code, {
      ...options,
      loader,
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
  } catch (error) {
    const [first] = (error as Partial<Esbuild.TransformFailure>).errors ?? [];
    const { line, lineText, column } = first?.location ?? { line: 1, lineText: '', column: 0 };
    // Its columns are bytes.
    const { length } = Buffer.from(lineText).subarray(0, column).toString();
    throw new EsbuildError(first?.text ?? (error as Error).message, { line, column: length + 1 });
  }
}
