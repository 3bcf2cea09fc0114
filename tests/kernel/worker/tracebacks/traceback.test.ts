import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../../src/kernel/thread-messages.ts';
import {
  errorContent,
  type RunSource,
  syntaxErrorContent,
} from '../../../../src/kernel/worker/tracebacks/traceback.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

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
Cell [2], line 1:
--> 1 | f()
      | ^
    at f (Cell [1]:2:9)
    at Cell [2]:1:1
    at async Cell [2]:1:1`);
  });

  test('shows the line of a module’s file, relative to the current folder', () => {
    const path = join(temporaryFolder(), 'g.ts');
    writeFileSync(path, 'export const one = 1;\nthrow new Error("bad");');
    const stack = `Error: bad\n    at ${pathToFileURL(path).href}?again=2:2:7\n    at /my notebook (1)/cell-2.ts:2:1`;
    expect(tracebackOf({ stack })).toContain(`${path}, line 2:\n    1 | export const one = 1;\n--> 2 | throw new`);
    const own = `Error\n    at g (${import.meta.filename}:1:2)`;
    expect(tracebackOf({ stack: own })).toContain('    at g (tests/kernel/worker/tracebacks/traceback.test.ts:1:2)');
  });

  test('shows no lines of packages, but of who called them', () => {
    const stack = 'Error: bad\n    at g (/a/node_modules/b/g.js:1:2)\n    at /my notebook (1)/cell-2.ts:2:1';
    expect(tracebackOf({ stack })).toMatch(/^Error: bad\nCell \[2\], line 1:\n.*\n.*\n {4}at g \(\/a\/node_modules/);
  });

  test('shortens a stack that is long', () => {
    const stack = `Error: bad\n${'    at f (/my notebook (1)/cell-1.ts:3:9)\n'.repeat(30)}`;
    const frames = tracebackOf({ stack }).match(/^ {4}at f|^ {4}… 15 frames left out …$/gm);
    expect(frames).toHaveLength(16);
    expect(frames![12]).toContain('15 frames left out');
  });

  test('tells where a text was evaluated', () => {
    const stack = 'Error: bad\n    at eval (eval at f (/my notebook (1)/cell-2.ts:3:3), <anonymous>:7:8)';
    expect(tracebackOf({ stack })).toMatch(
      /Cell \[2\], line 1:\n[^]*at eval \(eval at Cell \[2\]:1:3, <anonymous>:7:8\)$/,
    );
  });

  test('shows the import whose module failed', () => {
    expect(tracebackOf({ importOffset: 0 })).toContain('Cell [2], line 1:\n--> 1 | f()');
  });

  test('shows where V8 could not read a script', () => {
    const stack = '/my notebook (1)/cell-2.ts:2\nf(/(/)\n  ^\n\nSyntaxError: Invalid regular expression';
    expect(tracebackOf({ stack })).toContain('Cell [2], line 1:\n--> 1 | f()\n      |   ^');
  });

  test('names what was called where V8 cannot', () => {
    const message = '$cell.bare(...) is not a function';
    const stack = `TypeError: ${message}\n    at /my notebook (1)/cell-2.ts:2:2`;
    expect(tracebackOf({ message, stack })).toMatch(/^Error: f is not a function\n/);
    expect(tracebackOf({ message })).toBe('Error: (intermediate value) is not a function');
  });

  test('adds what the error carries, and what to do', () => {
    expect(tracebackOf({ properties: "{ code: 'ENOENT' }", hint: 'Look again.' })).toBe(
      "Error: bad\n{ code: 'ENOENT' }\nLook again.",
    );
  });

  test('adds the causes, and the errors of an aggregate', () => {
    const part = { name: 'RangeError', message: 'deep', stack: '' };
    expect(tracebackOf({ cause: part })).toBe('Error: bad\ncaused by:\nRangeError: deep');
    expect(tracebackOf({ errors: [part], errorCount: 7 })).toBe('Error: bad\nerror 1 of 7:\nRangeError: deep');
  });

  test.each([
    ['(0 , $cell.own.crypto) is not a function', 'crypto is not a function'],
    ['$cell.own.crypto.x is not a function', 'crypto.x is not a function'],
    ['$cell.check(...).x is not a function', '(intermediate value).x is not a function'],
    ['f$cell is not a constructor', 'f is not a constructor'],
    ["imported from '/my notebook (1)/cell-2.ts'", "imported from 'Cell [2]'"],
    ['imported from file:///my%20notebook%20(1)/cell-1.ts', 'imported from Cell [1]'],
  ])('names things in messages as the cell does: %s', (message, expected) => {
    expect(tracebackOf({ message })).toBe(`Error: ${expected}`);
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
