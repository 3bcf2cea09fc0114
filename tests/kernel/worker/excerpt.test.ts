import { describe, expect, test } from 'vitest';
import { excerpt } from '../../../src/kernel/worker/excerpt.ts';

describe('excerpt', () => {
  test('shows two lines on both sides, an arrow at the line and a caret at the column', () => {
    const source = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join('\n');
    expect(excerpt(source, { line: 9, column: 3 }, 'Cell [1]').join('\n')).toBe(`Cell [1], line 9:
     7 | line 7
     8 | line 8
-->  9 | line 9
       |   ^
    10 | line 10
    11 | line 11`);
  });

  test('stays inside a short source', () => {
    expect(excerpt('only', { line: 1, column: 1 }, 'A')).toEqual(['A, line 1:', '--> 1 | only', '      | ^']);
  });
});
