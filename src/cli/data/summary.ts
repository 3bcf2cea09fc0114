import type { CheckoutResult } from '../../versioning/repository/checkout.ts';

/** Returns a line such as `1 file added and 2 files fetched`, or the other text when all counts are 0. */
export function summaryLine(counts: Readonly<Record<string, number>>, otherwise: string): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} file${count > 1 ? 's' : ''} ${what}`);
  const text = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? otherwise);
  return `${text}\n`;
}

/** Returns a line for each output that was changed: `M`, `A` or `D` and its path. */
export function changesText({ modified, added, deleted }: Omit<CheckoutResult, 'stats'>): string {
  const lines = (letter: string, paths: readonly string[]): string =>
    paths.map((path) => `${letter}\t${path}\n`).join('');
  return lines('M', modified) + lines('A', added) + lines('D', deleted);
}
