import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileCell } from '../../../../src/kernel/compile/compile-cell.ts';
import { KnownNames } from '../../../../src/kernel/compile/known-names.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { aTestNotebook } from '../../../support/test-notebook.ts';

describe('decorators', () => {
  const log = `const log: string[] = []
const dec = (value: unknown, { kind, name, static: s }: DecoratorContext) => void log.push([kind, String(name), s ? 'static' : ''].join(' ').trim())`;

  test.each([
    ['a class', '@dec class A {}', "[ 'class A' ]"],
    ['a method', 'class A { @dec m() {} }', "[ 'method m' ]"],
    ['a getter', 'class A { @dec get g() { return 1 } }', "[ 'getter g' ]"],
    ['a field', 'class A { @dec f = 1 }', "[ 'field f' ]"],
    ['an accessor', 'class A { @dec accessor a = 1 }', "[ 'accessor a' ]"],
    ['a static field', 'class A { @dec static f = 1 }', "[ 'field f static' ]"],
    ['a private method', 'class A { @dec #p() {} }', "[ 'method #p' ]"],
    ['a class before `export`', '@dec export class A {}', "[ 'class A' ]"],
    ['a class behind `export`', 'export @dec class A {}', "[ 'class A' ]"],
    ['a default export', '@dec export default class A {}', "[ 'class A' ]"],
    ['a nameless default export', '@dec export default class {}', "[ 'class' ]"],
    ['an expression', 'const A = @dec class B {}', "[ 'class B' ]"],
    ['with an awaited decorator', '@(await Promise.resolve(dec)) class A {}', "[ 'class A' ]"],
  ])('of %s work', async (_what, source, shown) => {
    expect(await aTestNotebook().show(log, source, 'log')).toBe(shown);
  });

  test.each([
    ['replace a field', 'const twice = () => (x: number) => 2 * x\nclass A { @twice a = 4 }\nnew A().a', '8'],
    [
      'bind a method',
      'const bound = (_: unknown, c: any) => { c.addInitializer(function () { this[c.name] = this[c.name].bind(this) }) }\nclass A { a = 5; @bound m() { return this.a } }\nconst { m } = new A(); m()',
      '5',
    ],
    [
      'replace a class that names itself',
      'const sub = (A: any) => class extends A { b = 6 }\n@sub class A { static make() { return new A() } }\nA.make().b',
      '6',
    ],
    [
      'replace a class with a name of Node',
      'const sub = (A: any) => class extends A { b = 7 }\n@sub class URL {}\nnew URL().b',
      '7',
    ],
  ])('can %s', async (_what, source, shown) => {
    expect(await aTestNotebook().show(source)).toBe(shown);
  });

  test('make `accessor` fields', async () => {
    const source =
      'class A { accessor a = 1; static accessor b = 2 }\nconst a = new A(); a.a++; [a.a, A.b, Object.keys(a)]';
    expect(await aTestNotebook().show(source)).toBe('[ 2, 2, [] ]');
  });

  test('leave no names behind', async () => {
    expect(
      await aTestNotebook().show(log, '@dec class A { @dec a = 1 }', 'typeof __decoratorStart + typeof _init'),
    ).toBe("'undefinedundefined'");
  });

  test('go on working in later cells', async () => {
    expect(await aTestNotebook().show('class A { accessor a = 1 }', 'const a = new A(); a.a += 2; a.a')).toBe('3');
  });
});

