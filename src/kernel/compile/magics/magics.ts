import { CellSyntaxError } from '../cell-syntax-error.ts';
import { Edits, positionAt } from '../edits.ts';
import { endsInHelp, type Line, type MagicLine, readMagicLine } from './magic-line.ts';
import { boundIdentifiers, forEachChild, list, type Node, nameOf, optionalChild } from '../node.ts';
import { parseProgram, type StatementPlace, StatementPlaces } from './statement-places.ts';

/** A cell in which magic lines have become calls, one line for one line. */
export interface ExpandedMagics {
  readonly text: string;
  /** Returns the cell's offset for an offset of `text`. */
  readonly origin: (offset: number) => number;
}

/** `%%name arguments` on the first line; the rest of the cell is its body. */
export interface CellMagic {
  readonly name: string;
  readonly args: string;
  readonly body: string;
}

/** Cell magics whose body is TypeScript all the same. */
const CODE_CELL_MAGICS = new Set(['time', 'timeit']);

/** Returns the cell magic that a source begins with, if it does (and its body is no TypeScript); empty lines before it do not count. */
export function cellMagic(source: string): CellMagic | undefined {
  const match = /^\s*%%([A-Za-z]\w*)(?![\w?])[ \t]*([^\n]*)\n?/.exec(source);
  if (match === null || CODE_CELL_MAGICS.has(match[1]!)) return undefined;
  return { name: match[1]!, args: match[2]!.trim(), body: source.slice(match[0].length) };
}

/** Returns whether the source has a line that might be a magic; without one there is nothing to expand. */
export function mayHaveMagics(source: string): boolean {
  return /^[ \t]*(?:!|%%?[A-Za-z])|[^=!<>]=[ \t]*!(?!=)/m.test(source) || endsInHelp(source);
}

/** Returns whether a magic goes on in the next line: `%%name`, up to an empty line, and a command that ends in a backslash. */
export function wantsMoreLines(source: string): boolean {
  return (
    (/^\s*%%[A-Za-z]/.test(source) && !/\n[ \t]*$/.test(source)) || /^[ \t]*!(?:.*\\\n)*.*\\$(?![^])/m.test(source)
  );
}

/** A line that reads as a magic. */
interface Found {
  readonly line: Line & { readonly start: number };
  readonly magic: MagicLine;
  /** What stands before it. */
  readonly before: string;
}

/**
 * Rewrites the magic lines of a cell: `!command`, `lines = !command`, `%name arguments`, a leading `%%time` or `%%timeit`,
 * and a closing `name?`. A line is a magic only where a statement can begin, at the top level or in a block; inside a
 * template literal or an unfinished expression it stays TypeScript. `%` must be followed by a letter at once, so
 * that `a\n% b` stays a remainder. A `!` line that ends in a backslash goes on in the next one.
 *
 * `!` also negates. A line with `!` is TypeScript when it reads as TypeScript and either calls something or uses no name
 * but the notebook's and the cell's own: `!done && start()`, `const off = !on`. Else it is a command: `!ls -la`.
 *
 * @param isKnown tells whether the notebook has a name
 * @throws CellSyntaxError for a magic in a function that is not async
 */
export function expandMagics(source: string, isKnown: (name: string) => boolean): ExpandedMagics {
  const expansion = new Expansion(source, isKnown);
  let before = '';
  for (const line of linesOf(source)) before += `${expansion.expandLine({ line, before })}\n`;
  expansion.settle();
  return expansion.edits.apply();
}

/** The expansion of one cell. */
class Expansion {
  readonly edits: Edits;
  readonly #places: StatementPlaces;
  readonly #isKnown: (name: string) => boolean;
  readonly #doubtful: Found[] = [];
  /** Those at the top level. */
  readonly #magics: Found[] = [];

  constructor(source: string, isKnown: (name: string) => boolean) {
    this.edits = new Edits(source);
    this.#places = new StatementPlaces(source);
    this.#isKnown = isKnown;
  }

