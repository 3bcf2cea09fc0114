import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { surveyProgram } from '../../../src/kernel/compile/early-errors.ts';
import type { Node } from '../../../src/kernel/compile/node.ts';

function surveyOf(source: string): ReturnType<typeof surveyProgram> {
  const { program } = parseSync('cell.tsx', source, { sourceType: 'module' });
  return surveyProgram(program as unknown as Node);
}

describe('surveyProgram', () => {
  test.each([
    ['export = 1', 0, '`export =` is not supported: a cell is an ES module'],
    ['1; import defer * as a from "a"', 3, '`import defer` is not supported: Node does not have it yet'],
    ['import source a from "a"', 0, '`import source` is not supported: Node does not have it yet'],
    ['(import.defer("a"))', 1, '`import defer` is not supported: Node does not have it yet'],
    ['class A { constructor(@dec a) {} }', 22, 'decorators of parameters are not supported'],
    ['f(/(/)', 2, 'Invalid regular expression: /(/: Unterminated group'],
    ['/(?<a>.)(?<a>.)/', 0, 'Duplicate capture group name'],
    ['function a() {} export function a() {}', 32, 'Identifier `a` has already been declared'],
    ['if (b) { function a() {} function a() {} }', 34, 'Identifier `a` has already been declared'],
    ['switch (1) { case 1: function a() {} default: function a() {} }', 55, 'Identifier `a` has already'],
    ['switch (1) { case 1: export const a = 1 }', 21, '`import` and `export` are allowed at the top level only'],
    ['{ import a = require("a") }', 2, '`import` and `export` are allowed at the top level only'],
    ['namespace A { const a = 1; export { a } }', 27, 'a namespace exports its declarations only'],
  ])('refuses %j at %i', (source, start, message) => {
    expect(surveyOf(source).error).toEqual({ start, message: expect.stringContaining(message) });
  });

  test.each([
    'function f() { function a() {} function a() {} }',
    'function a(b: 1): 1; function a(b: any) { return b }',
    'declare module "a" { export = 1 }',
    'import("a"); import a = require("a"); export import b = a.b',
  ])('lets %j through', (source) => {
    expect(surveyOf(source).error).toBeUndefined();
  });

  test.each([
    ['class A { @dec a = 1 }', true],
    ['class A { accessor a = 1 }', true],
    ['class A { a = 1 }', false],
  ])('tells whether %j has decorators: %j', (source, hasDecorators) => {
    expect(surveyOf(source).hasDecorators).toBe(hasDecorators);
  });

  test.each([
    ['f(<a/>, <b/>)', 2],
    ['<></>', 0],
    ['1', undefined],
  ])('tells where the first JSX of %j begins: %j', (source, jsx) => {
    expect(surveyOf(source).jsx).toBe(jsx);
  });
});
