import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/kernel/thread-messages.ts';
import { errorContent, type RunSource, syntaxErrorContent } from '../../../src/kernel/worker/traceback.ts';

/** A cell whose compiled code is one line longer at its top than its source. */
function aCell(source: string, executionCount: number): RunSource {
  const position = ({ line, column }: { line: number; column: number }) => ({ line: line - 1, column });
  return { source, executionCount, position, importPosition: () => ({ line: 1, column: 1 }) };
}

const cells: Readonly<Record<string, RunSource>> = {
  '/my notebook (1)/cell-1.ts': aCell('function f() {\n  throw new Error("bad")\n}', 1),
  '/my notebook (1)/cell-2.ts': aCell('f()', 2),
};

function tracebackOf(failure: Partial<Failure>): string {
  const whole = { name: 'Error', message: 'bad', stack: '', ...failure };
  const content = errorContent(whole, cells['/my notebook (1)/cell-2.ts']!, (file) => cells[file]);
  return stripVTControlCharacters(content.traceback.join('\n'));
}

describe('errorContent', () => {
  test('names the error as it was thrown', () => {
    const content = errorContent(
      { name: 'TypeError', message: 'no', stack: '' },
      cells['/my notebook (1)/cell-2.ts']!,
      () => undefined,
    );
    expect(content).toMatchObject({ ename: 'TypeError', evalue: 'no' });
  });

  test('shows the innermost line of a cell and leads its frames to cells', () => {
    const stack = [
      'Error: bad',
      '    at f$cell (/my notebook (1)/cell-1.ts:3:9)',
      '    at /my notebook (1)/cell-2.ts:2:1',
      '    at async /my notebook (1)/cell-2.ts:2:1',
    ].join('\n');
    expect(tracebackOf({ stack })).toBe(`Error: bad
Cell [1], line 2:
    1 | function f() {
--> 2 |   throw new Error("bad")
      |         ^
    3 | }
    at f (Cell [1]:2:9)
    at Cell [2]:1:1
    at Cell [2]:1:1`);
  });

  test('leaves out the frames of Node and of the kernel, and keeps those of modules', () => {
    const own = new URL('../../../src/kernel/runtime/session.ts', import.meta.url).href;
    const stack = `Error\n    at g (file:///lib/g.ts:1:2)\n    at h (node:fs:1:1)\n    at node:x:1:1\n    at run (${own}:1:1)`;
    expect(tracebackOf({ stack })).toBe('Error: bad\n    at g (/lib/g.ts:1:2)');
  });

  test('shows the import whose module failed', () => {
    expect(tracebackOf({ importOffset: 0 })).toContain('Cell [2], line 1:\n--> 1 | f()');
  });

  test('shows where V8 could not read a script', () => {
    const stack = '/my notebook (1)/cell-2.ts:2\nf(/(/)\n  ^\n\nSyntaxError: Invalid regular expression';
    expect(tracebackOf({ stack })).toContain('Cell [2], line 1:\n--> 1 | f()\n      |   ^');
  });

  test('adds the causes', () => {
    const cause = { name: 'RangeError', message: 'deep', stack: '' };
    expect(tracebackOf({ cause })).toBe('Error: bad\ncaused by:\nRangeError: deep');
  });
});

describe('syntaxErrorContent', () => {
  test('shows the place', () => {
    const { ename, evalue, traceback } = syntaxErrorContent(
      'no',
      { line: 1, column: 2 },
      cells['/my notebook (1)/cell-2.ts']!,
    );
    expect([ename, evalue]).toEqual(['SyntaxError', 'no']);
    expect(stripVTControlCharacters(traceback.join('\n'))).toBe(
      'SyntaxError: no\nCell [2], line 1:\n--> 1 | f()\n      |  ^',
    );
  });
});