describe('JSX', () => {
  const react =
    "const React = { createElement: (type, props, ...children) => [type, props, ...children], Fragment: '<>' }";

  test.each([
    ['an element', '<b/>', "[ 'b', null ]"],
    [
      'text and expressions',
      '<b>one {1 + 1}&nbsp;</b>',
      "[ 'b', null, 'one ', 2, '\\u00a0' ]".replace('\\u00a0', '\u00a0'),
    ],
    ['attributes', '<b a="1" c={2} {...{ d: 3 }} e-f />', "[ 'b', { a: '1', c: 2, d: 3, 'e-f': true } ]"],
    ['a fragment', '<>{1}</>', "[ '<>', null, 1 ]"],
    ['components', 'const A = 1, o = { B: 2 }; [(<A/>)[0], (<o.B/>)[0]]', '[ 1, 2 ]'],
    ['a component with the name of one of Node', 'const URL = 3; <URL/>', '[ 3, null ]'],
    [
      'types',
      'const a: string = "x"; function f<T>(b: T) { return <i a={b as any}>{a!}</i> }\nf(1)',
      "[ 'i', { a: 1 }, 'x' ]",
    ],
    ['`await`', '<b>{await Promise.resolve(4)}</b>', "[ 'b', null, 4 ]"],
    ['an object literal around', '{ a: <b/>, c: 5 }', "{ a: [ 'b', null ], c: 5 }"],
  ])('works with %s', async (_what, source, shown) => {
    expect(await aTestNotebook().show(react, source)).toBe(shown);
  });

  test.each([
    ['assertions', '<any>1', '1'],
    ['generic arrow functions', '(<T>(x: T) => x)(2)', '2'],
    ['comparisons', 'const a = 1, b = 2; a < b', 'true'],
  ])('leaves %s alone', async (_what, source, shown) => {
    expect(await aTestNotebook().show(source)).toBe(shown);
  });

  test('calls what a comment says, in later cells too', async () => {
    const cells = ['/** @jsx h @jsxFrag F */\nconst h = (type: unknown) => type, F = 7', '<b/>', '<></>'];
    expect([await aTestNotebook().show(...cells.slice(0, 2)), await aTestNotebook().show(...cells)]).toEqual([
      "'b'",
      '7',
    ]);
  });

  test('finds a function that a later cell declares', async () => {
    expect(
      await aTestNotebook().show('/** @jsx h */ const f = () => <b/>', 'const h = (type: string) => type', 'f()'),
    ).toBe("'b'");
  });

  test('finds a parameter that is called as the comment says', async () => {
    expect(await aTestNotebook().show('/** @jsx h */ const f = (h: Function) => <b/>\nf((type: string) => type)')).toBe(
      "'b'",
    );
  });

  test('says what to do when there is nothing to call', async () => {
    expect(await aTestNotebook().show('<b/>')).toBe(
      'ReferenceError: React is not defined, and JSX becomes calls of it. Import it, or name what to call: ' +
        '/** @jsx h */ for a function, /** @jsxImportSource preact */ for a package.',
    );
  });

  test('imports the runtime of a package', async () => {
    const folder = temporaryFolder();
    const runtime = join(folder, 'node_modules/tiny');
    mkdirSync(runtime, { recursive: true });
    writeFileSync(
      join(runtime, 'package.json'),
      '{ "type": "module", "exports": { "./jsx-runtime": "./runtime.js" } }',
    );
    writeFileSync(join(runtime, 'runtime.js'), 'export const jsx = (...a) => a, jsxs = jsx, Fragment = 8');
    const cells = ['/** @jsxImportSource tiny */ const jsx = 1', '<b a="1">{jsx}</b>'];
    expect(await aTestNotebook(folder).show(...cells)).toBe("[ 'b', { a: '1', children: 1 } ]");
  });
});

describe('a lowered cell', () => {
  const notebook = new KnownNames(import.meta.dirname);

  function placeOf(source: string): string {
    const { code, position } = compileCell(source, notebook);
    const before = code.slice(0, code.indexOf('MARK')).split('\n');
    const { line, column } = position({ line: before.length - 1, column: before.at(-1)!.length + 1 });
    return `${line}:${column}`;
  }

  test.each([
    ['in JSX', '\nconst a = <b>\n  {MARK()}\n</b>', '3:4'],
    ['behind JSX', 'const a: Map<A, B> = <b/> ; MARK', '1:29'],
    ['in a decorated class', '@dec class A {\n  @dec m(): void {\n    MARK()\n  }\n}', '3:5'],
    ['behind one', 'type A = 1\n@dec class B { accessor a = 1 }\n  MARK', '3:3'],
    ['with the import of a runtime', '/** @jsxImportSource a */\n<b>{MARK}</b>', '2:5'],
  ])('knows the places %s', (_where, source, place) => {
    expect(placeOf(source)).toBe(place);
  });

  test('reports a runtime that is not there where the first JSX is', () => {
    const { code, importPosition } = compileCell('/** @jsxImportSource a */\n  <b/>', notebook);
    expect(importPosition(Number(/"a\/jsx-runtime",(\d+)\)/.exec(code)![1]))).toEqual({ line: 2, column: 3 });
  });
});
