import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './floors.ts';

const root = new URL('../../', import.meta.url);

/** Returns the text of a file of the repository. */
export function readText(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

/** Returns the TypeScript files of the repository that match the patterns. */
export function sourceFiles(...patterns: readonly string[]): SourceFile[] {
  const exclude = (name: string) => name === 'node_modules' || name === 'out';
  return globSync(patterns, { cwd: fileURLToPath(root), exclude })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !path.split('/').includes('out'))
    .sort()
    .map((path) => ({ path, text: readText(path) }));
}
