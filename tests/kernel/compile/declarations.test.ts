import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aTestNotebook } from '../../support/test-notebook.ts';

/** Returns a folder with the file `values.ts`. */
function aFolder(values: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'values.ts'), values);
  return folder;
}

describe('a name', () => {
  const declarations = [
    ['const', 'const redeclared = 1', 'redeclared', '1'],
    ['let', 'let redeclared = 2', 'redeclared', '2'],
    ['var', 'var redeclared = 3', 'redeclared', '3'],
    ['function', 'function redeclared() { return 4 }', 'redeclared()', '4'],
    ['class', 'class redeclared { static value = 5 }', 'redeclared.value', '5'],
    ['enum', 'enum redeclared { value = 6 }', 'redeclared.value', '6'],
    ['constant enum', 'const enum redeclared { value = 7 }', 'redeclared.value', '7'],
    ['namespace', 'namespace redeclared { export const value = 8 }', 'redeclared.value', '8'],
    ['import', 'import { sep as redeclared } from "node:path/posix"', 'redeclared', "'/'"],
    ['alias', 'import redeclared = Math.PI', 'redeclared', '3.141592653589793'],
  ] as const;
  const pairs = declarations.flatMap((first) => declarations.map((second) => [first, second] as const));

  test.each(pairs)('declared as %j can be declared again as %j', async ([, first], [, second, use, shown]) => {
    expect(await aTestNotebook().show(first, second, use)).toBe(shown);
  });

  test.each(['interface redeclared {}', 'type redeclared = 1', 'declare const redeclared: 1'])(
    'keeps its value when there is %j of that name later',
    async (type) => {
      expect(await aTestNotebook().show('const redeclared = 1', type, 'redeclared')).toBe('1');
    },
  );

  test.each([
    ['a variable', ['let later = 1; const getLater = () => later', 'let later = 2; getLater()'], '2'],
    [
      'a function',
      ['const callLate = () => late()\nfunction late() { return 1 }', 'function late() { return 2 }\ncallLate()'],
      '2',
    ],
    ['a class', ['class Late { n = 1 }\nconst makeLate = () => new Late().n', 'class Late { n = 2 }\nmakeLate()'], '2'],
  ])('declared again is what earlier closures see: %s', async (_what, cells, shown) => {
    expect(await aTestNotebook().show(...cells)).toBe(shown);
  });

  test.each([
    ['let b1; let b2 = 1', 'let b2; b2', undefined],
    ['var b3 = 1', 'var b3; b3', '1'],
  ])('declared by %j and then bare by %j shows %j', async (first, second, shown) => {
    expect(await aTestNotebook().show(first, second)).toBe(shown);
  });

  test.each([
    'let twice = 1; let twice = 2',
    'const twice = 1; function twice() {}',
    'enum twice {}\nclass twice {}',
    'let twice; { var twice }',
    'function twice() {}\nfunction twice() {}',
  ])('declared twice in one cell is a mistake: %j', async (source) => {
    await expect(aTestNotebook().run(source)).rejects.toThrow('Identifier `twice` has already been declared');
  });
});

describe('an assignment to a constant', () => {
  const message = "TypeError: Assignment to constant variable 'fixed'.";

  test.each([
    ['in the same cell', ['const fixed = 1\nfixed = 2']],
    ['in a later cell', ['const fixed = 1', 'fixed = 2']],
    ['by an update', ['const fixed = 1', 'fixed++']],
    ['by destructuring', ['const fixed = 1', '({ a: [fixed] } = { a: [2] })']],
    ['by a loop', ['const fixed = 1', 'for (fixed of [2]) {}']],
    ['by a loop over keys', ['const fixed = 1', 'for (fixed in { a: 2 }) {}']],
    ['by a logical assignment', ['const fixed = 0', 'fixed ||= 2']],
    ['in parentheses', ['const fixed = 1', '(fixed) = 2']],
    ['with an assertion', ['const fixed = 1', '(fixed as any)++']],
    ['in a function', ['const fixed = 1; const change = () => { fixed = 2 }', 'change()']],
    ['to an import', ['import { sep as fixed } from "node:path"', 'fixed = 2']],
  ])('is a TypeError %s', async (_where, cells) => {
    expect(await aTestNotebook().show(...cells)).toBe(message);
  });

  test('leaves its value', async () => {
    expect(await aTestNotebook().show('const fixed = 1', 'fixed = 2', 'fixed')).toBe('1');
  });

  test.each([
    ['a block', '{ let fixed = 2; fixed = 3; globalThis.seen = fixed }'],
    ['a parameter', '((fixed) => { fixed = 3; globalThis.seen = fixed })(2)'],
    ['a loop', 'for (let fixed = 3; fixed < 4; fixed++) globalThis.seen = fixed'],
  ])('does not concern the same name in %s', async (_what, source) => {
    const notebook = aTestNotebook();
    await notebook.run('const fixed = 1');
    await notebook.run(source);
    expect(await notebook.show('const before = globalThis.seen; delete globalThis.seen; before')).toBe('3');
  });
});

