import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What may be missing at the end of a relative import, in the order of what is likely. */
const ENDINGS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'];
/** TypeScript's own convention names the file that a compiler would make. */
const COMPILED = /\.([mc]?)js$/;

/** Returns what to do about an error of Node's module loaders, as far as it is known. */
export function importHint(error: object): string | undefined {
  const { code, message, url, requireStack } = error as Readonly<Record<string, unknown>>;
  if (typeof message !== 'string') return undefined;
  switch (code) {
    case 'ERR_MODULE_NOT_FOUND':
    case 'ERR_UNSUPPORTED_DIR_IMPORT': {
      if (typeof url !== 'string') return packageHint(/^Cannot find package '([^']+)'/.exec(message)?.[1]);
      const importer = / imported from (.+)$/.exec(message)?.[1];
      return importer === undefined ? undefined : fileHint(fileURLToPath(url), importer);
    }
    case 'MODULE_NOT_FOUND': {
      const wanted = /^Cannot find module '([^']+)'/.exec(message)?.[1];
      const importer = Array.isArray(requireStack) ? String(requireStack[0]) : undefined;
      if (wanted === undefined || importer === undefined) return undefined;
      return /^[./]/.test(wanted) ? fileHint(resolve(dirname(importer), wanted), importer) : packageHint(wanted);
    }
    case 'ERR_IMPORT_ATTRIBUTE_MISSING':
      return "Write `import … with { type: 'json' }`.";
    default:
      return undefined;
  }
}

/** `wanted` may name a file in a package. */
function packageHint(wanted: string | undefined): string | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(wanted ?? '')?.[0];
  return name === undefined ? undefined : `Install it for this notebook: %npm install ${name}`;
}

function fileHint(wanted: string, importer: string): string | undefined {
  const likely = [wanted.replace(COMPILED, '.$1ts'), ...ENDINGS.map((ending) => wanted + ending)];
  const found = likely.find((path) => path !== wanted && existsSync(path));
  if (found === undefined) return undefined;
  const specifier = relative(dirname(importer), found).replaceAll('\\', '/');
  return `Did you mean '${specifier.startsWith('.') ? '' : './'}${specifier}'?`;
}
