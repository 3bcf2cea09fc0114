import { createRequire, isBuiltin, registerHooks } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `import.meta` of a cell. */
export interface CellMeta {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
  /** Always true: a notebook is what was started. */
  readonly main: boolean;
  /** Returns the URL that `import` would take for a specifier. */
  readonly resolve: (specifier: string) => string;
}

/** Returns the `import.meta` of a cell whose script is `file`. */
export function importMeta(file: string): CellMeta {
  const url = pathToFileURL(file).href;
  const resolve = (specifier: string): string => {
    if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
    if (/^\.{0,2}\//.test(specifier) || URL.canParse(specifier)) return new URL(specifier, url).href;
    return pathToFileURL(resolvePackage(specifier, file)).href;
  };
  return { url, filename: file, dirname: dirname(file), main: true, resolve };
}

/** Scripts have no `import.meta.resolve`; what `require` resolves becomes what `import` would with other conditions. */
function resolvePackage(specifier: string, file: string): string {
  const hooks = registerHooks({
    resolve: (name, context, next) => next(name, { ...context, conditions: ['node', 'import', 'module-sync'] }),
  });
  try {
    return createRequire(file).resolve(specifier);
  } finally {
    hooks.deregister();
  }
}
