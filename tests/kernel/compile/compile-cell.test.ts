import { describe, expect, test } from 'vitest';
import { CellSyntaxError } from '../../../src/kernel/compile/cell-syntax-error.ts';
import { compileCell } from '../../../src/kernel/compile/compile-cell.ts';
import { KnownNames } from '../../../src/kernel/compile/known-names.ts';
import { aTestNotebook } from '../../support/test-notebook.ts';

const nothing = new KnownNames(import.meta.dirname);

function syntaxErrorOf(source: string): CellSyntaxError {
  try {
    compileCell(source, nothing);
  } catch (error) {
    if (error instanceof CellSyntaxError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(source)} compiles`);
}

describe('a cell shows', () => {
  test.each([
    ['its last expression', '1 + 1; 2 + 2', '4'],
    ['an expression before semicolons', '1;;', '1'],
    ['an expression before functions and types', '1\nfunction f() {}\ntype A = 1\ninterface B {}', '1'],
    ['an object that looks like a block', '{ a: 1, b: 2 }', '{ a: 1, b: 2 }'],
    ['an object with a spread', '{ ...[1] }', "{ '0': 1 }"],
    ['an object with a method', '{ f() {} }', '{ f: [Function: f] }'],
    ['an object before a semicolon', '{ a: 1 };', '{ a: 1 }'],
    ['an object before a comment', '{ a: 1 } // one', '{ a: 1 }'],
    ['an object that awaits', '{ a: await 1 }', '{ a: 1 }'],
    ['an empty object', '{}', '{}'],
    ['an array that begins a line', 'const a = 1;\n[a]', '[ 1 ]'],
    ['a text that looks like a directive', '"use strict"', "'use strict'"],
    ['a promise, unawaited', 'Promise.resolve(1)', 'Promise { 1 }'],
    ['a promise, unawaited, of a cell that awaits', 'await 0; Promise.resolve(1)', 'Promise { 1 }'],
    ['what it awaits', 'await Promise.resolve(1)', '1'],
    ['what awaits nested', 'await (await import("node:path")).posix.join("a", await "b")', "'a/b'"],
    ['a sequence', '1, 2', '2'],
    ['an assignment', 'let a; a = 5', '5'],
    ['an arrow function', '() => 1', '[Function (anonymous)]'],
    ['a class expression', '(class A {})', '[class A]'],
    ['a template with a magic in it', '`\n!no\n`', "'\\n!no\\n'"],
    ['the default export', 'export default 1 + 1', '2'],
    ['null', 'null', 'null'],
    ['an enum member with a global’s name', 'enum Event { A = 1 }\nEvent.A', '1'],
    ['where it is', 'import.meta.filename.endsWith("cell-1.ts")', 'true'],
    ['an object behind a line comment', '// one\n{ a: 1, b: 2 }', '{ a: 1, b: 2 }'],
    ['an object behind a comment in its line', '/* one */ { a: 1, b: 2 }', '{ a: 1, b: 2 }'],
    [
      'an object behind other statements',
      'const a = 1\n{ a, b() {}, ...{ c: 2 } }',
      '{ a: 1, b: [Function: b], c: 2 }',
    ],
    ['an object that is a block with a label, too', 'const a = [1]\n{ a: a };', '{ a: [ 1 ] }'],
    ['an object before a comment and a semicolon', 'isNaN(1)\n{ a: 1, b: 2 }; // two', '{ a: 1, b: 2 }'],
    ['an object in objects', '{ a: { b: [1] }, c: "}" }', "{ a: { b: [ 1 ] }, c: '}' }"],
    ['a property of an object', '{ a: 1, b: 2 }.b', '2'],
    ['an object with a type', '{ a: 1, b: 2 } satisfies Pair', '{ a: 1, b: 2 }'],
    ['a default export of an object', 'export default { a() {} }', '{ a: [Function: a] }'],
    ['that `this` is undefined', '[this, (() => this)()]', '[ undefined, undefined ]'],
    ['the `this` of a method', '({ a: 1, b() { return this.a } }).b()', '1'],
    ['the `this` of a class', 'class A { static a = 1; static b = this.a }; A.b', '1'],
    ['what follows a hashbang', '#!/usr/bin/env node\n1', '1'],
    ['what follows "use strict"', '"use strict"\n1', '1'],
    ['a comparison that looks like a comment', 'let b = 2; 1 <!--b', 'false'],
    ['a loop that counts down to zero', 'let n = 3; while (n --> 0); n', '-1'],
    ['a label and its loops', 'let n = 0; a: for (;;) for (;;) { if (++n > 2) break a }\nn', '3'],
    ['an async generator', 'async function* f() { yield 1; yield 2 }\nawait Array.fromAsync(f())', '[ 1, 2 ]'],
    ['numbers of all kinds', '[1_000, 0b11, 0o17, 10n ** 2n]', '[ 1000, 3, 15, 100n ]'],
    ['a regular expression', '/(?<year>\\d+)-[\\p{L}--[a-z]]/v.exec("2026-A")?.groups.year', "'2026'"],
    ['a private field', 'class A { #a = 1; static has(x: object) { return #a in x } }; A.has(new A())', 'true'],
    ['spaces without width as spaces', 'const\u200Ba = "\u200B"; a.length', '1'],
  ])('%s', async (_what, source, shown) => {
    expect(await aTestNotebook().show(source)).toBe(shown);
  });

  test.each([
    ['undefined', 'undefined'],
    ['a declaration', 'const a = 1'],
    ['a block', '{ console.log }'.replace('console.log', 'let a = 1; a')],
    ['an `if`', 'if (true) 1'],
    ['a label', 'a: for (;;) break a'],
    ['a declaration behind an expression', '1; const a = 2'],
    ['only comments', '// nothing\n/* at all */'],
    ['an empty text', ''],
    ['only types', 'type A = 1\nexport type { B } from "./b.ts"'],
    ['an empty block', '1\n{}'],
    ['a block of statements', 'const a = 1\n{ a; a }'],
  ])('nothing for %s', async (_what, source) => {
    expect(await aTestNotebook().show(source)).toBeUndefined();
  });
});

describe('a cell', () => {
  test.each([
    ['for await', 'const seen = []; for await (const x of [1, Promise.resolve(2)]) seen.push(x)\nseen', '[ 1, 2 ]'],
    ['await in a loop head', 'let sum = 0; for (const x of await Promise.resolve([1, 2])) sum += x; sum', '3'],
    ['await in a default', 'const { a = await 3 } = {}; a', '3'],
    ['await with an assertion', 'const a = await (4 as unknown) as number; a', '4'],
    ['await of await', 'await await Promise.resolve(5)', '5'],
    ['await in patterns', 'const [a, { [await "b"]: b }] = await Promise.resolve([1, { b: await 2 }]); a + b', '3'],
    ['await in a template', '`${await 1}${String.raw`${await 2}`}`', "'12'"],
    ['await of what a class extends', 'class B { b = 6 }\nclass A extends (await B) {}\nnew A().b', '6'],
    ['await in computed keys', 'class A { [await "a"]() { return 7 } }\nnew A().a()', '7'],
    ['await in a conditional chain', '(await { a: null }).a?.[await 1] ?? await 8', '8'],
    ['await in `switch`', 'switch (await 9) { case await 9: await 10 }\n10', '10'],
    ['await in `throw`', 'try { throw await 11 } catch (error) { error }\n11', '11'],
    ['for await with patterns', 'let s = 0\nfor await (const [k, { v }] of [["a", { v: 2 }]]) s += v\ns', '2'],
    [
      'await using',
      'const log = []; { await using x = { async [Symbol.asyncDispose]() { log.push(6) } } }\nlog',
      '[ 6 ]',
    ],
  ])('may use %s at its top level', async (_what, source, shown) => {
    expect(await aTestNotebook().show(source)).toBe(shown);
  });

  test.each([
    ['undeclared = 1', 'undeclared is not defined'],
    ['arguments', 'arguments is not defined'],
    ['(() => arguments)()', 'arguments is not defined'],
  ])('is strict module code: %j is a ReferenceError', async (source, message) => {
    expect(await aTestNotebook().show(source)).toBe(`ReferenceError: ${message}`);
  });

  test.each([
    ['ends', 'using a = { [Symbol.dispose]() { log.push("disposed") } }; log.push("used")'],
    ['fails', 'using a = { [Symbol.dispose]() { log.push("disposed") } }; log.push("used"); null.x'],
    ['awaits', 'await using a = { async [Symbol.asyncDispose]() { log.push("disposed") } }; log.push("used")'],
  ])('disposes of what is `using` at its top level when it %s', async (_how, source) => {
    const notebook = aTestNotebook();
    await notebook.run('const log: string[] = []');
    await notebook.run(source);
    expect(await notebook.show('log')).toBe("[ 'used', 'disposed' ]");
  });

  test('without `await` runs synchronously', () => {
    expect(compileCell('async () => await 1', nothing).code).toMatch(/^\(\(\$cell\)=>/);
  });

  test('tells the names that it declares and how', () => {
    const { names } = compileCell('const a = 1; let [b] = [2]; var c; function d() {} class e {} enum f {}', nothing);
    expect(Object.fromEntries(names)).toEqual({ a: 'const', b: 'let', c: 'var', d: 'function', e: 'class', f: 'enum' });
  });
});

describe('the positions of a compiled cell', () => {
  /** The place in `source` to which the place of `marked` in the compiled code is led. */
  function placeOf(source: string, marked: string): string {
    const { code, position } = compileCell(source, nothing);
    const before = code.slice(0, code.indexOf(marked)).split('\n');
    const { line, column } = position({ line: before.length - 1, column: before.at(-1)!.length + 1 });
    return `${line}:${column}`;
  }

  test.each([
    ['on the first line', 'MARK', '1:1'],
    ['behind erased types', 'const a: Map<string, number> = new Map(); MARK', '1:43'],
    ['on a later line', 'type A = {\n  b: 1\n}\nconst c = 1\n  MARK', '5:3'],
    ['behind an import', 'import {\n  sep,\n} from "node:path"\nMARK', '4:1'],
    ['behind an enum', 'enum A {\n  B,\n}\nMARK', '4:1'],
    ['behind a namespace with a comment', 'namespace A {\n  // one\n  export const t = `\n`\n}\nMARK', '6:1'],
    ['in a function of an async cell', 'await 1; function f() { return MARK }', '1:32'],
    ['behind magics', '!echo one\n%pwd\nMARK', '3:1'],
    ['behind a command over several lines', '!echo one \\\n  two\nMARK', '3:1'],
    ['in an object literal', '{ a: MARK }', '1:6'],
    ['in an object literal behind statements', 'f()\n{ a: 1, b: MARK }', '2:12'],
    ['in an enum', 'enum A {\n  B,\n  C = MARK,\n}', '3:7'],
    ['in a namespace', 'namespace A.B {\n  export const c: C = MARK;\n}', '2:23'],
    ['behind a line separator', '"\u2028"; MARK', '1:6'],
    ['behind line breaks of Windows', 'f()\r\n  MARK', '2:3'],
  ])('are right %s', (_where, source, place) => {
    expect(placeOf(source, 'MARK')).toBe(place);
  });

  test('lead an import to its declaration', () => {
    const { code, importPosition } = compileCell('1\n\n  import { a } from "a"; a', nothing);
    const offset = Number(/"a",(\d+)\)/.exec(code)![1]);
    expect(importPosition(offset)).toEqual({ line: 3, column: 3 });
  });
});

describe('a syntax error', () => {
  test.each([
    ['const = 1', 1, 7],
    ['let a = 1\nlet b = ;', 2, 9],
    ['let a = 1\nlet a = 2', 2, 5],
    ['!echo hi\n\nlet 1', 3, 5],
    ['type A = number\nreturn 1', 2, 1],
    ['function f() {\n  await 1\n}', 2, 3],
    ['1\nclass A { @1 a }', 2, 12],
    ['const a = <b>\n</c>', 2, 3],
    ['export = 1', 1, 1],
    ['\n  /(/', 2, 3],
    ['"😀"; ]', 1, 7],
  ])('of %j is at line %i, column %i', (source, line, column) => {
    expect(syntaxErrorOf(source).position).toEqual({ line, column });
  });

  test.each([
    ['let a; let a', 'Identifier `a` has already been declared'],
    ['with (a) {}', "'with' statements are not allowed"],
    ['const a = 010', 'octal literals'],
    ['delete a', 'Delete of an unqualified identifier'],
    ['function f(a, a) {}', 'Identifier `a` has already been declared'],
    ['eval = 1', "Cannot assign to 'eval'"],
    ['<!-- one', 'HTML comments are not allowed'],
    ['break', 'Illegal break'],
    ['new.target', 'Unexpected new.target'],
    ['function f(a = await 1) {}', '`await` is only allowed within async functions and at the top levels of modules'],
    ['async (a = await 1) => {}', 'await expression not allowed in formal parameter'],
    ['class A { a = await 1 }', '`await` is only allowed within async functions and at the top levels of modules'],
    ['class A { static { await 1 } }', 'Cannot use await in class static initialization block'],
    ['namespace A { export const a = await 1 }', '`await` is only allowed within async functions'],
    ['{ namespace A { export const a = 1 } }', 'only allowed at the top level of a namespace or module'],
  ])('of %j says %j', (source, message) => {
    expect(syntaxErrorOf(source).message).toContain(message);
  });
});