  /** Returns what a line becomes; a doubtful one stays as it is until the names of the whole cell are known. */
  expandLine({ line, before }: Omit<Found, 'magic'>): string {
    const magic = readMagicLine(line);
    if (magic === undefined) return line.text;
    const found = { line, magic, before };
    if (magic.unlessKnown !== undefined) {
      if (!magic.unlessKnown.every(this.#isKnown)) this.#doubtful.push(found);
      return line.text;
    }
    const place = this.#placeOf(found);
    if (place === undefined) return line.text;
    if (magic.awaits && !place.canAwait) throw needsAsync(this.edits.source, line);
    return this.#expand(found, place);
  }

  /** Decides which doubtful lines are commands, and declares the names that are assigned to and that nothing declares. */
  settle(): void {
    if (this.#doubtful.length === 0 && this.#magics.every(({ magic }) => magic.assigned === undefined)) return;
    const { text } = this.edits.apply();
    const own = boundNames(text) ?? boundNames(this.#withoutDoubtful(text));
    // What is wrong with the cell is told when it is compiled.
    if (own === undefined) return;
    const isUnknown = (name: string): boolean => !this.#isKnown(name) && !own.has(name);
    for (const found of this.#doubtful) {
      const place = found.magic.unlessKnown?.some(isUnknown) === true ? this.#placeOf(found) : undefined;
      // A command needs `await`; where there can be none, the line is TypeScript with a name that is missing.
      if (place?.canAwait === true) this.#expand(found, place);
    }
    for (const { line, magic } of this.#magics.toSorted((a, b) => a.line.start - b.line.start)) {
      if (magic.assigned === undefined || !isUnknown(magic.assigned)) continue;
      own.add(magic.assigned);
      this.edits.insert(line.start + indentOf(line), 'let ');
    }
  }

  /** Such a line may be all that is no TypeScript in the cell: `!ls /` goes on for ever. */
  #withoutDoubtful(text: string): string {
    const lines = text.split('\n');
    for (const { before } of this.#doubtful) lines[before.split('\n').length - 1] = '';
    return lines.join('\n');
  }

  #placeOf({ line, before }: Found): StatementPlace | undefined {
    // To the parser, what begins with `%` goes on with the line before.
    const isRemainder = line.text.trimStart().startsWith('%');
    return isRemainder ? this.#places.behind(before) : this.#places.at(line.start + indentOf(line), before);
  }

  #expand(found: Found, place: StatementPlace): string {
    const { line, magic } = found;
    const ownEdits = new Edits(line.text);
    for (const { start, end, text } of magic.edits()) {
      this.edits.replace(line.start + start, line.start + end, text);
      ownEdits.replace(start, end, text);
    }
    if (magic.closing !== undefined) this.edits.insert(this.edits.source.length, magic.closing);
    if (place.isTopLevel) this.#magics.push(found);
    return ownEdits.apply().text;
  }
}

function indentOf({ text }: Line): number {
  return text.search(/\S/);
}

function needsAsync(source: string, line: Found['line']): CellSyntaxError {
  const message = 'the cell waits for this magic, so the function around it must be `async`';
  return new CellSyntaxError(message, positionAt(source, line.start + indentOf(line)));
}

/** Returns the names that a cell declares, in any scope; `undefined` when it does not parse. */
function boundNames(code: string): Set<string> | undefined {
  const program = parseProgram(code);
  if (program === undefined) return undefined;
  const names = new Set<string>();
  const visit = (node: Node): void => {
    const patterns = [...['id', 'local', 'param'].map((key) => optionalChild(node, key)), ...list(node, 'params')];
    for (const pattern of patterns) {
      if (pattern !== undefined) for (const identifier of boundIdentifiers(pattern)) names.add(nameOf(identifier));
    }
    forEachChild(node, visit);
  };
  visit(program);
  return names;
}

/** Yields the lines of a source; a command that goes on over several is one. */
function* linesOf(source: string): Generator<Found['line']> {
  const end = source.trimEnd().length;
  let isFirst = true;
  for (const match of source.matchAll(/^(?:[ \t]*|[^\n]*[^=!<>\n]=[ \t]*)!(?:.*\\\n)*.*$|^.*$/gm)) {
    const text = match[0];
    const start = match.index;
    yield {
      text,
      start,
      isFirst,
      isLast: start + text.trimEnd().length === end,
      rest: source.slice(start + text.length),
    };
    isFirst &&= text.trim() === '';
  }
}
