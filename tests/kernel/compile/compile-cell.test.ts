import { describe, expect, test } from 'vitest';
import { CellSyntaxError, compileCell } from '../../../src/kernel/compile/compile-cell.ts';
import { aTestNotebook } from '../../support/test-notebook.ts';

const nothing = { declared: new Map(), builtins: new Set<string>() };

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
    [
      'await using',
      'const log = []; { await using x = { async [Symbol.asyncDispose]() { log.push(6) } } }\nlog',
      '[ 6 ]',
    ],
  ])('may use %s at its top level', async (_what, source, shown) => {
    expect(await aTestNotebook().show(source)).toBe(shown);
  });

  test('is strict code', async () => {
    expect(await aTestNotebook().show('undeclared = 1')).toBe('ReferenceError: undeclared is not defined');
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
    const { line, column } = position({ line: before.length, column: before.at(-1)!.length + 1 });
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
    ['class A { @dec m() {} }', 1, 11],
    ['1\nclass A { accessor a = 1 }', 2, 11],
    ['export = 1', 1, 1],
    ['function f() { enum A {} }', 1, 16],
  ])('of %j is at line %i, column %i', (source, line, column) => {
    expect(syntaxErrorOf(source).position).toEqual({ line, column });
  });

  test.each([
    ['@dec class A {}', 'decorators are not supported'],
    ['class A { accessor a = 1 }', '`accessor` fields are not supported'],
    ['export = 1', '`export =` is not supported'],
    ['if (true) { enum A {} }', 'enums and namespaces are allowed at the top level of a cell only'],
    ['let a; let a', 'Identifier `a` has already been declared'],
  ])('of %j says %j', (source, message) => {
    expect(syntaxErrorOf(source).message).toContain(message);
  });
});
