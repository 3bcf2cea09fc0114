import type { Command } from 'commander';
import type { DiffEntry, DiffResult } from '../../versioning/repository/diff.ts';
import { type CommonFlags, onRepository } from './session.ts';
import { jsonLine } from './json-line.ts';

/** Flags of `labmill data diff`. */
export interface DiffFlags extends CommonFlags {
  readonly targets?: readonly string[];
  readonly json?: true;
  readonly md?: true;
  readonly showHash?: true;
  readonly hideMissing?: true;
}

/** The order in which states are shown. */
const states = ['added', 'deleted', 'renamed', 'modified', 'not in cache'] as const;

/** Runs `labmill data diff`. */
export async function diff(
  a: string | undefined,
  b: string | undefined,
  flags: DiffFlags,
  command: Command,
): Promise<void> {
  await onRepository(command, flags, async ({ repository, long, print }) => {
    const { targets, json, md, showHash, hideMissing } = flags;
    const result = await repository.diff(a, b, { ...long, targets, showHash, hideMissing });
    print(json === true ? jsonLine(result) : md === true ? markdownTable(result, showHash === true) : diffText(result));
  });
}

/** Returns the differences under a heading for each kind, and their number; nothing when there are none. */
export function diffText(result: DiffResult): string {
  const blocks = states.map((state) => {
    const lines = (result[state] ?? []).map((entry) => `    ${hashText(entry, '  ')}${pathText(entry)}\n`).join('');
    return lines === '' ? '' : `${state[0]!.toUpperCase()}${state.slice(1)}:\n${lines}\n`;
  });
  const counts = states
    .map((state) => [state, (result[state] ?? []).filter((entry) => !pathText(entry).endsWith('/')).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  return blocks.join('') + (counts.length > 0 ? `files summary: ${counts.join(', ')}\n` : '');
}

/** Returns the differences as a Markdown table. */
export function markdownTable(result: DiffResult, showHash: boolean): string {
  const rows = states.flatMap((state) =>
    (result[state] ?? []).map((entry) => [state, ...(showHash ? [hashText(entry, '')] : []), pathText(entry)]),
  );
  const header = ['Status', ...(showHash ? ['Hash'] : []), 'Path'];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |\n`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|\n`;
  return line(header) + rule + rows.map(line).join('');
}

function pathText({ path }: DiffEntry): string {
  return typeof path === 'string' ? path : `${path.old} -> ${path.new}`;
}

/** Returns the first digits of a hash, or of both, and what comes after them. */
function hashText({ hash }: DiffEntry, after: string): string {
  if (hash === undefined) return '';
  return `${typeof hash === 'string' ? hash.slice(0, 8) : `${hash.old.slice(0, 8)}..${hash.new.slice(0, 8)}`}${after}`;
}