describe('declarations', () => {
  test.each([
    [
      'destructuring with defaults and rests',
      'const { a: { b: [c] }, d = 2, ...rest } = { a: { b: [1] }, z: 3 }; [c, d, rest]',
      '[ 1, 2, { z: 3 } ]',
    ],
    [
      'several declarators',
      'let first: number = 1, second = first + 1, third; [first, second, third]',
      '[ 1, 2, undefined ]',
    ],
    ['`var` in a block', 'if (true) { var inBlock = 1 }\ninBlock', '1'],
    ['`var` in a `try`', 'try { throw 1 } catch { var inCatch = 2 }\ninCatch', '2'],
    ['`var` in a loop head', 'for (var head = 0; head < 3; head++);\nhead', '3'],
    ['`var` over keys', 'for (var key in { a: 1, b: 2 });\nkey', "'b'"],
    ['`var` pattern over values', 'for (var [left, { right }] of [[1, { right: 2 }]]);\nleft + right', '3'],
    ['a hoisted function', 'hoisted()\nfunction hoisted() { return hoisted.name }', "'hoisted'"],
    [
      'a recursive function',
      'function factorial(n: number): number { return n < 2 ? 1 : n * factorial(n - 1) }\nfactorial(5)',
      '120',
    ],
    ['a generator', 'function* numbers() { yield 1; yield 2 }\n[...numbers()]', '[ 1, 2 ]'],
    ['an async function', 'async function later() { return 3 }\nawait later()', '3'],
    ['a class that names itself', 'class Self { static make() { return new Self() } }\nSelf.make()', 'Self {}'],
    ['an enum with text', "enum Colour { Red = 'r' }\nColour", "{ Red: 'r' }"],
    ['an enum that is continued', 'enum More { A }\nenum More { B = 5 }\n[More.A, More.B]', '[ 0, 5 ]'],
    ['a constant enum', 'const enum Fixed { A = 7 }\nFixed.A', '7'],
    [
      'a nested namespace',
      'namespace Outer { export const a = 1; export namespace Inner { export const b = a + 1 } }\nOuter.Inner.b',
      '2',
    ],
    [
      'a namespace onto a function',
      'function both() { return 1 }\nnamespace both { export const two = 2 }\nboth() + both.two',
      '3',
    ],
    ['a namespace of types only', 'namespace Types { export type A = 1 }\n3', '3'],
    ['an exported declaration', 'export const exported = 1\nexported', '1'],
    ['an exported list', 'export { listed }; const listed = 2; listed', '2'],
    ['a default function', 'export default function named() { return 3 }\nnamed()', '3'],
    ['a default class', 'export default class Named { static n = 4 }\nNamed.n', '4'],
    ['an exported enum', 'export enum Exported { A = 5 }\nExported.A', '5'],
    ['exported types', "export type A = 1\nexport interface B {}\nexport type { C } from './nowhere.ts'\n6", '6'],
    ['a re-export', "export * from 'node:path'\nexport { sep as s, default } from 'node:path'\n7", '7'],
    ['a re-exported namespace', "export * as path from 'node:path'\n8", '8'],
    ['re-exported types', "export type * from './nowhere.ts'\nexport type * as t from './nowhere.ts'\n9", '9'],
    ['a default object in between', 'export default { a() {} }\n10', '10'],
    ['a nameless default class', 'export default class {}\n(11)', '11'],
    ['a default export behind a line without a semicolon', 'const a = 12\nexport default [a][0]', '12'],
    ['`require` imports', "import path = require('node:path')\npath.posix.sep", "'/'"],
    ['an alias', 'import Max = Math.max\nMax(1, 8)', '8'],
    ['a function next to a block of the same name', '{ function inner() { return 1 } }\ntypeof inner', "'undefined'"],
    ['`using`', 'using resource = { value: 9, [Symbol.dispose]() {} }; resource.value', '9'],
    [
      'names that words of TypeScript are',
      'let type = 1, as = 2, of = 3, async = 4, declare = 5; type + as + of + async + declare',
      '15',
    ],
    [
      'names of Object.prototype',
      'const constructor = 1; function toString() { return 2 }\n[constructor, toString()]',
      '[ 1, 2 ]',
    ],
    ['names beyond ASCII', 'const größe = 1, 变量 = 2; größe + 变量', '3'],
  ])('of %s work', async (_what, source, shown) => {
    expect(await aTestNotebook().show(source)).toBe(shown);
  });

  test.each([
    ['a parenthesis behind a declaration', 'const f = (a) => a\n;(1)', '1'],
    ['a bracket behind a function', 'function f() {}\n[1].length', '1'],
    ['a bracket behind a class', 'class A {}\n[1].length', '1'],
    ['a bracket behind an enum', 'enum A {}\n[1].length', '1'],
    ['a bracket behind an import', "import { sep } from 'node:path'\n[sep].length", '1'],
    ['a bracket behind a type import', "import type { A } from './nowhere.ts'\n[1].length", '1'],
    ['a parenthesis behind a bare declaration', 'let a\n(1)', '1'],
    ['a bracket behind a typed declaration', 'let a: number\n[1].length', '1'],
    ['a line without a semicolon', 'const a = 1\nconst b = 2\na + b', '3'],
    ['an expression that goes on', 'const a = 1\n  + 2\na', '3'],
    ['a call that goes on', 'const a = [3, 1, 2]\n  .toSorted()\n  .at(0)\na', '1'],
    ['a comment behind a declaration', 'const a = 1 // one\nconst b = 2 /* two */\na + b', '3'],
    ['an initializer that ends in a comment', 'const a = 1 // ;\na', '1'],
  ])('end where the source says, with or without semicolons: %s', async (_what, source, shown) => {
    expect(await aTestNotebook().show(source)).toBe(shown);
  });
});

