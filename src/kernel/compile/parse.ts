import { type Comment, type OxcError, parseSync, type ParseResult, type Span } from 'oxc-parser';
import { CellSyntaxError } from './cell-syntax-error.ts';
import type { Position } from './edits.ts';
import { child, forEachChild, list, type Node, optionalChild } from './node.ts';

/** The languages of cells and of modules. */
export type Language = 'ts' | 'tsx' | 'jsx';

/** The program of a cell or a module, and what was found on the way. */
export interface Parsed {
  readonly program: Node;
  /** The text that was parsed: the source, or a cell with parentheses around the object literal at its end. */
  readonly text: string;
  /** Leads an offset of `text` back to the source. */
  readonly origin: (offset: number) => number;
  readonly comments: readonly Comment[];
  /** Where `import.meta` stands. */
  readonly importMetas: readonly Span[];
  /** Whether it imports or exports something. */
  readonly isModule: boolean;
}

/**
 * Parses a cell. What reads as a block at its end but makes an object literal (`{ a: 1 }`, `{ a, b: 2 }`) is taken as one.
 *
 * @param place leads an offset to the line and column to report
 * @throws CellSyntaxError
 */
export function parseCell(text: string, place: (offset: number) => Position): Parsed {
  const cell = parse(text);
  if (isParsed(cell)) {
    const last = list(cell.program, 'body').findLast((statement) => !TRANSPARENT.has(statement.type));
    if (last?.type !== 'BlockStatement') return cell;
    // An empty block is an object only where there is nothing else.
    const isAlone = text.slice(0, last.start).trim() === '';
    return (isAlone || list(last, 'body').length > 0 ? parseObject(text, last.start, isObject) : undefined) ?? cell;
  }
  for (const match of [...text.matchAll(LINE_BEGINS_WITH_BRACE)].toReversed().slice(0, MAX_OBJECT_ATTEMPTS)) {
    const object = parseObject(text, match.index + match[0].length - 1, () => true);
    if (object !== undefined) return object;
  }
  throw syntaxError(cell, text, place);
}

/**
 * Parses the text of a file.
 *
 * @param place leads an offset to the line and column to report
 * @throws CellSyntaxError
 */
export function parseModule(language: Language, text: string, place: (offset: number) => Position): Parsed {
  const module = parseAs(language, text);
  if (isParsed(module)) return module;
  throw syntaxError(module, text, place);
}

/** Declarations behind the last expression that do not hide its value. */
export const TRANSPARENT: ReadonlySet<string> = new Set([
  'EmptyStatement',
  'FunctionDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
]);

/** Also behind comments. */
const LINE_BEGINS_WITH_BRACE = /^[ \t]*(?:\/\*.*?\*\/[ \t]*)*\{/gm;
/** How many lines that begin with a brace are tried as the beginning of an object literal. */
const MAX_OBJECT_ATTEMPTS = 10;
/** A semicolon that only comments follow. */
const LAST_SEMICOLON = /;(?=(?:\s|\/\/.*|\/\*[^]*?\*\/)*$)/;

/** Parses a text whose part from `at` on is an expression that begins with an object literal; `undefined` if it is not. */
function parseObject(text: string, at: number, accepts: (expression: Node) => boolean): Parsed | undefined {
  const object = text.slice(at).replace(LAST_SEMICOLON, ' ');
  // The semicolon keeps the parenthesis from becoming a call of what stands before.
  const cell = parse(`${text.slice(0, at)};(${object}\n)`);
  const last = isParsed(cell) ? list(cell.program, 'body').at(-1) : undefined;
  const parenthesized = last === undefined ? undefined : optionalChild(last, 'expression');
  if (!isParsed(cell) || parenthesized?.start !== at + 1) return undefined;
  if (parenthesized.end < last!.end || !accepts(child(parenthesized, 'expression'))) return undefined;
  const origin = (offset: number): number => Math.min(offset <= at ? offset : Math.max(at, offset - 2), text.length);
  return { ...cell, origin };
}

function isParsed(result: Parsed | OxcError): result is Parsed {
  return 'program' in result;
}

function isObject({ type }: Node): boolean {
  return type === 'ObjectExpression';
}

/** Parses as TypeScript; as TypeScript with JSX only when that fails, so that `<T>x` goes on being an assertion. */
function parse(text: string): Parsed | OxcError {
  const plain = parseAs('ts', text);
  if (isParsed(plain) || !text.includes('<')) return plain;
  const jsx = parseAs('tsx', text);
  // Of two mistakes the later one is in the language that was meant.
  return isParsed(jsx) || offsetOf(jsx) > offsetOf(plain) ? jsx : plain;
}

function parseAs(lang: Language, text: string): Parsed | OxcError {
  const result: ParseResult = parseSync(`cell.${lang}`, text, { sourceType: 'module', showSemanticErrors: true });
  // The tree of a wrong program cannot always be read.
  const error = result.errors.find(({ severity }) => (severity as string) === 'Error');
  if (error !== undefined) return error;
  const spaced = FALSE_SPACES.test(text) ? withTrueSpaces(text, result) : text;
  if (spaced !== text) return parseAs(lang, spaced);
  return {
    program: result.program as unknown as Node,
    text,
    origin: (offset) => offset,
    get comments() {
      return result.comments;
    },
    importMetas: text.includes('meta') ? result.module.importMetas : [],
    isModule: result.module.hasModuleSyntax,
  };
}

/** What the parser takes for spaces and JavaScript does not; they come with code that was copied from pages. */
const FALSE_SPACES = /[\u0085\u180E\u200B]/;

/** Returns the text with spaces for false ones, except where they are text. */
function withTrueSpaces(text: string, { program, comments }: ParseResult): string {
  const texts = comments.map(({ start, end }) => ({ start, end }));
  const visit = (node: Node): void => {
    if (node.type === 'Literal' || node.type === 'TemplateElement' || node.type === 'JSXText') texts.push(node);
    forEachChild(node, visit);
  };
  visit(program as unknown as Node);
  return text.replace(new RegExp(FALSE_SPACES, 'g'), (character, at: number) =>
    texts.some(({ start, end }) => at >= start && at < end) ? character : ' ',
  );
}

function offsetOf({ message, labels }: OxcError): number {
  // Of a name declared twice, the second place is the mistake.
  return (message.includes('already been declared') ? labels.at(-1) : labels[0])?.start ?? 0;
}

function syntaxError(error: OxcError, text: string, place: (offset: number) => Position): CellSyntaxError {
  const { message } = error;
  const offset = offsetOf(error);
  const isAtEnd = offset >= text.trimEnd().length || message.includes('`EOF`');
  const isIncomplete =
    isAtEnd ||
    /^Unterminated (?!string|regular)/i.test(message) ||
    (message.startsWith('Unterminated string') && text[offset] === '`');
  return new CellSyntaxError(message, place(Math.min(offset, text.length)), isIncomplete);
}
