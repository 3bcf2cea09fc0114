import { describe, expect, test } from 'vitest';
import { aTestNotebook } from '../../support/test-notebook.ts';

describe('an enum', () => {
  test.each([
    ['counts on', 'enum A { B, C = 5, D }\nA', "{ '0': 'B', '5': 'C', '6': 'D', B: 0, C: 5, D: 6 }"],
    ['computes', 'enum A { B = "four".length, C = B << 1 }\n[A.B, A.C, A[8]]', "[ 4, 8, 'C' ]"],
    ['has no way back from text', 'enum A { B = "b", C = B }\nA', "{ B: 'b', C: 'b' }"],
    ['has members of any name', 'enum A { "b-c", ["d"] = 2 }\n[A["b-c"], A.d]', '[ 0, 2 ]'],
    ['goes on in the same cell', 'enum A { B = 1 }\nenum A { C = B + 1 }\nA.C', '2'],
    ['has names of its own', 'const B = 7\nenum A { B = 1, C = B }\nA.C', '1'],
    ['sees the names around it', 'const crypto = 7\nenum A { B = crypto }\nA.B', '7'],
    ['names itself', 'enum A { B = 3, C = A.B }\nA.C', '3'],
    ['has types and comments in it', 'enum A { /* one, */ B = 1, // two,\n C = B as number + 1, }\nA.C', '2'],
    ['stands in a function', 'function f() { enum A { B, C } return A.C }\nf()', '1'],
    ['stands in a `switch`', 'let c = 0; switch (1) { case 1: enum A { B = 4 } c = A.B }\nc', '4'],
    ['stands behind a line without a semicolon', 'const a = [2]\nenum A { B }\na.length', '1'],
  ])('%s', async (_what, source, shown) => {
    expect(await aTestNotebook().show(source)).toBe(shown);
  });

  test('of one cell, also a constant one, is used in later cells', async () => {
    expect(await aTestNotebook().show('const enum Fixed { A = 7, B }', 'enum C { D = Fixed.B }\nC.D')).toBe('8');
  });

  test('declared again in a later cell begins anew', async () => {
    expect(await aTestNotebook().show('enum A { B }', 'enum A { C }\nA')).toBe("{ '0': 'C', C: 0 }");
  });
});

describe('a namespace', () => {
  test.each([
    ['keeps what it does not export', 'namespace A { const b = 1; export const c = b + 1 }\nA', '{ c: 2 }'],
    [
      'has live variables',
      'namespace A { export let b = 1; export function inc() { return ++b } }\n[A.inc(), A.b]',
      '[ 2, 2 ]',
    ],
    [
      'exports patterns',
      'namespace A { export const { b, c: [d] } = { b: 1, c: [2] }; export const e = { d } }\n[A.b, A.d, A.e]',
      '[ 1, 2, { d: 2 } ]',
    ],
    [
      'exports everything',
      'namespace A { export class B { static b = 1 } export enum C { D = 2 } export namespace E { export const f = B.b + C.D } }\nA.E.f',
      '3',
    ],
    [
      'has functions before they are declared',
      'namespace A { export const b = c(); function c() { return 4 } }\nA.b',
      '4',
    ],
    ['has a path', 'namespace A.B.C { export const d = 5; export const e = () => d }\nA.B.C.e()', '5'],
    ['goes on', 'namespace A { export const b = 1 }\nnamespace A { export const c = b + 1 }\nA', '{ b: 1, c: 2 }'],
    ['goes on with its path', 'namespace A.B { export const c = 1 }\nnamespace A.B { export const d = c }\nA.B.d', '1'],
    [
      'has aliases',
      'namespace A { export import B = Math.max; import C = Math; export const d = C.min(1, B(2)) }\nA.d',
      '1',
    ],
    [
      'has a parameter of its own name',
      'namespace A { export const b = 1; export const c = (A: number) => A + b }\nA.c(1)',
      '2',
    ],
    ['sees itself', 'namespace A { export const b = 1; export const c = A.b }\nA.c', '1'],
    [
      'sees names that Node uses, too',
      'const URL = 5\nnamespace A { export const crypto = URL; export const b = crypto }\nA.b',
      '5',
    ],
    ['merges with a function', 'function a() { return a.b }\nnamespace a { export let b = 6 }\na()', '6'],
    ['merges with a class', 'class A { static b = 1 }\nnamespace A { export const c = A.b + 1 }\nA.c', '2'],
    ['merges with an enum', 'enum A { B }\nnamespace A { export const of = (b: A) => A[b] }\nA.of(0)', "'B'"],
    [
      'of types only does not exist',
      'namespace A { export type B = 1; export namespace C { interface D {} } }\ntypeof A',
      "'undefined'",
    ],
    ['of types only leaves a constant alone', 'const A = 1\nnamespace A { export type B = 1 }\nA', '1'],
    ['is exported', 'export namespace A { export const b = 1 }\nA.b', '1'],
  ])('%s', async (_what, source, shown) => {
    expect(await aTestNotebook().show(source)).toBe(shown);
  });

  test('of one cell is used and declared anew in later cells', async () => {
    const cells = [
      'namespace A { export const b = 1 }',
      'const before = A.b',
      'namespace A { export const c = before }',
      'A',
    ];
    expect(await aTestNotebook().show(...cells)).toBe('{ c: 1 }');
  });
});
