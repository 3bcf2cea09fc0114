import { statSync } from 'node:fs';
import type { ResolveFnOutput } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Finds a module as Node does. */
export type Resolve = (specifier: string) => ResolveFnOutput;

const RELATIVE = /^\.{1,2}(?:\/|$)/;
/** What may be missing at the end of a relative import, in the order in which TypeScript and bundlers look. */
const ENDINGS = '.ts .tsx .mts .cts .js .jsx .mjs .cjs .json /index.ts /index.tsx /index.js'.split(' ');
/** TypeScript's own convention names the file that a compiler would make. */
const MADE = /\.([mc]?)jsx?$/;

/**
 * Finds a module as Node does, or the file that TypeScript takes a relative import for where there is none of its name:
 * `./a` and `./a.js` may be `./a.ts`, a folder its `index.ts`.
 *
 * @param isImport whether it is an `import`, which goes by URLs; `require` goes by paths
 * @throws what Node throws
 */
export function resolveMeant(
  specifier: string,
  importer: string,
  isImport: boolean,
  resolve: Resolve,
): ResolveFnOutput {
  try {
    return resolve(specifier);
  } catch (error) {
    const meant = RELATIVE.test(specifier) ? meantFile(join(dirname(importer), specifier)) : undefined;
    if (meant === undefined) throw error;
    return resolve(isImport ? pathToFileURL(meant).href : meant);
  }
}

function meantFile(path: string): string | undefined {
  const sources = MADE.test(path) ? [path.replace(MADE, '.$1ts'), path.replace(MADE, '.tsx')] : [];
  const candidates = [...sources, ...ENDINGS.map((ending) => path + ending)];
  return candidates.find((one) => statSync(one, { throwIfNoEntry: false })?.isFile() === true);
}
