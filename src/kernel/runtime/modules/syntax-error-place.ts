import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Oxc from 'oxc-parser';
import { type Position, positionAt } from '../../compile/edits.ts';

/**
 * Puts the place above the stack of a syntax error that came up when a module was loaded: for modules Node keeps it to itself.
 *
 * @param path the module that was loaded last
 */
export function placeSyntaxError(error: SyntaxError, path: string): void {
  const isPlaced = error.stack?.startsWith(`${path}:`) === true;
  if (isPlaced || !/^\s+at .*\(node:internal\/modules\//m.test(firstFrame(error))) return;
  const source = readFileSync(path, 'utf8');
  // Loaded when it is needed, which is rare.
  const { parseSync } = createRequire(import.meta.url)('oxc-parser') as typeof Oxc;
  const [found] = parseSync(path, source, { showSemanticErrors: true }).errors;
  const offset = found?.labels.at(-1)?.start;
  if (offset === undefined) return;
  putPlace(error, path, source, positionAt(source, offset));
}

/** Puts a place above the stack of a syntax error, as V8 does for scripts: `FILE:LINE`, the line, and an arrow under the column. */
export function putPlace(error: SyntaxError, path: string, source: string, { line, column }: Position): void {
  const text = source.split('\n')[line - 1] ?? '';
  const stack = error.stack!.slice(error.stack!.indexOf(error.name));
  error.stack = `${path}:${line}\n${text}\n${' '.repeat(column - 1)}^\n\n${stack}`;
}

function firstFrame(error: Error): string {
  return /^\s+at .*$/m.exec(error.stack ?? '')?.[0] ?? '';
}
