import { existsSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { PROVIDED_PACKAGES } from '../other-kernels/provided-packages.ts';

/** The name of a package at the beginning of a specifier; relative, absolute and `#internal` ones have none. */
const PACKAGE_NAME = /^(?:@[^/\\%]+\/)?[^./\\%#@:][^/\\%:]*(?=\/|$)/;
/** What `require` adds to a name. */
const EXTENSIONS = ['', '.js', '.json', '.node'];

/**
 * Throws what Node throws for a package that is not there, before Node looks for it: Node remembers for good that there was no
 * `package.json`, and would not know what to do with the package once it is installed.
 *
 * @param file the script that wants it
 */
export function refuseMissingPackage(specifier: string, file: string, by: 'import' | 'require'): void {
  const name = PACKAGE_NAME.exec(specifier)?.[0];
  if (name === undefined || isBuiltin(specifier) || PROVIDED_PACKAGES.has(specifier)) return;
  const folders = by === 'import' ? packageFolders(dirname(file)) : createRequire(file).resolve.paths(specifier)!;
  const isThere = folders.some((folder) => EXTENSIONS.some((extension) => existsSync(join(folder, name + extension))));
  if (isThere || ownName(dirname(file)) === name) return;
  throw by === 'import'
    ? Object.assign(new Error(`Cannot find package '${name}' imported from ${file}`), { code: 'ERR_MODULE_NOT_FOUND' })
    : Object.assign(new Error(`Cannot find module '${specifier}'\nRequire stack:\n- ${file}`), {
        code: 'MODULE_NOT_FOUND',
        requireStack: [file],
      });
}

/** Returns where a module finds packages. */
function packageFolders(folder: string): string[] {
  const above = dirname(folder);
  const own = basename(folder) === 'node_modules' ? [] : [join(folder, 'node_modules')];
  return above === folder ? own : [...own, ...packageFolders(above)];
}

/** Returns the name of the package that a folder is in: its modules may import it. */
function ownName(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name;
  const above = dirname(folder);
  return above === folder || basename(above) === 'node_modules' ? undefined : ownName(above);
}
