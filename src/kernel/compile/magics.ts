import { parseSync } from 'oxc-parser';
import { Edits, type PositionMap } from './edits.ts';

/** A cell in which magic lines have become calls, one line for one line. */
export interface ExpandedMagics {
  readonly text: string;
  readonly map: PositionMap;
  /** Whether a magic awaits. */
  readonly hasAwait: boolean;
}

/** `%%name arguments` on the first line; the rest of the cell is its body. */
export interface CellMagic {
  readonly name: string;
  readonly args: string;
  readonly body: string;
}

/** Cell magics whose body is TypeScript all the same. */
const CODE_CELL_MAGICS = new Set(['time']);

/** Returns the cell magic that a source begins with, if it does (and its body is no TypeScript). */
export function cellMagic(source: string): CellMagic | undefined {
  const match = /^%%([A-Za-z]\w*)[ \t]*([^\n]*)\n?/.exec(source);
  if (match === null || CODE_CELL_MAGICS.has(match[1]!)) return undefined;
  return { name: match[1]!, args: match[2]!.trim(), body: source.slice(match[0].length) };
}

/**
 * Rewrites the magic lines of a cell: `!command`, `%name arguments`, and a leading `%%time`.
 * A line is a magic only where a statement can begin, that is, when everything before it is a complete program;
 * inside a template literal or an unfinished expression it stays TypeScript. `%` must be followed by a
 * letter at once, so that `a\n% b` stays a remainder.
 */
export function expandMagics(source: string): ExpandedMagics {
  const edits = new Edits(source);
  let hasAwait = false;
  let done = '';
  for (const { line, start } of linesOf(source)) {
    const replacement = isCandidate(line, start) && isComplete(done) ? expandLine(line) : undefined;
    if (replacement !== undefined) {
      const indent = line.length - line.trimStart().length;
      edits.replace(start + indent, start + line.length, replacement.text);
      hasAwait ||= replacement.awaits;
    }
    done += `${replacement?.text ?? line}\n`;
  }
  const { text, map } = edits.apply();
  return { text, map, hasAwait };
}

/** Returns whether the source has a line that might be a magic; without one there is nothing to expand. */
export function mayHaveMagics(source: string): boolean {
  return /^[ \t]*(?:!|%%?[A-Za-z])/m.test(source);
}

function isCandidate(line: string, start: number): boolean {
  return /^\s*(?:!|%[A-Za-z])/.test(line) || (start === 0 && line.startsWith('%%'));
}

function isComplete(program: string): boolean {
  return program.trim() === '' || parseSync('cell.ts', program, { sourceType: 'module' }).errors.length === 0;
}

function expandLine(line: string): { text: string; awaits: boolean } | undefined {
  const text = line.trim();
  if (text.startsWith('%%')) return { text: '$cell.timeCell();', awaits: false };
  if (text.startsWith('!')) return { text: `await $cell.shell(${interpolate(text.slice(1))});`, awaits: true };
  const [, name, rest] = /^%(\w+)[ \t]*(.*)$/.exec(text)!;
  if (name === 'time') return { text: timed(rest!), awaits: false };
  return { text: `await $cell.magic(${JSON.stringify(name)},${interpolate(rest!)});`, awaits: true };
}

/** `%time x` gives the value of an expression and prints how long it took; a statement is only timed. */
function timed(code: string): string {
  const expression = code.replace(/;\s*$/, '');
  return isExpression(expression)
    ? `$cell.timed($cell.now(),(${expression}))`
    : `$cell.startTimer();${code.endsWith(';') ? code : `${code};`}$cell.stopTimer();`;
}

/**
 * Returns a template of string parts and expressions, as code: `echo {x} $HOME` → `["echo "," $HOME"],[x]`.
 * `{…}` is an expression when it parses as one; otherwise (awk, brace lists, `${…}`) it stays text.
 */
function interpolate(text: string): string {
  const parts: string[] = [];
  const expressions: string[] = [];
  let part = '';
  for (let i = 0; i < text.length;) {
    const end = text[i] === '{' && text[i - 1] !== '$' ? closingBrace(text, i) : -1;
    const inside = text.slice(i + 1, end);
    if (end !== -1 && isExpression(inside)) {
      parts.push(part);
      expressions.push(`(${inside})`);
      part = '';
      i = end + 1;
    } else {
      part += text[i]!;
      i++;
    }
  }
  parts.push(part);
  return `${JSON.stringify(parts)},[${expressions.join(',')}]`;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

function isExpression(code: string): boolean {
  if (code.trim() === '') return false;
  const { program, errors } = parseSync('expression.ts', `(${code}\n)`, {
    sourceType: 'module',
    preserveParens: false,
  });
  const [statement, ...others] = program.body;
  if (errors.length > 0 || others.length > 0 || statement?.type !== 'ExpressionStatement') return false;
  return statement.expression.type !== 'SequenceExpression';
}

function* linesOf(source: string): Generator<{ line: string; start: number }> {
  let start = 0;
  for (const line of source.split('\n')) {
    yield { line, start };
    start += line.length + 1;
  }
}
