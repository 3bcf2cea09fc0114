/**
 * Returns a `.gitignore`'s text with an entry for `name`, a file or folder beside it, as DVC writes it.
 *
 * @param text the file's text, or nothing when there is no such file
 */
export function addGitIgnoreEntry(text: string | undefined, name: string): string {
  const before = text === undefined || text === '' || text.endsWith('\n') ? (text ?? '') : `${text}\n`;
  const entry = gitIgnoreEntry(name);
  return before.split('\n').includes(entry) ? (text ?? '') : `${before}${entry}\n`;
}

/** Returns a `.gitignore`'s text without the entry for `name`, or nothing when no line is left: the file goes, too. */
export function removeGitIgnoreEntry(text: string, name: string): string | undefined {
  // DVC writes the escaped entry and looks for the plain one; both are meant.
  const entries = new Set([gitIgnoreEntry(name).trim(), `/${name}`.trim()]);
  const rest = text.split(/(?<=\n)/).filter((line) => !entries.has(line.trim()));
  return rest.join('') === '' ? undefined : rest.join('');
}

/** Returns `/name` with what is special in a pattern escaped; a line break, which no pattern can hold, becomes `?`. */
function gitIgnoreEntry(name: string): string {
  return `/${name.replaceAll(/[\\[\]!*#?]/g, String.raw`\$&`).replaceAll(/[\r\n]/g, '?')}`;
}
