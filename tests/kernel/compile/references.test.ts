import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import type { Node } from '../../../src/kernel/compile/node.ts';
import { analyseScope } from '../../../src/kernel/compile/references.ts';

function scopeOf(source: string): ReturnType<typeof analyseScope> {
  const { program, errors } = parseSync('cell.ts', source, { sourceType: 'module' });
  expect(errors).toEqual([]);
  return analyseScope(program as unknown as Node);
}

/** The uses that reach the notebook, as `kind name`. */
function usesIn(source: string): string[] {
  return scopeOf(source).references.map(({ kind, name }) => `${kind} ${name}`);
}

describe('analyseScope', () => {
  test.each([
    ['a read', 'x + 1', ['read x']],
    ['a call', 'x(y)', ['call x', 'read y']],
    ['a method call', 'x.y(z)', ['read x', 'read z']],
    ['a computed member', 'x[y]', ['read x', 'read y']],
    ['an assignment', 'x = y', ['write x', 'read y']],
    ['an update', 'x++', ['write x']],
    [
      'a destructuring assignment',
      '({ a: x, b: [y = z], ...w } = v)',
      ['write x', 'write y', 'read z', 'write w', 'read v'],
    ],
    ['a loop over an existing name', 'for (x of y) z', ['write x', 'read y', 'read z']],
    ['a declaration', 'const { a: x, [k]: y } = z', ['declare x', 'read k', 'declare y', 'read z']],
    ['a shorthand property', '({ x })', ['read x']],
    ['a property and a method of that name', '({ x: 1, x() {} }).x', []],
    ['a class heritage and computed key', 'class A extends B { [c] = d }', ['read B', 'read c', 'read d']],
    ['a template', '`${x}`', ['read x']],
    ['an assertion', '(x as T)!', ['read x']],
    ['an exported declaration', 'export const x = y', ['declare x', 'read y']],
    ['a label', 'x: for (;;) break x', []],
    ['import.meta', 'import.meta.url', []],
    ['a `var` in a block', '{ var x = 1 }', ['declare x']],
  ])('finds %s', (_what, source, uses) => {
    expect(usesIn(source)).toEqual(uses);
  });

  test.each([
    ['parameters', '((x, { y }, [z], ...w) => x + y + z + w)'],
    ['a default that uses a parameter before it', '((x, y = x) => y)'],
    ["a function's own name", '(function x() { return x })'],
    ["a class's own name", '(class X { static y = X })'],
    ['`arguments`', '(function () { return arguments })'],
    ['`let` of a block', '{ let x = 1; x }'],
    ['a function declared in a block', '{ x(); function x() {} }'],
    ['a class declared in a block', '{ class X {} new X() }'],
    ['the head of a loop', 'for (let x = 0; x < 1; x++) x'],
    ['the target of a for-of', 'for (const x of []) x'],
    ['`switch` cases', 'switch (1) { case 1: let x = 1; x }'],
    ['the caught error', 'try {} catch (x) { x }'],
    ['`var` anywhere in a function', '(() => { x = 1; if (x) { for (;;) { var x } } })'],
    ['`var` in a static block', '(class { static { var x = 1; x } })'],
    ['top-level `using`', 'using x = null; x'],
    ['a method’s parameter', '({ m(x) { return x } })'],
  ])('leaves out what an inner scope declares: %s', (_what, source) => {
    expect(usesIn(source).filter((use) => !use.startsWith('declare'))).toEqual([]);
  });

  test('knows where a typed parameter’s name ends', () => {
    const [reference] = scopeOf('let name: string').references;
    expect(reference).toMatchObject({ start: 4, end: 8 });
  });

  test('marks shorthand properties, in values and in patterns', () => {
    const shorthand = scopeOf('({ a, b: c }); ({ d, e: f } = g)').references.filter(({ isShorthand }) => isShorthand);
    expect(shorthand.map(({ name }) => name)).toEqual(['a', 'd']);
  });

  test.each([
    ['await x', true],
    ['for await (const x of y) {}', true],
    ['await using x = null', true],
    ['if (a) { b(await c) }', true],
    ['async () => await x', false],
    ['async function f() { for await (const x of y) {} }', false],
    ['class A { async m() { await x } }', false],
  ])('tells whether %j awaits at the top level: %j', (source, hasTopLevelAwait) => {
    expect(scopeOf(source).hasTopLevelAwait).toBe(hasTopLevelAwait);
  });
});
