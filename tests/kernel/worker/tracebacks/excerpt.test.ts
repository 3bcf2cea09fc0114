import { describe, expect, test } from 'vitest';
import { excerpt } from '../../../../src/kernel/worker/tracebacks/excerpt.ts';

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

  test('leaves out empty lines at the end, unless they are meant', () => {
    expect(excerpt('a\n\n\n', { line: 1, column: 1 }, 'A')).toEqual(['A, line 1:', '--> 1 | a', '      | ^']);
    expect(excerpt('f(\n', { line: 2, column: 1 }, 'A')).toEqual(['A, line 2:', '    1 | f(', '--> 2 |', '      | ^']);
  });

  test('puts the caret below characters of two units and behind tabs', () => {
    const [, line, caret] = excerpt("\t'👩' x", { line: 1, column: 7 }, 'A');
    expect([line, caret]).toEqual(["--> 1 | \t'👩' x", '      | \t    ^']);
  });

  test('cuts a part out of a line that is very long', () => {
    const [, line, caret] = excerpt(`${'a'.repeat(5000)}b${'c'.repeat(5000)}`, { line: 1, column: 5001 }, 'A');
    expect(line).toMatch(/^--> 1 \| a{79}bc{80}$/);
    expect(caret).toBe(`      | ${' '.repeat(79)}^`);
  });
});
