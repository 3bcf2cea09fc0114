import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { child, list, type Node, nameOf } from '../node.ts';

/** Returns the value of an option of the compiler; `undefined` where it is not set. */
export type CompilerOption = (name: string) => unknown;

/** Reads the nearest `tsconfig.json` of a folder. One that cannot be read has no options. */
export function readTsconfig(folder: string): CompilerOption {
  const text = nearestConfig(folder);
  if (text === undefined) return () => undefined;
  // A tsconfig.json is JSON with comments and trailing commas: all of it an expression.
  const { program, errors } = parseSync('tsconfig.ts', `(${text})`, { preserveParens: false });
  const [statement] = list(program as unknown as Node, 'body');
  if (errors.length > 0 || statement === undefined) return () => undefined;
  const options = property(child(statement, 'expression'), 'compilerOptions');
  return (name) => options && property(options, name)?.['value'];
}

function nearestConfig(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'tsconfig.json'), 'utf8');
  } catch {
    return dirname(folder) === folder ? undefined : nearestConfig(dirname(folder));
  }
}

function property(object: Node, name: string): Node | undefined {
  const found = list(object, 'properties').find((one) => {
    const key = child(one, 'key');
    return (key.type === 'Identifier' ? nameOf(key) : key['value']) === name;
  });
  return found && child(found, 'value');
}
