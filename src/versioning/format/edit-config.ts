import { formatConfigSection, formatConfigValue } from './config-line.ts';
import { type NumberedConfigLine, readLines, remoteName } from './config.ts';

/** Which option of which section is meant; a remote's section is `remote "name"`. */
export interface ConfigPlace {
  readonly section: string;
  readonly option: string;
}

/**
 * Returns a config file's text with an option set, or removed when there is no value; a section without options goes with its
 * last one. Everything else stays, comments too, and a text without them comes out as DVC would write it.
 *
 * @throws DataFormatError when the text is no config, or the value cannot be written into one
 */
export function editConfig(text: string, where: string, place: ConfigPlace, value: string | undefined): string {
  const lines = toLines(text);
  const parsed = readLines(lines.join('\n'), where);
  const [start, end] = sectionRange(parsed, lines.length, place.section);
  const current = parsed.find(
    (line) => line.kind === 'option' && line.name === place.option && line.number > start && line.number <= end,
  );
  if (value === undefined) {
    if (current === undefined) return text;
    lines.splice(current.number - 1, current.endNumber - current.number + 1);
    return join(withoutEmptySection(lines, where, place.section));
  }
  const entry = `    ${place.option} = ${formatConfigValue(value, `${where}: ${place.option}`)}`;
  if (current !== undefined)
    lines.splice(current.number - 1, current.endNumber - current.number + 1, ...entry.split('\n'));
  else if (start > 0) lines.splice(contentEnd(lines, start, end), 0, ...entry.split('\n'));
  else
    lines.splice(
      newSectionAt(parsed, lines, place.section),
      0,
      formatConfigSection(place.section, where),
      ...entry.split('\n'),
    );
  return join(lines);
}

/** Returns a config file's text without a section. */
export function removeConfigSection(text: string, where: string, section: string): string {
  const lines = toLines(text);
  takeSection(lines, where, section);
  return join(lines);
}

/** Returns a config file's text with another name for a section, which becomes the last, as DVC writes it. */
export function renameConfigSection(text: string, where: string, from: string, to: string): string {
  const lines = toLines(text);
  const [, ...options] = takeSection(lines, where, from);
  return join([...lines, formatConfigSection(to, where), ...options]);
}

/** Takes a section's lines away and returns them. */
function takeSection(lines: string[], where: string, section: string): string[] {
  const [start, end] = sectionRange(readLines(lines.join('\n'), where), lines.length, section);
  return start === 0 ? [] : lines.splice(start - 1, contentEnd(lines, start, end) - start + 1);
}

function toLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function join(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** Returns the numbers of a section's own line and of its last line; 0 and 0 when there is none. */
function sectionRange(lines: readonly NumberedConfigLine[], count: number, name: string): [start: number, end: number] {
  const sections = lines.filter((line) => line.kind === 'section');
  const index = sections.findIndex((line) => isSameSection(line.name, name));
  return index < 0 ? [0, 0] : [sections[index]!.number, (sections[index + 1]?.number ?? count + 1) - 1];
}

function isSameSection(a: string, b: string): boolean {
  const [x, y] = [remoteName(a), remoteName(b)];
  return x === undefined && y === undefined ? a.toLowerCase() === b.toLowerCase() : x === y;
}

/** Blank lines and comments before the next section belong to that one. */
function contentEnd(lines: readonly string[], start: number, end: number): number {
  let last = end;
  while (last > start && /^\s*(?:#.*)?$/.test(lines[last - 1]!)) last--;
  return last;
}

/** DVC writes the remotes last. */
function newSectionAt(parsed: readonly NumberedConfigLine[], lines: readonly string[], section: string): number {
  const firstRemote = parsed.find((line) => line.kind === 'section' && remoteName(line.name) !== undefined);
  if (remoteName(section) !== undefined || firstRemote === undefined) return lines.length;
  return contentEnd(lines, 0, firstRemote.number - 1);
}

function withoutEmptySection(lines: readonly string[], where: string, section: string): readonly string[] {
  const parsed = readLines(lines.join('\n'), where);
  const [start, end] = sectionRange(parsed, lines.length, section);
  const isEmpty = !parsed.some((line) => line.kind === 'option' && line.number > start && line.number <= end);
  const isRemote = remoteName(section) !== undefined;
  return start > 0 && isEmpty && !isRemote
    ? lines.toSpliced(start - 1, contentEnd(lines, start, end) - start + 1)
    : lines;
}