describe('imports', () => {
  const values =
    'export const one = 1; export default 2; export type Three = 3; export const t: Three = 3; console.log';

  test.each([
    ['a name', "import { one } from './values.ts'; one", '1'],
    ['a renamed one', "import { one as uno } from './values.ts'; uno", '1'],
    ['a quoted one', "import { 'one' as eins } from './values.ts'; eins", '1'],
    ['the default', "import two from './values.ts'; two", '2'],
    ['the default by name', "import { default as two } from './values.ts'; two", '2'],
    ['default and names', "import two, { one } from './values.ts'; one + two", '3'],
    ['a namespace', "import * as all from './values.ts'; all.one", '1'],
    ['default and namespace', "import two, * as all from './values.ts'; two + all.one", '3'],
    ['nothing', "import {} from './values.ts'\nimport './values.ts'\n4", '4'],
    ['a type among names', "import { one, type Three } from './values.ts'\nconst three: Three = 3; one + three", '4'],
    [
      'a type that does not say so',
      "import { one, Three } from './values.ts'\nconst three: Three = 3; one + three",
      '4',
    ],
    ['types only', "import type { Three } from './nowhere.ts'\nconst three: Three = 3; three", '3'],
    ['what a package without code has', "import { Three } from 'types-only'\nconst three: Three = 3; three", '3'],
    ['what only `typeof` uses', "import { one } from './values.ts'\nlet a: typeof one; globalThis.eval('one')", '1'],
    ['a JSON file', "import values from './data.json' with { type: 'json' }\nvalues.five", '5'],
    ['dynamically', "const { one } = await import('./values.ts'); one", '1'],
  ])('of %s work', async (_what, source, shown) => {
    const folder = aFolder(values);
    writeFileSync(join(folder, 'data.json'), '{ "five": 5 }');
    expect(await aTestNotebook(folder).show(source)).toBe(shown);
  });

  test('of a name that one cell uses as a type can be used as a value in another', async () => {
    const cells = ["import { Stats } from 'node:fs'\nlet stats: Stats", 'typeof Stats'];
    expect(await aTestNotebook().show(...cells)).toBe("'function'");
  });

  test('come first and in order, as in a module', async () => {
    const folder = aFolder('export const order: number[] = []');
    const second = "import { order } from './values.ts'\norder.push(2)";
    writeFileSync(join(folder, 'second.ts'), second);
    const source = "order.push(3)\nimport { order } from './values.ts'\nexport * from './second.ts'\norder";
    expect(await aTestNotebook(folder).show(source)).toBe('[ 2, 3 ]');
  });

  test('stay behind a magic', async () => {
    const folder = aFolder(values);
    const source = `!echo 'export const late = 4' > ${folder}/late.ts\nimport { late } from './late.ts'\nlate`;
    expect(await aTestNotebook(folder).show(source)).toBe('4');
  });

  test.each([
    ["import { nope } from './values.ts'"],
    ["export { nope } from './values.ts'"],
    ["import one, { nope } from './values.ts'"],
  ])('of a name that the module does not have fail and say so: %s', async (source) => {
    expect(await aTestNotebook(aFolder(values)).show(source)).toBe(
      'SyntaxError: The requested module "./values.ts" does not provide an export named \'nope\'. ' +
        'If it is a type, import it with `import type`.',
    );
  });

  test('of a module that is not there fail with its name', async () => {
    expect(await aTestNotebook(aFolder(values)).show("import x from './nowhere.ts'")).toMatch(
      /Cannot find module .*nowhere/,
    );
  });
});

