/** A place in a script or file, as V8 names it: a path, `file:` URL or `node:` name; lines and columns from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One line of a stack. */
export interface Frame {
  /** What is called, with V8's `async`, `new`, `as`; empty for the top level of a script. */
  readonly name: string;
  /** Missing where V8 has none: in built-in functions, and between awaits (`Promise.all (index 0)`). */
  readonly place?: Place;
  /** The line of text that `eval` or `new Function` made, when the frame is in such a text; `place` is where it was made. */
  readonly evaluated?: string;
}

/** What the kernel and Node do is of no interest to users: their frames are left out. */
const OWN_FILES = new URL('../..', import.meta.url).href;

/**
 * Reads the frames of a stack as V8 writes it, the innermost first. Above them V8 may have noted where a script is that it
 * cannot read (`FILE:LINE`, the line, and an arrow under the column): that is a frame, too.
 *
 * @param message the error's message, which may have lines that look like frames
 */
export function readStack(stack: string, message: string): Frame[] {
  const head = stack.includes(message) ? stack.indexOf(message) + message.length : 0;
  const lines = stack.slice(head).split('\n');
  const frames = lines.flatMap((line) => /^\s+at (?<text>.+)$/.exec(line)?.groups?.['text'] ?? []).map(readFrame);
  const shown = frames.filter((frame, index) => !isInternal(frame, frames[index + 1]));
  const source = unreadable(stack, message);
  // Where source maps are on, Node notes the place of every error above its frames.
  const isRepeated = source?.file === shown[0]?.place?.file && source?.line === shown[0]?.place?.line;
  return source === undefined || isRepeated ? shown : [{ name: '', place: source }, ...shown];
}

/** `eval at f (FILE:1:2), <anonymous>:3:4`; one `eval` may stand in another's text, and a path may have parentheses. */
const EVALUATED = /^eval at .*?\((?<place>(?:\w+:|\/).*?:\d+:\d+)\).*, <anonymous>:(?<line>\d+:\d+)$/;

function readFrame(text: string): Frame {
  const named = /^(?<name>.*?) \((?<where>.*)\)$/.exec(text)?.groups;
  const isAsync = named === undefined && text.startsWith('async ');
  const name = named?.['name'] ?? (isAsync ? 'async' : '');
  const where = named?.['where'] ?? (isAsync ? text.slice('async '.length) : text);
  const evaluated = EVALUATED.exec(where)?.groups;
  const place = readPlace(evaluated?.['place'] ?? where);
  if (place === undefined) return { name: text };
  return { name, place, ...(evaluated !== undefined && { evaluated: evaluated['line']! }) };
}

function readPlace(text: string): Place | undefined {
  const { file, line, column } = /^(?<file>.+):(?<line>\d+):(?<column>\d+)$/.exec(text)?.groups ?? {};
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}

const UNREADABLE = /^(?<file>\S.*):(?<line>\d+)\n.*\n(?<before>\s*)\^/;
/** Longer messages are none of Node's, in UTF-16 units. */
const MAX_MESSAGE = 2000;
/** What `JSON.parse` says, behind the file's path. */
const UNREADABLE_JSON = /^(?<file>(?:file:|\/|[A-Za-z]:).*?): .* JSON .*\(line (?<line>\d+) column (?<column>\d+)\)$/;

function unreadable(stack: string, message: string): Place | undefined {
  const json = message.length > MAX_MESSAGE ? undefined : UNREADABLE_JSON.exec(message)?.groups;
  const { file, line, before = '' } = json ?? UNREADABLE.exec(stack)?.groups ?? {};
  const column = Number(json?.['column'] ?? before.length + 1);
  return file === undefined ? undefined : { file, line: Number(line), column };
}

/** Built-in functions (`JSON.parse (<anonymous>)`) belong to who calls them. */
function isInternal({ name, place }: Frame, caller: Frame | undefined): boolean {
  if (place !== undefined) return place.file.startsWith('node:') || place.file.startsWith(OWN_FILES);
  return name.endsWith('(<anonymous>)') && caller?.place !== undefined && isInternal(caller, undefined);
}
