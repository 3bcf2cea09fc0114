import type { Payload, Source } from '../../thread-messages.ts';
import type { ChildProcesses } from '../child-processes.ts';
import type { LocalModules } from '../modules/local-modules.ts';
import type { Names } from '../names.ts';
import type { Output } from '../output.ts';

/** What a magic may use of the kernel. */
export interface MagicContext {
  /** Where the cell's text and displays go. */
  readonly output: Pick<Output, 'write' | 'display' | 'clear'>;
  /** Runs commands, so that an interrupt reaches them. */
  readonly children: Pick<ChildProcesses, 'run' | 'runLine'>;
  /** The modules that cells have loaded. */
  readonly modules: Pick<LocalModules, 'isReloading' | 'loadedFiles' | 'loadOwn' | 'require'>;
  /** Runs a text as a part of the cell: its names are the notebook's. */
  readonly runSource: (source: Source) => Promise<void>;
  /** Has something done when the cell has ended, however it ends: an interrupt may leave no time for a `finally`. */
  readonly onEnd: (ending: () => void) => void;
  /** The number of the cell that the magic stands in. */
  readonly cell: number;
  /** The names of the notebook. */
  readonly names: Pick<Names, 'get' | 'set' | 'has' | 'list'>;
  /** Takes names out of the notebook: cells that use them fail as if they had never been declared. */
  readonly forget: (names: readonly string[]) => void;
  /** What the front end is asked to do with the reply: to show a page, to set the next cell's text. */
  readonly payloads: Payload[];
  /** The notebook's folder. */
  readonly folder: string;
  /** `require`, relative to the notebook. */
  readonly require: NodeJS.Require;
}

/** A magic of one line: `%name arguments`. */
export interface LineMagic {
  /** What it does, in a few words: `%lsmagic` lists it. */
  readonly summary: string;
  /** What is written behind the name, for example `[-n N] statement`. Default: nothing. */
  readonly usage?: string;
  /** Runs it on what stands behind the name, in which `{expression}` has been replaced; what it returns is the line's value. */
  run(args: string, context: MagicContext): unknown;
}

/** A magic of a whole cell: `%%name arguments`, and the lines below as they are. */
export interface CellMagic {
  readonly summary: string;
  readonly usage?: string;
  /** Runs it on the rest of the first line and on the lines below; what it returns is the cell's value. */
  run(args: string, body: string, context: MagicContext): unknown;
}

/** A mistake in the use of a magic. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/** The magics of one kind by name. */
export type Magics<T> = ReadonlyMap<string, T>;

/** What packages have registered. */
interface Registry {
  readonly line: Map<string, LineMagic>;
  readonly cell: Map<string, CellMagic>;
}

/** Where the registry is found by every copy of this package: a notebook's may be another than the kernel's. */
const REGISTRY = Symbol.for('labmill.magics');

/**
 * Makes `%name arguments` run `magic` in all later cells; one of this name that was there before is replaced.
 *
 * @throws UsageError when the name is not made of letters, digits and `_`
 */
export function registerLineMagic(name: string, magic: LineMagic): void {
  registry().line.set(checked(name, '%'), magic);
}

/**
 * Makes `%%name arguments` run `magic` in all later cells; one of this name that was there before is replaced.
 *
 * @throws UsageError when the name is not made of letters, digits and `_`
 */
export function registerCellMagic(name: string, magic: CellMagic): void {
  registry().cell.set(checked(name, '%%'), magic);
}

/** Returns the line magics by name: those that were registered and the kernel's own. */
export function lineMagics(builtIn: Magics<LineMagic>): Magics<LineMagic> {
  return new Map([...builtIn, ...registry().line]);
}

/** Returns the cell magics by name: those that were registered and the kernel's own. */
export function cellMagics(builtIn: Magics<CellMagic>): Magics<CellMagic> {
  return new Map([...builtIn, ...registry().cell]);
}

function registry(): Registry {
  const holder = globalThis as { [REGISTRY]?: Registry };
  if (holder[REGISTRY] === undefined) {
    const value: Registry = { line: new Map(), cell: new Map() };
    Object.defineProperty(globalThis, REGISTRY, { value });
    return value;
  }
  return holder[REGISTRY];
}

function checked(name: string, mark: string): string {
  if (/^[A-Za-z]\w*$/.test(name)) return name;
  throw new UsageError(
    `${mark}: expected a magic's name of letters, digits and "_", got ${JSON.stringify(name).slice(0, 80)}`,
  );
}
