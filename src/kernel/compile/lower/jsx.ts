import type { Comment } from 'oxc-parser';
import { type CompilerOption, readTsconfig } from './tsconfig.ts';

/** What JSX becomes: calls of a factory (`classic`), or of the functions of a package's `jsx-runtime` (`automatic`). */
export interface JsxOptions {
  readonly runtime: 'classic' | 'automatic';
  /** Default `React.createElement`. */
  readonly factory: string;
  /** What `<>` stands for. Default `React.Fragment`. */
  readonly fragment: string;
  /** The package of the automatic runtime. Default `react`. */
  readonly importSource: string;
}

/** What TypeScript makes of JSX when nothing says otherwise. */
const DEFAULT_JSX: JsxOptions = {
  runtime: 'classic',
  factory: 'React.createElement',
  fragment: 'React.Fragment',
  importSource: 'react',
};

/** Returns what JSX becomes in a notebook: what its cells have chosen, or else its `tsconfig.json`. */
export function jsxOptions(notebook: { readonly jsx: JsxOptions | undefined; readonly folder: string }): JsxOptions {
  return notebook.jsx ?? configuredJsx(readTsconfig(notebook.folder));
}

/** Returns the options with what the pragmas in its comments say: `@jsx`, `@jsxFrag`, `@jsxImportSource` and `@jsxRuntime`. */
export function withPragmas(options: JsxOptions, comments: readonly Comment[]): JsxOptions {
  const pragmas = new Map<string, string>();
  for (const { value } of comments) {
    for (const [, name, argument] of value.matchAll(/@(jsx\w*)\s+([\w$./@-]+)/g)) pragmas.set(name!, argument!);
  }
  return merged(options, {
    factory: pragmas.get('jsx'),
    fragment: pragmas.get('jsxFrag'),
    importSource: pragmas.get('jsxImportSource'),
    runtime: pragmas.get('jsxRuntime'),
  });
}

/** Returns what a `tsconfig.json` says of JSX; what it leaves open is as TypeScript has it. */
export function configuredJsx(options: CompilerOption): JsxOptions {
  const option = (name: string): string | undefined => {
    const value = options(name);
    return typeof value === 'string' ? value : undefined;
  };
  return merged(DEFAULT_JSX, {
    factory: option('jsxFactory'),
    fragment: option('jsxFragmentFactory'),
    importSource: option('jsxImportSource'),
    runtime: option('jsx')?.startsWith('react-jsx') === true ? 'automatic' : undefined,
  });
}

type Wishes = { readonly [K in keyof JsxOptions]: string | undefined };

/** A package asks for the automatic runtime, a factory for the classic one. */
function merged(options: JsxOptions, { factory, fragment, importSource, runtime }: Wishes): JsxOptions {
  const implied = importSource !== undefined ? 'automatic' : factory !== undefined ? 'classic' : options.runtime;
  return {
    runtime: runtime === 'automatic' || runtime === 'classic' ? runtime : implied,
    factory: factory ?? options.factory,
    fragment: fragment ?? options.fragment,
    importSource: importSource ?? options.importSource,
  };
}
