import { CELL_MAGICS, LINE_MAGICS } from './built-in.ts';
import { magicHelp } from './list-magics.ts';
import { nearestName } from './nearest-name.ts';
import { type CellMagic, cellMagics, type LineMagic, lineMagics, type MagicContext, UsageError } from './registry.ts';

/**
 * Runs `%name arguments` and returns its value.
 *
 * @throws UsageError that suggests the nearest name, when there is no such magic
 */
export function runLineMagic(name: string, args: string, context: MagicContext): unknown {
  return (findMagic(`%${name}`) as LineMagic).run(args, context);
}

/**
 * Runs `%%name arguments` on the rest of its cell and returns its value.
 *
 * @throws UsageError that suggests the nearest name, when there is no such magic
 */
export function runCellMagic(name: string, args: string, body: string, context: MagicContext): unknown {
  return (findMagic(`%%${name}`) as CellMagic).run(args, body, context);
}

/**
 * Returns the help text of a magic, which is named with its mark.
 *
 * @throws UsageError as above
 */
export function describeMagic(name: string): string {
  return magicHelp(name, findMagic(name));
}

/** Returns the names of all magics, each with its mark. */
export function magicNames(): string[] {
  return [...knownMagics().keys()];
}

function findMagic(name: string): LineMagic | CellMagic {
  const known = knownMagics();
  const magic = known.get(name);
  if (magic !== undefined) return magic;
  const nearest = nearestName(name, [...known.keys()]);
  const hint = nearest === undefined ? '%lsmagic lists the magics' : `did you mean ${nearest}?`;
  throw new UsageError(`there is no magic ${name}; ${hint}`);
}

/** Both kinds, each name with its mark: who writes `%bash` meant `%%bash`. */
function knownMagics(): ReadonlyMap<string, LineMagic | CellMagic> {
  return new Map<string, LineMagic | CellMagic>([
    ...[...lineMagics(LINE_MAGICS)].map(([name, magic]) => [`%${name}`, magic] as const),
    ...[...cellMagics(CELL_MAGICS)].map(([name, magic]) => [`%%${name}`, magic] as const),
  ]);
}
