import { parseSync } from 'oxc-parser';
import { Edits } from './edits.ts';
import { isIdentifierName } from './identifier.ts';

/** A cell in which magic lines have become calls, one line for one line. */
export interface ExpandedMagics {
  readonly text: string;
  /** Returns the cell's offset for an offset of `text`. */
  readonly origin: (offset: number) => number;
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

/** Returns the cell magic that a source begins with, if it does (and its body is no TypeScript); empty lines before it do not count. */
export function cellMagic(source: string): CellMagic | undefined {
  const match = /^\s*%%([A-Za-z]\w*)[ \t]*([^\n]*)\n?/.exec(source);
  if (match === null || CODE_CELL_MAGICS.has(match[1]!)) return undefined;
  return { name: match[1]!, args: match[2]!.trim(), body: source.slice(match[0].length) };
}

/**
 * Rewrites the magic lines of a cell: `!command`, `%name arguments`, a leading `%%time`, and a closing `name?`.
 * A line is a magic only where a statement can begin, at the top level or in a block; inside a template literal or an
 * unfinished expression it stays TypeScript. `%` must be followed by a letter at once, so that `a\n% b` stays a
 * remainder. A `!` line that ends in a backslash goes on in the next one.
 */
export function expandMagics(source: string): ExpandedMagics {
  const edits = new Edits(source);
  let hasAwait = false;
  let done = '';
  const end = source.trimEnd().length;
  for (const { line, start } of linesOf(source)) {
    const isLast = start + line.trimEnd().length === end;
    const isCandidate = isMagic(line, source.slice(0, start)) || (isLast && HELP.test(line));
    const replacement = isCandidate && isStatementStart(done) ? expandLine(line) : undefined;
    if (replacement !== undefined) {
      const indent = line.length - line.trimStart().length;
      edits.replace(start + indent, start + line.length, replacement.text + line.replace(/[^\n]/g, ''));
      hasAwait ||= replacement.awaits;
    }
    done += `${replacement?.text ?? line}\n`;
  }
  return { ...edits.apply(), hasAwait };
}

/** Returns whether the source has a line that might be a magic; without one there is nothing to expand. */
export function mayHaveMagics(source: string): boolean {
  return /^[ \t]*(?:!|%%?[A-Za-z])/m.test(source) || /\?\s*$/.test(source);
}

/** `name?` on the last line, where it could not be the beginning of a conditional expression. */
const HELP = /^\s*([\p{ID_Start}$_][\p{ID_Continue}$.]*)\?\s*$/u;

function isMagic(line: string, before: string): boolean {
  return /^\s*(?:!|%[A-Za-z])/.test(line) || (before.trim() === '' && line.startsWith('%%'));
}

/** How many blocks a magic may stand in. */
const MAX_DEPTH = 4;

/** Returns whether a statement could follow: a probe, and what closes the open blocks, make a complete program of the text. */
function isStatementStart(before: string): boolean {
  if (before.trim() === '') return true;
  let closings = [''];
  for (let depth = Math.min(MAX_DEPTH, before.split('{').length - 1); depth >= 0; depth--) {
    // `try {} finally {}` is nothing but a statement: no field of a class, no property, no operand.
    if (closings.some((closing) => isProgram(`${before}try{}finally{}${closing}`))) return true;
    closings = closings.flatMap((closing) => [`${closing}}`, `${closing}})`]);
  }
  return false;
}

function isProgram(code: string): boolean {
  return parseSync('cell.ts', code, { sourceType: 'module' }).errors.length === 0;
}

function expandLine(line: string): { text: string; awaits: boolean } {
  const text = line.trim();
  if (text.startsWith('%%')) return { text: '$cell.timeCell();', awaits: false };
  if (text.startsWith('!')) return { text: `await $cell.shell(${interpolate(text.slice(1))});`, awaits: true };
  const help = HELP.exec(text);
  if (help !== null) return { text: `$cell.help(${JSON.stringify(help[1])});`, awaits: false };
  const [, name, rest] = /^%(\w+)[ \t]*(.*)$/.exec(text)!;
  if (name === 'time' && rest !== '') return timed(rest!);
  return { text: `await $cell.magic(${JSON.stringify(name)},${interpolate(rest!)});`, awaits: true };
}

/** `%time x` (or `%time !command`) gives the value of an expression and prints how long it took; a statement is only timed. */
function timed(code: string): { text: string; awaits: boolean } {
  const expression = code.replace(/;\s*$/, '');
  const isCommand = code.startsWith('!');
  if (!isCommand && isExpression(expression))
    return { text: `$cell.timed($cell.now(),(${expression}))`, awaits: false };
  const { text, awaits } = isCommand ? expandLine(code) : { text: `${expression};`, awaits: false };
  return { text: `$cell.startTimer();${text}$cell.stopTimer();`, awaits };
}

/**
 * Returns a template of string parts and expressions, as code: `echo {x} $HOME` → `["echo "," $HOME"],[x]`.
 * `{…}` is an expression when it parses as one; otherwise (awk, brace lists, `${…}`) it stays text,
 * and so does a single name that nothing has, as in `awk '{print}'`.
 */
function interpolate(text: string): string {
  const parts: string[] = [];
  const expressions: string[] = [];
  let part = '';
  for (let i = 0; i < text.length;) {
    const inside = text[i] === '{' && text[i - 1] !== '$' ? expressionBehind(text, i) : undefined;
    if (inside === undefined) {
      part += text[i]!;
      i++;
      continue;
    }
    parts.push(part);
    const name = inside.trim();
    expressions.push(
      isIdentifierName(name) ? `typeof ${name}==="undefined"?${JSON.stringify(`{${inside}}`)}:${name}` : `(${inside})`,
    );
    part = '';
    i += inside.length + 2;
  }
  parts.push(part);
  return `${JSON.stringify(parts)},[${expressions.join(',')}]`;
}

/** Returns the expression between a brace and the first closing one that makes it one. */
function expressionBehind(text: string, open: number): string | undefined {
  for (let close = text.indexOf('}', open); close !== -1; close = text.indexOf('}', close + 1)) {
    const inside = text.slice(open + 1, close);
    if (isExpression(inside)) return inside;
  }
  return undefined;
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

/** Yields the lines of a source; a command that goes on over several is one. */
function* linesOf(source: string): Generator<{ line: string; start: number }> {
  for (const match of source.matchAll(/^[ \t]*!(?:.*\\\n)*.*$|^.*$/gm)) yield { line: match[0], start: match.index };
}
