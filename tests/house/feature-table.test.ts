import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readText } from './repository.ts';

const KERNELS = ['labmill', 'tslab 1.0.22', 'Deno 2.9', 'IJavascript 5.2', 'ipykernel'];

/** Returns the cells of a line of a Markdown table. */
function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

const [, comparison = ''] = readText('docs/kernel.md').split(/^## Compared with others$/m);
const lines = comparison.split('\n').filter((line) => line.startsWith('|'));
const heads = lines.filter((_, index) => lines[index + 1]?.startsWith('| -')).map(cellsOf);
const rows = lines
  .filter((line) => !line.startsWith('| -'))
  .map(cellsOf)
  .filter((row) => row.at(-1) !== 'proven by');

describe('the comparison in docs/kernel.md', () => {
  test('has tables of the same five kernels', () => {
    expect(heads.length).toBeGreaterThan(5);
    expect(heads.map((head) => head.slice(1))).toEqual(heads.map(() => [...KERNELS, 'proven by']));
  });

  test('says something of each kernel in each row, and each thing once', () => {
    expect(rows.filter((row) => row.length !== 7 || row.includes(''))).toEqual([]);
    expect(new Set(rows.map(([feature]) => feature)).size).toBe(rows.length);
  });

  test.each(rows.filter((row) => row.at(-1) !== '–').map((row) => [row[0], row.at(-1)]))(
    'proves by a test: %s',
    (_feature, proof) => {
      const [, title = '', path = ''] = /^\[(.+)\]\(\.\.\/(tests\/[\w/-]+\.test\.ts)\)$/.exec(proof!) ?? [];
      expect(existsSync(new URL(`../../${path}`, import.meta.url)), `a link to a test in ${proof}`).toBe(true);
      expect([`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => readText(path).includes(quoted))).toBe(true);
    },
  );

  test('leaves unproven only what labmill does not have', () => {
    const unproven = rows.filter((row) => row.at(-1) === '–' && !/^no\b/.test(row[1]!));
    expect(unproven).toEqual([]);
  });
});
