import type { Position } from '../compile/edits.ts';

/** Lines shown before and after the one that is meant. */
const CONTEXT = 2;

/**
 * Returns the lines of a source around a position, numbered, with an arrow at the line and a caret at the column.
 *
 * @param title what the source is: `Cell [3]`
 */
export function excerpt(source: string, { line, column }: Position, title: string): string[] {
  const lines = source.split('\n');
  const first = Math.max(1, line - CONTEXT);
  const last = Math.min(lines.length, line + CONTEXT);
  const width = String(last).length;
  const shown = [`${title}, line ${line}:`];
  for (let number = first; number <= last; number++) {
    const label = String(number).padStart(width);
    shown.push(`${number === line ? '--> ' : '    '}${label} | ${lines[number - 1]!}`);
    if (number === line) shown.push(`    ${' '.repeat(width)} | ${' '.repeat(Math.max(0, column - 1))}^`);
  }
  return shown;
}
