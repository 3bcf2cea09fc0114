/** One replacement of `[start, end)` of a text; an insertion when both are equal. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The order among the edits of one place: what closes, then what opens, then what replaces. */
  readonly rank: number;
}

/** A place in a text, counted as editors and V8 do: both from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Replacements in one source text that remember where everything came from, so that a position in the
 * result can be led back to the source. Overlapping edits are a mistake of the caller.
 */
export class Edits {
  readonly source: string;
  readonly #edits: Edit[] = [];

  constructor(source: string) {
    this.source = source;
  }

  /** Replaces `[start, end)` by `text`. */
  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text, rank: start === end ? 0 : Infinity });
  }

  /** Puts `before` and `after` around `[start, end)`. Of wraps that share an end, the outer one must be made first. */
  wrap(start: number, end: number, before: string, after: string): void {
    if (before !== '') this.insert(start, before);
    this.#edits.push({ start: end, end, text: after, rank: -1 - this.#edits.length });
  }

  /** Inserts `text` before `at`; insertions at the same place keep their order. */
  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Overwrites `[start, end)` with spaces, and with `head` at its beginning; line breaks stay. */
  blank(start: number, end: number, head = ''): void {
    if (end <= start) return;
    const spaces = this.source.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, ' ');
    this.replace(start, end, head + spaces.slice(/^ */.exec(spaces.slice(0, head.length))![0].length));
  }

  /** Returns the edited text and the way back from it: the source's offset for an offset of the result. */
  apply(): { text: string; origin: (offset: number) => number } {
    const pieces: string[] = [];
    const anchors: Anchor[] = [];
    let from = 0;
    let length = 0;
    const push = (text: string, origin: number, isCopy: boolean): void => {
      if (text === '') return;
      anchors.push({ generated: length, origin, isCopy });
      pieces.push(text);
      length += text.length;
    };
    for (const { start, end, text } of this.#edits.toSorted(byPlace)) {
      push(this.source.slice(from, start), from, true);
      // What was blanked has its length still: each place in it stands for itself.
      push(text, start, text.length === end - start);
      from = end;
    }
    push(this.source.slice(from), from, true);
    return { text: pieces.join(''), origin: (offset) => originOf(anchors, offset) };
  }
}

/** Where a piece of the result begins, and the offset of the source that it stands for. */
interface Anchor {
  readonly generated: number;
  readonly origin: number;
  /** Whether the piece is as long as what it stands for, so that offsets inside it move along. */
  readonly isCopy: boolean;
}

/** Returns the source's offset for an offset of the result. */
function originOf(anchors: readonly Anchor[], offset: number): number {
  const anchor = anchors.findLast(({ generated }) => generated <= offset);
  if (anchor === undefined) return 0;
  return anchor.isCopy ? anchor.origin + offset - anchor.generated : anchor.origin;
}

/** Returns the line and column of an offset, as editors count them. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let i = before.indexOf('\n'); i !== -1; i = before.indexOf('\n', i + 1)) line++;
  return { line, column: offset - lineStart + 1 };
}

/** Returns the offset of a line and column as V8 counts them in a script; the text's length for a line that it does not have. */
export function offsetAt(text: string, { line, column }: Position): number {
  const breaks = /\r\n|[\n\r\u2028\u2029]/g;
  for (let i = 1; i < line; i++) if (breaks.exec(text) === null) return text.length;
  return breaks.lastIndex + column - 1;
}

function byPlace(a: Edit, b: Edit): number {
  return a.start - b.start || compare(a.rank, b.rank);
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
