/** A source of more lines than this is cut in the middle. */
const wholeLines = 12;
const edgeLines = 5;

/**
 * Returns a cell's source with line numbers, for a message: the first and last five lines when it is long, the failing
 * line marked, and shown with its neighbours when it lies between.
 */
export function sourceExcerpt(source: string, line?: number): string {
  const lines = source.replace(/\n+$/, '').split('\n');
  const isShown = (number: number): boolean =>
    lines.length <= wholeLines ||
    number <= edgeLines ||
    number > lines.length - edgeLines ||
    (line !== undefined && Math.abs(number - line) <= 1);
  const width = String(lines.length).length;
  return lines
    .flatMap((text, index) => {
      const number = index + 1;
      if (isShown(number)) return `${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${text}`;
      return isShown(number - 1) ? `  ${'…'.padStart(width)}` : [];
    })
    .join('\n');
}
