import { parseSync } from 'oxc-parser';
import type { LineEdit } from './magic-line.ts';
import { list, type Node, optionalChild } from '../node.ts';
import { analyseScope } from '../references.ts';

/** The part of a line that is timed. Offsets are the line's. */
interface Timed {
  readonly start: number;
  readonly end: number;
  readonly isExpression: boolean;
  readonly awaits: boolean;
  /** What to replace in it. */
  readonly edits: readonly LineEdit[];
}

/**
 * Returns what `%time code` and `%timeit [-n N] [-r R] code` become; `undefined` for other lines. The code stays where it is.
 *
 * @param start where the line's text begins
 * @param callOf returns the call that a magic line becomes, `undefined` for TypeScript
 */
export function readTimedLine(
  text: string,
  start: number,
  callOf: (code: string) => string | undefined,
): readonly LineEdit[] | undefined {
  const [head, name, options] = /^%(time|timeit)[ \t]+((?:-[nr][ \t]*\d+[ \t]+)*)(?=\S)/.exec(text.slice(start)) ?? [];
  if (head === undefined) return undefined;
  const timed = timedAt(text, start + head.length, callOf);
  const [before, after] = name === 'time' ? timeAround(timed) : timeitAround(timed, options!);
  return [
    { start, end: timed.start, text: before },
    ...timed.edits,
    { start: timed.end, end: text.length, text: after },
  ];
}

/**
 * Returns what the first line of a cell becomes that begins with `%%time` or `%%timeit [-n N] [-r R] [setup]`, and what comes
 * behind the cell; `undefined` for other lines.
 *
 * @param body the cell below the line
 */
export function readTimedCell(
  code: string,
  body: string,
): { readonly head: string; readonly closing: string } | undefined {
  const [, name, options, setup] = /^%%(time|timeit)\b[ \t]*((?:-[nr][ \t]*\d+[ \t]*)*)(.*)$/.exec(code) ?? [];
  if (name === undefined) return undefined;
  if (name === 'time') return { head: '$cell.timeCell();', closing: '' };
  const { program, errors } = parseSync('cell.ts', body, { sourceType: 'module' });
  const awaits =
    errors.length > 0 || /^[ \t]*[!%]/m.test(body) || analyseScope(program as unknown as Node).hasTopLevelAwait;
  const head = `await $cell.timeit(${JSON.stringify(options)},async()=>{${setup};return ${awaits ? 'async' : ''}()=>{`;
  return { head, closing: '\n}});' };
}

function timedAt(text: string, from: number, callOf: (code: string) => string | undefined): Timed {
  const code = text.slice(from);
  const call = callOf(code);
  if (call !== undefined) {
    const edits = [{ start: from, end: text.length, text: call }];
    return { start: from, end: text.length, isExpression: false, awaits: true, edits };
  }
  const program = parseSync('cell.ts', code, { sourceType: 'module' }).program as unknown as Node;
  const statements = list(program, 'body');
  const awaits = analyseScope(program).hasTopLevelAwait;
  const last = statements.at(-1);
  const expression = last === undefined || statements.length > 1 ? undefined : optionalChild(last, 'expression');
  // What is behind it (a semicolon, a comment) is left out.
  const { start, end } = expression ?? { start: 0, end: last?.end ?? code.length };
  return { start: from + start, end: from + end, isExpression: expression !== undefined, awaits, edits: [] };
}

function timeAround({ isExpression }: Timed): readonly [string, string] {
  return isExpression ? ['$cell.timed($cell.now(),(', '))'] : ['$cell.startTimer();', ';$cell.stopTimer();'];
}

function timeitAround({ isExpression, awaits }: Timed, options: string): readonly [string, string] {
  const [open, close] = isExpression ? ['(', ')'] : ['{', '}'];
  return [`await $cell.timeit(${JSON.stringify(options.trim())},()=>${awaits ? 'async' : ''}()=>${open}`, `${close});`];
}
