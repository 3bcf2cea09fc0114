import type { Position } from '../../compile/edits.ts';

/** Lines shown before and after the one that is meant. */
const CONTEXT = 2;
/** How much of a line is shown, in UTF-16 units: compiled files have all of their text on one. */
const MAX_WIDTH = 160;

/**
 * Returns the lines of a source around a position, numbered, with an arrow at the line and a caret at the column.
 *
 * @param title what the source is: `Cell [3]`
 */
export function excerpt(source: string, { line, column }: Position, title: string): string[] {
  const lines = source.split(/\r?\n/);
  const first = Math.max(1, line - CONTEXT);
  // Empty lines at the end are worth showing only where the source should have gone on.
  const last = Math.min(lines.length, Math.max(line, Math.min(source.trimEnd().split('\n').length, line + CONTEXT)));
  const width = String(last).length;
  const from = (lines[line - 1]?.length ?? 0) > MAX_WIDTH ? Math.max(0, column - MAX_WIDTH / 2) : 0;
  const shown = [`${title}, line ${line}:`];
  for (let number = first; number <= last; number++) {
    const label = String(number).padStart(width);
    const text = lines[number - 1]!.slice(from, from + MAX_WIDTH);
    shown.push(`${number === line ? '--> ' : '    '}${label} | ${text}`.trimEnd());
    // A tab is as wide as the one above; a character outside the basic plane takes two units and one column.
    const indent = text.slice(0, column - 1 - from).replace(/[^\t]/gu, ' ');
    if (number === line) shown.push(`    ${' '.repeat(width)} | ${indent}^`);
  }
  return shown;
}
