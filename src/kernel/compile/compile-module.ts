import { dirname } from 'node:path';
import { Edits, positionAt } from './edits.ts';
import { CellSyntaxError } from './cell-syntax-error.ts';
import { eraseTypeImports } from './erase-type-imports.ts';
import { eraseTypes } from './erase-types.ts';
import { EsbuildError, esbuildTransform } from './lower/esbuild.ts';
import { configuredJsx, withPragmas } from './lower/jsx.ts';
import { forEachChild, type Node } from './node.ts';
import { type Language, type Parsed, parseModule } from './parse.ts';
import { isTypesOnly } from './scopes.ts';
import { readTsconfig } from './lower/tsconfig.ts';

/** A module as Node can run it. */
export interface CompiledModule {
  readonly code: string;
  /** A source map (JSON, ECMA-426) where lines have moved; `undefined`: each expression stands at the line where it was written. */
  readonly map: string | undefined;
  /** Whether the file imports or exports something. */
  readonly isModule: boolean;
}

/**
 * Compiles a local TypeScript or JSX module. Types are erased in place, and so are imports of which only types are used. What
 * is not only a type (enums, namespaces, decorators, JSX, `import x = require()`) goes through esbuild.
 *
 * @param path its file; the nearest `tsconfig.json` says what JSX becomes, and whether decorators are those of old (`experimentalDecorators`)
 * @throws CellSyntaxError
 */
export function compileModule(path: string, source: string): CompiledModule {
  const language = languageOf(path);
  const module = parseModule(language, source, (offset) => positionAt(source, offset));
  const { program, text, isModule } = module;
  if (needsLowering(program)) return { ...lowered(path, language, module), isModule };
  const edits = new Edits(text);
  eraseTypes(program, edits);
  eraseTypeImports(program, edits);
  return { code: edits.apply().text, map: undefined, isModule };
}

function languageOf(path: string): Language {
  if (path.endsWith('.tsx')) return 'tsx';
  return path.endsWith('.jsx') ? 'jsx' : 'ts';
}

const LOWERED = new Set(['Decorator', 'AccessorProperty', 'JSXElement', 'JSXFragment', 'TSExportAssignment']);
const LOWERED_DECLARATIONS = new Set(['TSEnumDeclaration', 'TSModuleDeclaration', 'TSImportEqualsDeclaration']);

function needsLowering(node: Node): boolean {
  if (node['declare'] === true) return false;
  if (LOWERED.has(node.type)) return true;
  if (LOWERED_DECLARATIONS.has(node.type) && node['importKind'] !== 'type' && !isTypesOnly(node)) return true;
  let found = false;
  forEachChild(node, (part) => {
    found ||= needsLowering(part);
  });
  return found;
}

function lowered(path: string, language: Language, { text, comments }: Parsed): { code: string; map: string } {
  const options = readTsconfig(dirname(path));
  const jsx = withPragmas(configuredJsx(options), comments);
  const experimentalDecorators = options('experimentalDecorators') === true;
  try {
    return esbuildTransform(text, language, jsx, {
      sourcefile: path,
      tsconfigRaw: { compilerOptions: { experimentalDecorators } },
    });
  } catch (error) {
    if (!(error instanceof EsbuildError)) throw error;
    throw new CellSyntaxError(error.message, error.position);
  }
}
