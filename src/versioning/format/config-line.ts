import { DataFormatError } from '../../base/errors.ts';

/** What a line of a config file is. Names of options are in lower case, values without their quotes. */
export type ConfigLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'section'; readonly name: string }
  | { readonly kind: 'option'; readonly name: string; readonly value: string };

const section = /^\[\s*("[^"]*"\s*|'[^']*'\s*|[^'"\s[\]][^[\]]*)\]\s*(?:#.*)?$/;
const option = /^("[^"]*"\s*|'[^']*'\s*|[^'"=\s][^=]*)=(.*)$/;
/** An item of a list, quoted or not, or nothing, with what ends it. */
const item = /\s*("[^"]*"|'[^']*'|[^'",#\s][^,#]*|)\s*(,|#.*$|$)/y;

/**
 * Parses the first of some lines, with the further lines of its value when that is in triple quotes. The dialect is that
 * of ConfigObj, which DVC uses. Returns nothing for a line that it does not know.
 */
export function parseConfigLine(lines: readonly string[]): { line: ConfigLine; length: number } | undefined {
  const text = lines[0]!.trim();
  if (text === '' || text.startsWith('#')) return { line: { kind: 'blank' }, length: 1 };
  const name = section.exec(text)?.[1];
  if (name !== undefined) return { line: { kind: 'section', name: unquote(name.trim()) }, length: 1 };
  const [, key, rest] = option.exec(text) ?? [];
  if (key === undefined) return undefined;
  const value = rest!.trim();
  const found = /^(?:"""|''')/.test(value) ? multilineValue(value, lines) : { value: singleValue(value), length: 1 };
  if (found?.value === undefined) return undefined;
  return {
    line: { kind: 'option', name: unquote(key.trim()).toLowerCase(), value: found.value },
    length: found.length,
  };
}

/**
 * Returns a value as it is written, in quotes where it needs them.
 *
 * @param where says what is to be written, in messages
 * @throws DataFormatError when the dialect has no way to write it
 */
export function formatConfigValue(value: string, where: string): string {
  const hasBoth = value.includes("'") && value.includes('"');
  if (hasBoth || /[\r\n]/.test(value)) {
    const quotes = value.includes("'''") ? '"""' : "'''";
    if (value.includes(quotes) || value.includes('\r')) throw notWritable(where);
    return `${quotes}${value}${quotes}`;
  }
  return value === '' || /^[\s'"]|[\s'"]$|[,#]/.test(value) ? quoted(value, where) : value;
}

/** Returns a section's line. */
export function formatConfigSection(name: string, where: string): string {
  return `[${/["',#]/.test(name) ? quoted(name, where) : name}]`;
}

function quoted(text: string, where: string): string {
  if (text.includes('"') && text.includes("'")) throw notWritable(where);
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

function notWritable(where: string): DataFormatError {
  return new DataFormatError(
    `${where}: expected a text that a config file can hold, got one with both kinds of quotes`,
  );
}

/** A list comes back with its commas; a comma alone is an empty one. */
function singleValue(text: string): string | undefined {
  const items: string[] = [];
  for (let at = 0; ;) {
    item.lastIndex = at;
    const match = item.exec(text);
    if (match === null) return undefined;
    const [found, value, end] = match as unknown as [string, string, string];
    const isLast = end !== ',';
    if (value === '' && !isLast && (items.length > 0 || !/^,\s*(?:#.*)?$/.test(text))) return undefined;
    if (value !== '') items.push(unquote(value.trimEnd()));
    if (isLast) return items.join(',');
    at += found.length;
  }
}

function multilineValue(text: string, lines: readonly string[]): { value: string; length: number } | undefined {
  const quotes = text.slice(0, 3);
  const further = lines.slice(1);
  const rest = [text.slice(3), ...further];
  const last = rest.findIndex((line) => line.includes(quotes));
  if (last < 0) return undefined;
  const [end, after] = rest[last]!.split(quotes, 2) as [string, string];
  if (!/^\s*(?:#.*)?$/.test(after)) return undefined;
  return { value: [...rest.slice(0, last), end].join('\n'), length: last + 1 };
}

function unquote(text: string): string {
  return /^(?:"[^]*"|'[^]*')$/.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}
