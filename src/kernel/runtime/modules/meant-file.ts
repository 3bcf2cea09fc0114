import { existsSync, statSync } from 'node:fs';

/** What may be missing at the end of a relative import, in the order in which TypeScript and bundlers look. */
const ENDINGS = [
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.json',
  '/index.ts',
  '/index.tsx',
  '/index.js',
];
/** TypeScript's own convention names the file that a compiler would make. */
const MADE = /\.([mc]?)jsx?$/;

/**
 * Returns the file that is meant by a relative import of a path where no file is: `./a` and `./a.js` may be `./a.ts`, a folder
 * its `index.ts`. `undefined` when there is none.
 */
export function meantFile(path: string): string | undefined {
  const sources = MADE.test(path) ? [path.replace(MADE, '.$1ts'), path.replace(MADE, '.tsx')] : [];
  return [...sources, ...ENDINGS.map((ending) => path + ending)].find(
    (one) => existsSync(one) && statSync(one).isFile(),
  );
}
