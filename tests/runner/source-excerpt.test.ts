import { describe, expect, test } from 'vitest';
import { sourceExcerpt } from '../../src/runner/source-excerpt.ts';

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `line${i + 1}`).join('\n');

describe('sourceExcerpt', () => {
  test('shows a short source whole and marks the line', () => {
    expect(sourceExcerpt('a\nb\n', 2)).toBe('  1 | a\n> 2 | b');
  });

  test('shows the first and last five lines of a long source', () => {
    const shown = sourceExcerpt(lines(20)).split('\n');
    expect(shown).toHaveLength(11);
    expect(shown.slice(4, 7)).toEqual(['   5 | line5', '   …', '  16 | line16']);
  });

  test('shows the line in the middle of a long source with its neighbours', () => {
    expect(sourceExcerpt(lines(30), 15).split('\n').slice(5, 10)).toEqual([
      '   …',
      '  14 | line14',
      '> 15 | line15',
      '  16 | line16',
      '   …',
    ]);
  });
});
