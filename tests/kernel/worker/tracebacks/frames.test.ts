import { describe, expect, test } from 'vitest';
import { readStack } from '../../../../src/kernel/worker/tracebacks/frames.ts';

const frame = (line: string) => readStack(`Error: bad\n    ${line}`, 'bad');

describe('readStack', () => {
  test.each([
    ['at /a/b.ts:3:9', '', '/a/b.ts'],
    ['at f (/my notes (1)/b.ts:3:9)', 'f', '/my notes (1)/b.ts'],
    ['at /my notes (1)/b.ts:3:9', '', '/my notes (1)/b.ts'],
    ['at new Pair (file:///a/b.ts:3:9)', 'new Pair', 'file:///a/b.ts'],
    ['at Object.f [as g] (C:\\a\\b.ts:3:9)', 'Object.f [as g]', 'C:\\a\\b.ts'],
    ['at async f (/a/b.ts:3:9)', 'async f', '/a/b.ts'],
    ['at async /a/b.ts:3:9', 'async', '/a/b.ts'],
  ])('reads %s', (line, name, file) => {
    expect(frame(line)).toEqual([{ name, place: { file, line: 3, column: 9 } }]);
  });

  test.each(['at Array.map (<anonymous>)', 'at async Promise.all (index 0)'])(
    'keeps %s, which has no place',
    (line) => {
      expect(frame(line)).toEqual([{ name: line.slice('at '.length) }]);
    },
  );

  test.each([
    'at eval (eval at f (/a (1)/b.ts:3:9), <anonymous>:7:8)',
    'at eval (eval at eval (eval at f (/a (1)/b.ts:3:9), <anonymous>:1:1), <anonymous>:7:8)',
  ])('reads where a text was evaluated: %s', (line) => {
    const place = { file: '/a (1)/b.ts', line: 3, column: 9 };
    expect(frame(line)).toEqual([{ name: 'eval', place, evaluated: '7:8' }]);
  });

  test('leaves out the kernel’s own frames, Node’s, and built-in functions that those call', () => {
    const own = new URL('../../../../src/kernel/runtime/session.ts', import.meta.url).href;
    const lines = [`at run (${own}:1:1)`, 'at parse (<anonymous>)', 'at h (node:fs:1:1)', 'at async node:x:1:1'];
    expect(readStack(`Error: bad\n    ${lines.join('\n    ')}`, 'bad')).toEqual([]);
  });

  test('does not take the lines of a message for frames', () => {
    const message = 'two lines:\n    at f (/a/b.ts:1:1)';
    expect(readStack(`Error: ${message}\n    at g (/a/b.ts:2:2)`, message)).toMatchObject([{ name: 'g' }]);
  });

  test('reads a stack whose message was changed later', () => {
    expect(readStack('Error: old\n    at g (/a/b.ts:2:2)', 'new and longer than what stands there')).toHaveLength(1);
  });

  test('begins with what could not be read', () => {
    const stack = 'file:///a/b.mjs:2\nconst b = = 2;\n          ^\n\nSyntaxError: no\n    at node:x:1:1';
    expect(readStack(stack, 'no')).toEqual([{ name: '', place: { file: 'file:///a/b.mjs', line: 2, column: 11 } }]);
  });

  test('does not repeat what stands above the frames', () => {
    const stack = '/a/b.ts:2\n  throw 1\n  ^\n\nError: no\n    at f (/a/b.ts:2:3)';
    expect(readStack(stack, 'no')).toMatchObject([{ name: 'f' }]);
  });

  test.each(['', 'something else', '[object Object]'])('finds nothing in a stack that is none: %j', (stack) => {
    expect(readStack(stack, 'bad')).toEqual([]);
  });
});
