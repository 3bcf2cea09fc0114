import type { Position } from '../compile/edits.ts';
import type { Failure } from '../thread-messages.ts';
import { excerpt } from './excerpt.ts';

/** A cell that has run, as tracebacks need it. */
export interface RunSource {
  readonly executionCount: number;
  readonly source: string;
  readonly position: (generated: Position) => Position;
  readonly importPosition: (offset: number) => Position;
}

/** A failed cell in the fields of Jupyter's `error` message. */
export type ErrorContent = { ename: string; evalue: string; traceback: string[] };

const RED = '\u001B[31m';
const DIM = '\u001B[2m';
const RESET = '\u001B[0m';

/**
 * Returns a failure as Jupyter's `error` content. The traceback names the error, shows the line of the cell,
 * lists the frames (cells by their execution count; the kernel's and Node's own left out), then the causes.
 *
 * @param cell the cell that failed
 * @param cells finds the cell behind a script's file name
 */
export function errorContent(
  failure: Failure,
  cell: RunSource,
  cells: (file: string) => RunSource | undefined,
): ErrorContent {
  return { ename: failure.name, evalue: failure.message, traceback: tracebackOf(failure, cell, cells) };
}

function tracebackOf(failure: Failure, cell: RunSource, cells: (file: string) => RunSource | undefined): string[] {
  const frames = [...unreadable(failure.stack, cells), ...framesOf(failure.stack, cells)];
  const place =
    failure.importOffset === undefined
      ? frames.find(isOfCell)
      : { cell, position: cell.importPosition(failure.importOffset) };
  return [
    `${RED}${failure.name}${RESET}: ${failure.message}`,
    ...(place === undefined ? [] : excerpt(place.cell.source, place.position, titleOf(place.cell))),
    ...frames.map(({ text }) => `${DIM}${text}${RESET}`),
    ...(failure.cause === undefined ? [] : ['caused by:', ...tracebackOf(failure.cause, cell, cells)]),
  ];
}

/** Returns the error of a cell that does not compile. */
export function syntaxErrorContent(message: string, position: Position, cell: RunSource): ErrorContent {
  return {
    ename: 'SyntaxError',
    evalue: message,
    traceback: [`${RED}SyntaxError${RESET}: ${message}`, ...excerpt(cell.source, position, titleOf(cell))],
  };
}

interface Frame {
  readonly text: string;
}

interface CellFrame extends Frame {
  readonly cell: RunSource;
  readonly position: Position;
}

function isOfCell(frame: Frame): frame is CellFrame {
  return 'cell' in frame;
}

function framesOf(stack: string, cells: (file: string) => RunSource | undefined): Frame[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !isInternal(line))
    .map((line) => cellFrame(line, cells) ?? { text: line.replaceAll('file://', '') });
}

/** V8 writes above the stack where a script is that it cannot read: `FILE:LINE`, the line, and an arrow under the column. */
function unreadable(stack: string, cells: (file: string) => RunSource | undefined): Frame[] {
  const match = /^(.+):(\d+)\n.*\n( *)\^/.exec(stack);
  const frame = match === null ? undefined : cellFrame(`    at ${match[1]}:${match[2]}:${match[3]!.length + 1}`, cells);
  return frame === undefined ? [] : [frame];
}

/** The kernel's own files, as stack frames name them. */
const OWN_FILES = new URL('..', import.meta.url).href;

function isInternal(line: string): boolean {
  return /\(node:|at node:/.test(line) || line.includes(OWN_FILES);
}

/** `at FILE:LINE:COLUMN` or `at f (FILE:LINE:COLUMN)`; the path of a file may have parentheses, too. */
const FRAME = /^\s+at (?:async )?(?<file>.+):(?<line>\d+):(?<column>\d+)$/;
const NAMED_FRAME = /^\s+at (?<name>.*?) \((?<file>.+):(?<line>\d+):(?<column>\d+)\)$/;

/** Reads a frame of a cell; what the compiler added to names is left out. */
function cellFrame(text: string, cells: (file: string) => RunSource | undefined): CellFrame | undefined {
  const { name, file, line, column } = (FRAME.exec(text) ?? NAMED_FRAME.exec(text))?.groups ?? {};
  const cell = file === undefined ? undefined : cells(file);
  if (cell === undefined) return undefined;
  const position = cell.position({ line: Number(line), column: Number(column) });
  const where = `${titleOf(cell)}:${position.line}:${position.column}`;
  const shown = name === undefined ? where : `${name.replaceAll('$cell', '')} (${where})`;
  return { text: `    at ${shown}`, cell, position };
}

function titleOf(cell: RunSource): string {
  return `Cell [${cell.executionCount}]`;
}
