import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A file of the repository: its path from the root, with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The wings of ARCHITECTURE.md, each floor above the one before it. */
const wings = [
  [['base'], ['data'], ['preprocessing', 'plot'], ['training'], ['testing']],
  [['base'], ['notebook'], ['kernel'], ['runner']],
  [['base'], ['versioning']],
  // A door between the wings, drawn on purpose: the server reads model files, and turns requests into tables.
  [['base'], ['data'], ['preprocessing'], ['training'], ['serving']],
];

const rooms = new Set([...wings.flat(2), 'cli']);

/** Returns one line for each import that the house does not allow. */
export function floorViolations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap((specifier) => {
      const reason = objection(file.path, specifier);
      return reason === undefined ? [] : [`${file.path} imports ${JSON.stringify(specifier)}: ${reason}`];
    }),
  );
}

function objection(path: string, specifier: string): string | undefined {
  const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
  if (!path.startsWith('src/')) {
    const isTest = path.startsWith('tests/');
    return target?.startsWith('src/') && !isTest
      ? 'only tests reach into src/, all others use the package name'
      : undefined;
  }
  const room = roomOf(path);
  if (target === undefined) {
    if (/^labmill($|\/)/.test(specifier)) return 'the house does not import itself by name';
    const isVitest = /^(vitest|@vitest\/.*)$/.test(specifier.split('/', 1)[0] ?? '');
    return isVitest && !path.startsWith('src/testing/vitest/') ? 'vitest is for src/testing/vitest/' : undefined;
  }
  if (!target.startsWith('src/')) return undefined;
  if (posix.basename(target) === 'index.ts')
    return 'a door is for those outside; import the file that defines the name';
  const wanted = roomOf(target);
  // The package's own door, src/index.ts, shows the foundation.
  if (room === undefined) return wanted === 'base' ? undefined : 'src/index.ts shows base/ only';
  if (wanted === undefined || wanted === room || room === 'cli') return undefined;
  return isBelow(wanted, room) ? undefined : `${wanted}/ is not below ${room}/`;
}

function roomOf(path: string): string | undefined {
  const folder = path.split('/')[1];
  return folder !== undefined && rooms.has(folder) ? folder : undefined;
}

function isBelow(lower: string, upper: string): boolean {
  const floor = (wing: readonly string[][], room: string) => wing.findIndex((names) => names.includes(room));
  return wings.some((wing) => floor(wing, lower) >= 0 && floor(wing, lower) < floor(wing, upper));
}

/** Returns what a file imports or re-exports, dynamic imports of a plain string included. */
function importsOf({ path, text }: SourceFile): string[] {
  const { module } = parseSync(path, text);
  const fixed = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  const reexported = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest?.value));
  const dynamic = module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start, moduleRequest.end));
  const named = dynamic.filter((source) => /^['"].*['"]$/.test(source)).map((source) => source.slice(1, -1));
  return [...new Set([...fixed, ...reexported, ...named])].filter((specifier) => specifier !== undefined);
}
