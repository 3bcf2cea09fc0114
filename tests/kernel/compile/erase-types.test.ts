import { Script } from 'node:vm';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { Edits } from '../../../src/kernel/compile/edits.ts';
import { eraseTypes } from '../../../src/kernel/compile/erase-types.ts';
import type { Node } from '../../../src/kernel/compile/node.ts';

function erase(source: string): { text: string; typeNames: ReadonlySet<string> } {
  const { program, errors } = parseSync('cell.ts', source, { sourceType: 'module' });
  expect(errors).toEqual([]);
  const edits = new Edits(source);
  const typeNames = eraseTypes(program as unknown as Node, edits);
  return { text: edits.apply().text, typeNames };
}

/** The value of the last expression of the program that is left. */
function valueOf(source: string): unknown {
  return new Script(erase(source).text).runInNewContext({}) as unknown;
}

describe('eraseTypes', () => {
  test.each([
    ['annotations', 'let a: number = 1, b: string | undefined = "x"; a + b', '1x'],
    ['optional parameters', 'function f(a?: number, ...rest: string[]): void {} f.length', 1],
    ['a definite assignment', 'let a!: number; a = 2; a', 2],
    ['type parameters of functions', 'function f<T extends object = {}>(a: T): T { return a } f(3)', 3],
    ['type parameters of arrows', 'const f = async <T,>(a: T): Promise<T> => a; typeof f', 'function'],
    ['type arguments of calls', '[1].map<string>(String)[0]', '1'],
    ['type arguments of `new`', 'new Map<string, Array<number>>().size', 0],
    ['an instantiation expression', 'const f = String<any>; f(1)', '1'],
    ['`as` and `as const`', '(1 as unknown as number) + (2 as const)', 3],
    ['`satisfies`', 'const a = { b: 1 } satisfies object; a.b', 1],
    ['non-null marks', 'const a = { b: { c: 4 } }; a!.b!.c!', 4],
    ['angle-bracket assertions', '<number>(<unknown>5)', 5],
    ['interfaces and aliases', 'interface I { a: 1 }\ntype T = I\n7', 7],
    ['overloads', 'function f(a: 1): 1\nfunction f(a: any) { return a }\nf(8)', 8],
    ['`declare`', 'declare const a: 1\ndeclare function b(): void\ndeclare class C {}\ndeclare enum D {}\n9', 9],
    ['ambient modules', 'declare module "m" { export const a: 1 }\ndeclare global { var b: 2 }\n10', 10],
    ['a `this` parameter', 'function f(this: Date, a: number) { return a } f(11)', 11],
    ['a lone `this` parameter', 'function f(this: Date) {} f.length', 0],
    ['member modifiers', 'class A { private static readonly a: number = 12; static get() { return A.a } } A.get()', 12],
    [
      'abstract members',
      'abstract class A { abstract a: 1; abstract b(): void; c = 13 } class B extends A {} new B().c',
      13,
    ],
    ['`declare` fields', 'class A { declare a: 1; b = 14 } "a" in new A()', false],
    ['optional and definite members', 'class A { a?: 1; b!: 2; c?() { return 15 } } new A().c()', 15],
    ['index signatures', 'class A { [key: string]: any; a = 16 } new A().a', 16],
    ['`implements`', 'class A<T> extends Array<T> implements Iterable<T>, Object {} new A().length', 0],
    ['`override` and decorators-free accessors', 'class A { override get a(): number { return 17 } } new A().a', 17],
    ['a name that is a modifier', 'class A { readonly = 18; static static = 19 } new A().readonly + A.static', 37],
    [
      'parameter properties',
      'class A { constructor(private a: number, readonly b = 2) {} sum() { return this.a + this.b } } new A(1).sum()',
      3,
    ],
    [
      'parameter properties behind `super`',
      'class A {} class B extends A { constructor(public a: number) { super() } } new B(20).a',
      20,
    ],
    ['catch annotations', 'try { throw 21 } catch (error: unknown) { error }', 21],
    ['loop heads', 'let sum = 0; for (const a of [1, 2] as number[]) sum += a; sum', 3],
    ['object methods', '({ a<T>(b: T): T { return b } }).a(22)', 22],
    ['assertion functions', 'function f(a: unknown): asserts a is number {} f(1)', undefined],
    ['a return type over several lines', 'const f = (a: number): {\n  b: number\n} => ({ b: a })\nf(23).b', 23],
    ['arrow parameters over several lines', 'const f = (\n  a: number,\n  b?: number,\n): number => a\nf(24)', 24],
  ])('erases %s', (_what, source, value) => {
    expect(valueOf(source)).toBe(value);
  });

  test.each([
    ['a parenthesis', 'const a = 1 as number\n(2)', 2],
    ['a bracket', 'const a = 1 as number // one\n/* two */ [2].length', 1],
    ['a template literal', 'const a = 1 as const\n`x`', 'x'],
    ['a parenthesis behind an alias', 'type A = number\n(3)', 3],
    ['a bracket behind an interface', 'interface A {}\n[4].length', 1],
  ])('keeps lines apart that a type kept apart: %s', (_what, source, value) => {
    expect(valueOf(source)).toBe(value);
  });

  test('leaves an expression whole that goes on behind an assertion', () => {
    expect(valueOf('1 as number\n+ 2')).toBe(3);
  });

  test('keeps every character that stays at its line and column', () => {
    const source = 'interface A {\n  a: 1\n}\nconst b: A =   { a: 1 } as A; function c<T>(d: T): T { return d! }';
    const { text } = erase(source);
    expect(text.length).toBe(source.length);
    expect(
      [...text].every((character, index) => character === source[index] || character === ' ' || character === ';'),
    ).toBe(true);
  });

  test.each([
    ['\n', 'between `async` and its parameters', 'async <T,BREAK>(a: T) => 1'],
    ['\u2028', 'before an arrow', '(a: A): Promise<BREAKA> => 1'],
    ['\r\n', 'before an arrow', '(): {BREAK} => 1'],
  ])('leaves no %j %s', (lineBreak, _where, source) => {
    expect(typeof valueOf(source.replace('BREAK', lineBreak))).toBe('function');
  });

  test('returns the names that types use, but not those of values', () => {
    const { typeNames } = erase('let a: Map<B, typeof c>; let d = e as F; class G implements H {}');
    expect([...typeNames].toSorted()).toEqual(['B', 'F', 'H', 'Map']);
  });
});
