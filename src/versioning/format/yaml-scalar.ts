/** Where a scalar is written: the column it begins at, the indentation of its further lines, and the width lines fold at. */
export interface ScalarPlace {
  readonly column: number;
  readonly indent: number;
  readonly width: number;
}

/** What a YAML 1.2 reader takes for something else than text, by the rules of ruamel.yaml, which DVC writes with. */
const otherTypes = [
  /^(?:true|True|TRUE|false|False|FALSE)$/,
  /^(?=[-+0-9])[-+]?(?:0b[01_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)$/,
  /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9_]+(?:[eE][-+][0-9]+)?)$/,
  /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^(?:<<|=|~|null|Null|NULL)$/,
  /^\d{4}-\d\d-\d\d$/,
  /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
];

/** Characters that need an escape in double quotes, and cannot be written in any other way. */
const special = /[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
const shortEscapes = new Map(
  Object.entries({ '\0': '0', '\x07': 'a', '\b': 'b', '\t': 't', '\n': 'n', '\v': 'v', '\f': 'f', '\r': 'r' }).concat(
    Object.entries({ '\x1b': 'e', '"': '"', '\\': '\\', '\x85': 'N', '\u2028': 'L', '\u2029': 'P' }),
  ),
);
const lineBreak = /[\n\x85\u2028\u2029]/;
const blankOrEnd = '[\\0 \\t\\r\\n\\x85\\u2028\\u2029]|$';
/** What would end, or change the meaning of, a text without quotes. */
const indicator = new RegExp(
  `^(?:---|\\.\\.\\.|[#,[\\]{}&*!|>'"%@\`]|[-?:](?:${blankOrEnd}))|:(?:${blankOrEnd})|(?:^|[\\0 \\t\\r\\n\\x85\\u2028\\u2029])#`,
);

/** Returns a text as a YAML scalar, quoted and folded as DVC (that is ruamel.yaml) does it. */
export function formatYamlString(text: string, place: ScalarPlace): string {
  if (isPlain(text)) return foldPlain(text, place);
  const isSingleQuoted = !text.includes("'") && !lineBreak.test(text) && !special.test(text);
  return isSingleQuoted ? foldSingleQuoted(text, place) : foldDoubleQuoted(text, place);
}

function isPlain(text: string): boolean {
  if (text === '' || text.startsWith(' ') || text.endsWith(' ') || indicator.test(text)) return false;
  return !lineBreak.test(text) && !special.test(text) && !otherTypes.some((type) => type.test(text));
}

/** A word that does not fit begins a line, even the first. */
function foldPlain(text: string, { column, indent, width }: ScalarPlace): string {
  let [out, at] = ['', column];
  for (const piece of text.match(/ +|[^ ]+/g) ?? []) {
    const isSpace = piece.startsWith(' ');
    const length = [...piece].length;
    // Not after two spaces, where ruamel.yaml does fold: they would be read as one.
    const isFolded = isSpace ? length === 1 && at >= width : at + length > width && at > indent && !out.endsWith('  ');
    if (isFolded) [out, at] = [`${out}\n${' '.repeat(indent)}`, indent];
    if (isFolded && isSpace) continue;
    out += piece;
    at += length;
  }
  return out;
}

/** Lines end at single spaces only, once they are longer than the width. */
function foldSingleQuoted(text: string, { column, indent, width }: ScalarPlace): string {
  const pieces = text.match(/ +|[^ ]+/g) ?? [];
  let [out, at] = ["'", column + 1];
  for (const [index, piece] of pieces.entries()) {
    const isFolded = piece === ' ' && at > width && index > 0 && index < pieces.length - 1;
    if (isFolded) [out, at] = [`${out}\n${' '.repeat(indent)}`, indent];
    else [out, at] = [out + piece, at + [...piece].length];
  }
  return `${out}'`;
}

/** Lines end at spaces and after escapes; a backslash keeps a reader from taking the line's end for a space. */
function foldDoubleQuoted(text: string, { column, indent, width }: ScalarPlace): string {
  const characters = [...text];
  const last = characters.length - 1;
  let [out, at, start] = ['"', column + 1, 0];
  const write = (piece: string): void => {
    out += piece;
    at += [...piece].length;
  };
  for (const [end, character] of characters.entries()) {
    const escaped = escape(character);
    if (escaped !== character) {
      write(characters.slice(start, end).join('') + escaped);
      start = end + 1;
    }
    const canFold = end > 0 && end < last && (character === ' ' || start >= end);
    if (!canFold || at + end - start <= width) continue;
    const isAtEscapedSpace = start === end;
    write(characters.slice(start, end).join(''));
    start = Math.max(start, end);
    // ruamel.yaml leaves the backslash away before a letter, too, and reads a space that was not there.
    const isSpaceEnough = characters[start] === ' ' && !isAtEscapedSpace && readsAsSpace(characters, end);
    out += `${isSpaceEnough ? '' : '\\'}\n${' '.repeat(indent)}`;
    at = indent;
    if (characters[start] !== ' ') continue;
    if (isSpaceEnough) start++;
    else write('\\');
  }
  return `${out}${characters.slice(start).join('')}"`;
}

/** Returns whether a line that ends at `end` may end without a backslash, by ruamel.yaml's look at the next space. */
function readsAsSpace(characters: readonly string[], end: number): boolean {
  const space = characters.indexOf(' ', end);
  if (space < 0) return false;
  const lineEnd = characters.slice(end, space).indexOf('\n');
  const stop = lineEnd < 0 ? space : end + lineEnd;
  const next = characters[stop + 1];
  if (next === undefined || (lineEnd >= 0 && next !== ' ')) return false;
  const word = characters.slice(end, stop).join('');
  const isInSpaces = characters[end - 1] === ' ' && characters[end] === ' ';
  return !word.includes('"') && !word.includes("'") && next !== ' ' && next !== '\n' && !isInSpaces;
}

function escape(character: string): string {
  const short = shortEscapes.get(character);
  if (short !== undefined) return `\\${short}`;
  if (/^[\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]$/u.test(character)) return character;
  const code = character.codePointAt(0)!;
  const digits = code.toString(16).toUpperCase();
  return code <= 0xff ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`;
}
