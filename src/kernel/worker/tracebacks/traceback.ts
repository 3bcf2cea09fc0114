import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Position } from '../../compile/edits.ts';
import type { Failure } from '../../thread-messages.ts';
import { excerpt } from './excerpt.ts';
import { type Frame, readStack } from './frames.ts';
import { SourceFiles } from './source-file.ts';

/** A cell that has run, as tracebacks need it. */
export interface RunSource {
  readonly executionCount: number;
  /** What it is called. Default: `Cell [3]`, by the execution count. */
  readonly title?: string;
  readonly source: string;
  readonly position: (generated: Position) => Position;
  readonly importPosition: (offset: number) => Position;
}

/** Finds the cell behind a script's file name. */
export type FindCell = (file: string) => RunSource | undefined;

/** A failed cell in the fields of Jupyter's `error` message. */
export type ErrorContent = { ename: string; evalue: string; traceback: string[] };

/** How many frames are shown at the beginning and the end of a long stack. */
const FIRST_FRAMES = 12;
const LAST_FRAMES = 3;

const RED = '\u001B[31m';
const DIM = '\u001B[2m';
const RESET = '\u001B[0m';

/**
 * Returns a failure as Jupyter's `error` content. The traceback names the error and what it carries, shows the line where it
 * was thrown and the line of the cell, and lists the frames: cells by their execution count, files relative to the current
 * folder, the kernel's own and Node's left out. Then come the errors that it stands for, and its causes.
 *
 * @param cell the cell that failed
 */
export function errorContent(failure: Failure, cell: RunSource, findCell: FindCell): ErrorContent {
  const traceback = new Traceback(cell, findCell);
  return { ename: failure.name, evalue: traceback.message(failure), traceback: traceback.linesOf(failure) };
}

/** Returns the error of a cell that does not compile. */
export function syntaxErrorContent(message: string, position: Position, cell: RunSource): ErrorContent {
  return {
    ename: 'SyntaxError',
    evalue: message,
    traceback: [`${RED}SyntaxError${RESET}: ${message}`, ...excerpt(cell.source, position, titleOf(cell))],
  };
}

/** Where the user can look: a place in a cell or a file. */
interface Site {
  readonly cell: RunSource | undefined;
  /** `Cell [3]`, or the file's path. */
  readonly title: string;
  readonly position: Position;
  readonly text: string | undefined;
  readonly isOfPackage: boolean;
}

/** The traceback of a cell that failed, and of what its error carries. */
class Traceback {
  readonly #cell: RunSource;
  readonly #findCell: FindCell;
  readonly #files = new SourceFiles();

  constructor(cell: RunSource, findCell: FindCell) {
    this.#cell = cell;
    this.#findCell = findCell;
  }

