import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { DataFormatError } from '../../base/errors.ts';

/** Largest text that is read: some thousand outputs, where DVC writes one. The parser needs a second for a hostile one. */
const maxLength = 500_000;
/** Aliases that are followed; DVC writes some, and a file of few lines can stand for billions with them. */
const maxAliasCount = 100;

/** Returns the `yaml` package, loaded at the first use: most commands meet no file that needs it. */
export function loadYaml(): typeof Yaml {
  return createRequire(import.meta.url)('yaml') as typeof Yaml;
}

/**
 * Returns the mapping that a YAML 1.2 text holds.
 *
 * @throws DataFormatError when it is too large, no YAML, has a key twice, multiplies itself by aliases, or is no mapping
 */
export function readYamlMapping(text: string, where: string): Record<string, unknown> {
  if (text.length > maxLength) {
    throw new DataFormatError(`${where}: expected at most ${maxLength} characters, got ${text.length}`);
  }
  const value = readYaml(text, where);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new DataFormatError(
    `${where}: expected a YAML mapping, got ${value === null ? 'an empty file' : 'another value'}`,
  );
}

function readYaml(text: string, where: string): unknown {
  const { parseDocument, visit } = loadYaml();
  try {
    // The package's own look for a key twice takes quadratic time, and a hostile file has many.
    const document = parseDocument(text, { uniqueKeys: false, logLevel: 'error' });
    const [problem] = document.errors;
    if (problem !== undefined) throw problem;
    visit(document, { Map: (_key, map) => requireUniqueKeys(map.items.map(({ key }) => String(key))) });
    return document.toJS({ maxAliasCount });
  } catch (cause) {
    // Nested a hundred thousand deep, the package's recursion ends in a RangeError.
    const reason = cause instanceof RangeError ? 'it is nested too deep' : (cause as Error).message.split('\n', 1)[0];
    throw new DataFormatError(`${where}: damaged: ${reason}`, { cause });
  }
}

function requireUniqueKeys(keys: readonly string[]): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw new SyntaxError(`the key ${JSON.stringify(key.slice(0, 80))} is there twice`);
    seen.add(key);
  }
}
