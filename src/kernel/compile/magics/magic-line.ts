import { parseSync } from 'oxc-parser';
import { interpolate } from './interpolate.ts';
import { namesOfNegation } from '../negation.ts';
import { boundIdentifiers, child, list, type Node, nameOf, optionalChild } from '../node.ts';
import { readTimedCell, readTimedLine } from './timed-line.ts';

/** A line of a cell that may be a magic; a command that goes on over several lines is one. */
export interface Line {
  readonly text: string;
  /** Whether only empty lines stand before it. */
  readonly isFirst: boolean;
  /** Whether only empty lines stand behind it. */
  readonly isLast: boolean;
  /** The cell behind it. */
  readonly rest: string;
}

/** A replacement in a line; the offsets are the line's. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a magic line becomes. */
export interface MagicLine {
  /** What to replace in it; found out only when it is needed, since a line can be as long as a minified file. */
  readonly edits: () => readonly LineEdit[];
  /** Whether it needs `await`. */
  readonly awaits: boolean;
  /** What to put behind the cell. */
  readonly closing?: string;
  /** The line assigns to this name: where there is none of it yet, it is to be declared. */
  readonly assigned?: string;
  /** Where all these names are known, the line is no magic but TypeScript. */
  readonly unlessKnown?: readonly string[];
}

const NAME = String.raw`%{0,2}[\p{ID_Start}$_][\p{ID_Continue}$.]*`;
/** `name?`, `name??`, `?name`, `??name`. */
const HELP = new RegExp(String.raw`^\s*(?:(${NAME})(\?\??)|(\?\??)(${NAME}))\s*$`, 'u');

/** Returns whether the last line of a source asks for help. */
export function endsInHelp(source: string): boolean {
  const text = source.trimEnd();
  return HELP.test(text.slice(text.lastIndexOf('\n') + 1));
}

/** Returns what a line becomes if it is a magic, provided that a statement can begin where it stands. */
export function readMagicLine({ text, isFirst, isLast, rest }: Line): MagicLine | undefined {
  const start = text.length - text.trimStart().length;
  const code = text.trim();
  const whole = (replacement: string): readonly LineEdit[] => [
    { start, end: text.length, text: replacement + lineBreaks(text) },
  ];

  const help = isLast ? HELP.exec(text) : null;
  if (help !== null) {
    const isDetailed = (help[2] ?? help[3]) === '??';
    const call = `await $cell.help(${JSON.stringify(help[1] ?? help[4])},${isDetailed});`;
    return { edits: () => whole(call), awaits: true };
  }
  if (code.startsWith('%%')) {
    const timed = isFirst ? readTimedCell(code, rest) : undefined;
    return timed === undefined ? undefined : { edits: () => whole(timed.head), awaits: false, closing: timed.closing };
  }
  if (code.startsWith('!')) {
    const names = namesOfNegation(code);
    return {
      edits: () => whole(commandCall(code)),
      awaits: true,
      ...(names === undefined ? {} : { unlessKnown: names }),
    };
  }
  const call = callOf(code);
  if (call === undefined) return readAssignment(text);
  const timed = readTimedLine(text, start, callOf);
  return timed === undefined ? { edits: () => whole(call), awaits: true } : { edits: () => timed, awaits: false };
}

/** Returns the call that `!command`, `!!command` (whose value is what it prints) or `%name arguments` becomes. */
function callOf(code: string): string | undefined {
  const text = code.trim();
  if (text.startsWith('!')) return commandCall(text);
  const [, name, args] = /^%([A-Za-z]\w*)[ \t]*(.*)$/.exec(text) ?? [];
  return name === undefined ? undefined : `await $cell.magic(${JSON.stringify(name)},${interpolate(args!)});`;
}

function commandCall(text: string): string {
  return text.startsWith('!!')
    ? `await $cell.capture(${interpolate(text.slice(2))});`
    : `await $cell.shell(${interpolate(text.slice(1))});`;
}

/** The lines below stay where they are. */
function lineBreaks(text: string): string {
  return text.replace(/[^\n]/g, '');
}

/** `lines = !command`, with any target of an assignment, or a declaration. */
function readAssignment(text: string): MagicLine | undefined {
  const match = /^(.*?[^=!<>])=[ \t]*(?=!(?!=))/.exec(text);
  if (match === null) return undefined;
  const target = targetOf(`${match[1]!}=0`);
  if (target === undefined) return undefined;
  const start = match[0].length;
  const command = text.slice(start).trim();
  const edits = (): LineEdit[] => [
    { start, end: text.length, text: `await $cell.capture(${interpolate(command.slice(1))});${lineBreaks(text)}` },
  ];
  const names = namesOfNegation(command, true);
  // `const date = !date` would negate what is not there yet.
  const [, first] = /^!\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(command) ?? [];
  const isDoubtful = names !== undefined && (first === undefined || !target.declared.includes(first));
  return {
    edits,
    awaits: true,
    ...(target.assigned === undefined ? {} : { assigned: target.assigned }),
    ...(isDoubtful ? { unlessKnown: names } : {}),
  };
}

/** Returns what a statement assigns 0 to at its end, if it is an assignment or a declaration. */
function targetOf(statement: string): { declared: readonly string[]; assigned?: string } | undefined {
  const { program, errors } = parseSync('cell.ts', statement, { sourceType: 'module' });
  const [only, ...others] = list(program as unknown as Node, 'body');
  if (errors.length > 0 || only === undefined || others.length > 0) return undefined;
  const declaration = optionalChild(only, 'declaration') ?? only;
  if (declaration.type === 'VariableDeclaration') {
    const last = list(declaration, 'declarations').at(-1)!;
    return { declared: boundIdentifiers(child(last, 'id')).map(nameOf) };
  }
  const expression = optionalChild(only, 'expression');
  if (expression?.type !== 'AssignmentExpression' || expression['operator'] !== '=') return undefined;
  const left = child(expression, 'left');
  return left.type === 'Identifier' ? { declared: [], assigned: nameOf(left) } : { declared: [] };
}