describe('a name that Node uses, too', () => {
  test.each([
    ['a constant', 'const crypto = 1', 'crypto', '1'],
    ['a function', 'function fetch() { return 2 }', 'fetch()', '2'],
    ['a class', 'class URL { static three = 3 }', 'URL.three', '3'],
    ['an import', "import crypto from 'node:crypto'", 'typeof crypto.createHash', "'function'"],
    [
      'a pattern',
      'const { performance, Buffer: [Buffer] } = { performance: 4, Buffer: [1] }',
      'performance + Buffer',
      '5',
    ],
    ['an enum', 'enum Event { Six = 6 }', 'Event.Six', '6'],
    ['a shorthand', 'const process = 7', '({ process }).process', '7'],
    ['a `globalThis`', 'const globalThis = 8', 'globalThis', '8'],
  ])('is free for %s', async (_what, declaration, use, shown) => {
    expect(await aTestNotebook().show(declaration, use)).toBe(shown);
  });

  test('still means the real one for modules', async () => {
    const folder = aFolder('export const kind = typeof crypto.randomUUID');
    expect(await aTestNotebook(folder).show('const crypto = 1', "import { kind } from './values.ts'; kind")).toBe(
      "'function'",
    );
  });

  test('does not hide a parameter of that name', async () => {
    expect(await aTestNotebook().show('const URL = 1; ((URL: number) => URL)(2)')).toBe('2');
  });

  test.each(['fetch()', '(fetch)()', 'fetch!()', 'fetch?.()', 'fetch``', 'const a = 1\na\nfetch()'])(
    'is called without a receiver: %j',
    async (call) => {
      expect(await aTestNotebook().show('function fetch(this: unknown) { return this }', call)).toBeUndefined();
    },
  );

  test('is protected as a constant', async () => {
    expect(await aTestNotebook().show('const crypto = 1', 'crypto = 2')).toContain('Assignment to constant variable');
  });
});

describe('a cell that fails', () => {
  test('keeps the names before the failure', async () => {
    expect(await aTestNotebook().show('const reached = 1; null.x; const missed = 2', 'reached')).toBe('1');
  });

  test('takes the names back that it never reached', async () => {
    expect(await aTestNotebook().show('const reached = 1; null.x; const missed = 2', 'missed')).toBe(
      'ReferenceError: missed is not defined',
    );
  });

  test('keeps what an earlier cell gave to a name that it did not reach', async () => {
    expect(await aTestNotebook().show('let kept = 1', 'null.x; let kept = 2', 'kept')).toBe('1');
  });

  test('keeps its functions, which are there from the start', async () => {
    expect(await aTestNotebook().show('null.x\nfunction there() { return 1 }', 'there()')).toBe('1');
  });
});