  /** Returns the lines about a failure; of one that is part of another, the line in the cell has been shown already. */
  linesOf(failure: Failure, isPart = false): string[] {
    const { properties, hint, errors = [], errorCount = 0, cause } = failure;
    const frames = readStack(failure.stack, failure.message).map((frame) => ({ frame, site: this.#siteOf(frame) }));
    const sites = this.#worthShowing(
      failure,
      frames.flatMap(({ site }) => site ?? []),
      isPart,
    );
    return [
      `${RED}${failure.name}${RESET}: ${this.message(failure)}`,
      ...(properties === undefined ? [] : [`${DIM}${properties}${RESET}`]),
      ...(hint === undefined ? [] : [hint]),
      ...sites.flatMap(({ text, position, title }) => (text === undefined ? [] : excerpt(text, position, title))),
      ...shortened(frames.map(({ frame, site }) => lineOf(frame, site))),
      ...errors.flatMap((error, index) => [`error ${index + 1} of ${errorCount}:`, ...this.linesOf(error, true)]),
      ...(cause === undefined ? [] : ['caused by:', ...this.linesOf(cause, true)]),
    ];
  }

  /** Returns the message as if the cells had run as they were written. */
  message(failure: Failure): string {
    const text = failure.message
      .replace(REQUIRED_BY_CELL, '')
      .replace(CALLED, (call) => this.#calledIn(failure) ?? call);
    return withoutHelpers(text).replace(CELL_FILE, (file) => {
      const cell = this.#findCell(pathOf(file));
      return cell === undefined ? file : titleOf(cell);
    });
  }

  /** Returns the name that was called where a failure happened: it stands right before that place. */
  #calledIn({ stack, message }: Failure): string | undefined {
    const site = readStack(stack, message).map((frame) => this.#siteOf(frame))[0];
    const line = site?.text?.split('\n')[site.position.line - 1];
    return /[$\w]+$/.exec(line?.slice(0, site!.position.column - 1) ?? '')?.[0];
  }

  /** The innermost line that is the user's own, and the line of the cell that led there. */
  #worthShowing({ importOffset, importFile = '' }: Failure, sites: readonly Site[], isPart: boolean): Site[] {
    const innermost = sites.find(({ isOfPackage }) => !isOfPackage);
    const importer = this.#findCell(importFile) ?? this.#cell;
    const ofCell =
      importOffset === undefined
        ? sites.find(({ cell }) => cell === this.#cell)
        : siteInCell(importer, importer.importPosition(importOffset));
    const shown = innermost?.cell === this.#cell ? [ofCell] : isPart ? [innermost] : [innermost, ofCell];
    return shown.filter((site) => site !== undefined);
  }

  #siteOf({ place, evaluated }: Frame): Site | undefined {
    if (place === undefined) return undefined;
    const path = pathOf(place.file);
    const cell = this.#findCell(path);
    // Where a text was evaluated V8 names by the line of the script, which has one more than the cell.
    const line = place.line - (evaluated === undefined ? 0 : 1);
    if (cell !== undefined) return siteInCell(cell, cell.position({ ...place, line }));
    if (!isAbsolute(path)) return undefined;
    const { file, text, ...position } = this.#files.original({ ...place, file: path });
    const isOfPackage = file.includes(`${sep}node_modules${sep}`);
    return { cell, title: shortPath(file), position, text, isOfPackage };
  }
}

function siteInCell(cell: RunSource, position: Position): Site {
  // The source of a cell that ran long ago is gone.
  const text = cell.source === '' ? undefined : cell.source;
  return { cell, title: titleOf(cell), position, text, isOfPackage: false };
}

function titleOf(cell: RunSource): string {
  return cell.title ?? `Cell [${cell.executionCount}]`;
}

function lineOf({ name, place, evaluated }: Frame, site: Site | undefined): string {
  const called = withoutHelpers(name);
  if (place === undefined) return `${DIM}    at ${called}${RESET}`;
  const { title, position } = site ?? { title: place.file, position: place };
  const point = `${title}:${position.line}:${position.column}`;
  const where = evaluated === undefined ? point : `eval at ${point}, <anonymous>:${evaluated}`;
  const line = `    at ${called === '' ? where : called === 'async' ? `async ${where}` : `${called} (${where})`}`;
  return site?.isOfPackage === false ? line : `${DIM}${line}${RESET}`;
}

/** A recursion that never ends has thousands of frames, all alike. */
function shortened(lines: readonly string[]): readonly string[] {
  const left = lines.length - FIRST_FRAMES - LAST_FRAMES;
  if (left <= 1) return lines;
  const note = `${DIM}    … ${left} frames left out …${RESET}`;
  return [...lines.slice(0, FIRST_FRAMES), note, ...lines.slice(-LAST_FRAMES)];
}

/** What Node adds when a cell's own `require` fails: the frames tell it better. */
const REQUIRED_BY_CELL = /\nRequire stack:\n- [^\n]*$/;
/** What V8 calls a function of the notebook that is called by a name which Node uses, too. */
const CALLED = /^\$cell\.bare\(\.\.\.\)(?= is not a function$)/;
/** The scripts of cells, in messages of Node's module loaders. Paths have an end: a message may be megabytes of anything. */
const CELL_FILE = /(?:file:\/\/)?(?:\/|[A-Za-z]:)[^\n'"]{0,500}?\bcell-\d+\.ts/g;

/** Takes out what the compiler put in: V8 quotes the code that ran. */
function withoutHelpers(text: string): string {
  return text
    .replace(/\(0 ?, ?\$cell\.\w+\.([^)]+)\)/g, '$1')
    .replace(/\$cell\.\w+\(\.\.\.\)/g, '(intermediate value)')
    .replace(/\$cell\.\w+\./g, '')
    .replaceAll('$cell', '');
}

function pathOf(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file;
}

/** Returns a path relative to the current folder, where it lies in it. */
function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}
