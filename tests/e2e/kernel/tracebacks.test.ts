import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'labmill-test-')));
let client: TestClient;

const files = {
  'fails.ts': "export function fail(): never {\n  throw new Error('in a module');\n}\n",
  'wrong.ts': 'export const a = 1;\nexport const b = = 2;\n',
  'wrong.mjs': 'export const a = 1;\nexport const b = = 2;\n',
  'wrong.cjs': 'const a = 1;\nconst b = = 2;\n',
  'wrong.json': '{\n  "a": 1,,\n}\n',
  'imports-wrong.ts': "import './wrong.mjs';\nexport const c = 1;\n",
};

beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  installPackage(
    'compiled',
    'enum A { a }\nexport function fail(): never {\n  throw new Error("in a package" + A.a);\n}\n',
  );
  client = await TestClient.start(folder);
});

afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

/** Writes a package as they are published: compiled, with a source map. */
function installPackage(name: string, source: string): void {
  const at = join(folder, 'node_modules', name);
  const { code, map } = transformSync(source, { loader: 'ts', sourcefile: 'index.ts', sourcemap: 'external' });
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'package.json'), JSON.stringify({ name, type: 'module', exports: './index.js' }));
  writeFileSync(join(at, 'index.js'), `${code}\n//# sourceMappingURL=index.js.map\n`);
  writeFileSync(join(at, 'index.js.map'), map);
}

/** Returns the traceback of a cell, without colours, its own number written as N. */
async function tracebackOf(...cells: readonly string[]): Promise<string> {
  for (const cell of cells.slice(0, -1)) await client.execute(cell);
  const { reply } = await client.execute(cells.at(-1)!);
  const traceback = stripVTControlCharacters((reply['traceback'] as string[]).join('\n'));
  return traceback.replaceAll(`Cell [${String(reply['execution_count'])}]`, 'Cell [N]');
}

/** Returns the frames of a cell's traceback. */
async function framesOf(...cells: readonly string[]): Promise<string[]> {
  return (await tracebackOf(...cells)).split('\n').flatMap((line) => /^ {4}at (.*)$/.exec(line)?.[1] ?? []);
}

describe('a traceback', () => {
  test('names the error, shows the line with an arrow, and lists the frames', async () => {
    expect(await tracebackOf('const n: number = 1;\n\nthrow new TypeError(`bad ${n}`);\n')).toBe(`TypeError: bad 1
Cell [N], line 3:
    1 | const n: number = 1;
    2 |
--> 3 | throw new TypeError(\`bad \${n}\`);
      |       ^
    at Cell [N]:3:7`);
  });

  test.each([
    ['a function', 'function f() {\n  throw new Error("x") }\nf()', ['f (Cell [N]:2:9)', 'Cell [N]:3:1']],
    ['an arrow function', 'const f = () => {\n  throw new Error("x") }\nf()', ['f (Cell [N]:2:9)', 'Cell [N]:3:1']],
    ['a method', 'class A { m() {\n  throw new Error("x") } }\nnew A().m()', ['A.m (Cell [N]:2:9)', 'Cell [N]:3:9']],
    [
      'a static block',
      'try {} finally {}\nclass A { static {\n  throw new Error("x") } }',
      ['<static_initializer> (Cell [N]:3:9)'],
    ],
    ['a getter', 'const o = { get p() {\n  throw new Error("x") } };\no.p', ['get p (Cell [N]:2:9)', 'Cell [N]:3:3']],
    [
      'toString',
      'const o = { toString() {\n  throw new Error("x") } };\n`${o}`',
      ['Object.toString (Cell [N]:2:9)', 'Cell [N]:3:4'],
    ],
    [
      'a generator',
      'function* g() {\n  throw new Error("x") }\nfor (const a of g()) a',
      ['g (Cell [N]:2:9)', 'g.next (<anonymous>)', 'Cell [N]:3:12'],
    ],
    [
      'an array’s callback',
      '[1].map(() => {\n  throw new Error("x") })',
      ['Cell [N]:2:9', 'Array.map (<anonymous>)', 'Cell [N]:1:5'],
    ],
    [
      'awaited functions',
      'async function f() { await 1\n  throw new Error("x") }\nconst g = async () => await f()\nawait g()',
      ['f (Cell [N]:2:9)', 'async g (Cell [N]:3:23)', 'async Cell [N]:4:1'],
    ],
    [
      'Promise.all',
      'await Promise.all([async () => { await 1\n  throw new Error("x") }].map((f) => f()))',
      ['Cell [N]:2:9', 'async Promise.all (index 0)', 'async Cell [N]:1:1'],
    ],
    ['eval', '\neval("1\\n nowhere")', ['eval (eval at Cell [N]:2:1, <anonymous>:2:2)', 'Cell [N]:2:1']],
    [
      'a cell with an enum and types',
      'enum E { a = 1 }\ninterface I { a: E }\nfunction f<T>(x: T): never { throw new Error("x") }\nf<I>({ a: E.a })',
      ['f (Cell [N]:3:36)', 'Cell [N]:4:1'],
    ],
    [
      'a cell with decorators',
      'const d = (c: unknown, _: unknown) => c as never;\n@d class A {\n  m() { throw new Error("x") }\n}\nnew A().m()',
      ['A.m (Cell [N]:3:15)', 'Cell [N]:5:9'],
    ],
  ])('leads through %s', async (_what, code, frames) => {
    expect((await framesOf(code)).map((frame) => frame.replace(/^_a\./, 'A.'))).toEqual(expect.arrayContaining(frames));
  });

  test('leads through functions of earlier cells, and shows both lines', async () => {
    const traceback = await tracebackOf('function thrower() {\n  throw new Error("x") }', 'thrower()');
    expect(traceback).toMatch(/^Error: x\nCell \[\d+\], line 2:\n[^]*\nCell \[N\], line 1:\n--> 1 \| thrower\(\)/);
    expect(traceback).toMatch(/at thrower \(Cell \[\d+\]:2:9\)\n {4}at Cell \[N\]:1:1$/);
  });

  test('shows lines of modules, by paths relative to the notebook', async () => {
    const traceback = await tracebackOf("import { fail } from './fails.ts'\nfail()");
    expect(traceback).toContain(
      'fails.ts, line 2:\n    1 | export function fail(): never {\n--> 2 |   throw new Error',
    );
    expect(traceback).toContain('Cell [N], line 2:');
    expect(traceback).toMatch(/ {4}at fail \(fails\.ts:2:9\)\n {4}at Cell \[N\]:2:1$/);
  });

  test('leads through compiled packages to their sources', async () => {
    const traceback = await tracebackOf("import { fail } from 'compiled'\nfail()");
    expect(traceback).toMatch(/at fail \(node_modules\/compiled\/index\.ts:3:\d+\)\n {4}at Cell \[N\]:2:1$/);
    expect(traceback).not.toContain('index.ts, line');
  });

  test('shortens a recursion that never ends', async () => {
    const frames = await framesOf('function again(): void { again() }\nagain()');
    expect(frames).toHaveLength(15);
  });

  test('has colours; what else tells of the error has none', async () => {
    const { reply } = await client.execute('throw new Error("\\u001B[31mred\\u001B[0m")');
    expect(reply).toMatchObject({ ename: 'Error', evalue: 'red' });
    expect((reply['traceback'] as string[])[0]).toBe('\u001B[31mError\u001B[0m: red');
  });
});

describe('what an error carries', () => {
  test.each([
    [
      'its causes',
      'throw new Error("a", { cause: new TypeError("b", { cause: 5 }) })',
      /Error: a\n[^]*\ncaused by:\nTypeError: b\n[^]*\ncaused by:\nUncaught: 5$/,
    ],
    [
      'the errors of an aggregate',
      'await Promise.any([Promise.reject(new Error("a")), Promise.reject("b")])',
      /^AggregateError: [^]*\nerror 1 of 2:\nError: a\n[^]*\nerror 2 of 2:\nUncaught: b$/,
    ],
    [
      'properties',
      'process.getBuiltinModule("fs").readFileSync("nothing")',
      /^Error: ENOENT.*\n\{ errno: -2, code: 'ENOENT', syscall: 'open', path: 'nothing' \}\n/,
    ],
    ['the name of its class', 'class NotFound extends Error {}\nthrow new NotFound("here")', /^NotFound: here\n/],
  ])('is shown: %s', async (_what, code, expected) => {
    expect(await tracebackOf(code)).toMatch(expected);
  });

  test.each([
    ['"text"', 'text'],
    ['{ code: 5 }', '{ code: 5 }'],
    ['null', 'null'],
    ['undefined', 'undefined'],
    ['Symbol("s")', 'Symbol(s)'],
    ['Object.freeze({ a: 1 })', '{ a: 1 }'],
    ['new Proxy({}, { get() { throw 1 }, has() { throw 1 }, getPrototypeOf() { throw 1 } })', '{}'],
  ])('is nothing when it is no error: %s', async (thrown, evalue) => {
    const { reply } = await client.execute(`throw ${thrown}`);
    expect(reply).toMatchObject({ ename: 'Uncaught', evalue });
  });

  test.each([
    'Object.defineProperty(new Error("x"), "message", { get() { throw new Error("trap") } })',
    'Object.defineProperty(new Error("x"), "stack", { get() { throw new Error("trap") } })',
    'Object.assign(new Error("x"), { stack: { toString() { throw new Error("trap") } } })',
    'Object.assign(new Error("x"), { cause: new Proxy({}, { get() { throw new Error("trap") } }) })',
  ])('does not break the kernel: %s', async (thrown) => {
    expect((await client.execute(`throw ${thrown}`)).reply).toMatchObject({ status: 'error', ename: 'Error' });
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test.each([
    [
      'const kept = Error.prepareStackTrace; Error.prepareStackTrace = (_, sites) => sites',
      'Error.prepareStackTrace = kept',
    ],
    ['Error.prepareStackTrace = () => { throw new Error("broken") }', 'Error.prepareStackTrace = kept'],
    ['Error.stackTraceLimit = 2', 'Error.stackTraceLimit = 30'],
  ])('is found also when cells have their own ways with stacks: %s', async (set, reset) => {
    expect(await framesOf(set, 'null.x')).toEqual(['Cell [N]:1:6']);
    await client.execute(reset);
  });
});

describe('messages', () => {
  test.each([
    ['nowhere', 'nowhere is not defined'],
    ['const crypto = 5\ncrypto()', 'crypto is not a function'],
    ['crypto.x.y', "Cannot read properties of undefined (reading 'y')"],
    ['(await 5).x()', '(intermediate value).x is not a function'],
    ['{ late; let late = 1 }', "Cannot access 'late' before initialization"],
  ])('name things as the cell does: %j', async (code, evalue) => {
    expect((await client.execute(code)).reply).toMatchObject({ evalue });
  });
});

describe('a module that cannot be imported', () => {
  test.each([
    ['wrong.ts', 'Unexpected token', 2, 18],
    ['wrong.mjs', "Unexpected token '='", 2, 18],
    ['wrong.cjs', "Unexpected token '='", 2, 11],
    ['wrong.json', 'Expected double-quoted property name in JSON', 2, 10],
  ])('because of its syntax is shown where it is wrong: %s', async (file, message, line, column) => {
    const attributes = file.endsWith('.json') ? " with { type: 'json' }" : '';
    const traceback = await tracebackOf(`import * as m from './${file}'${attributes}`);
    expect(traceback).toContain(message);
    expect(traceback).toContain(`${file}, line ${line}:\n`);
    expect(traceback).toContain(`at ${file}:${line}:${column}`);
    expect(traceback).toContain('Cell [N], line 1:');
  });

  test('because of another one’s syntax shows that one', async () => {
    expect(await tracebackOf("import './imports-wrong.ts'")).toContain('at wrong.mjs:2:18');
  });

  test.each([
    [
      "import 'no-such-package/sub'",
      "package 'no-such-package' imported from Cell [N]",
      'Install it for this notebook: %npm install no-such-package',
    ],
    ["import '@no/such'", "package '@no/such' imported from Cell [N]", '%npm install @no/such'],
    ["require('no-such-package')", "Cannot find module 'no-such-package'\n", '%npm install no-such-package'],
    ["import data from './wrong.json'", 'needs an import attribute', "Write `import … with { type: 'json' }`."],
    ["import { nothing } from './fails.ts'", "does not provide an export named 'nothing'", 'import type'],
  ])('is named, with what to do: %s', async (code, message, hint) => {
    const traceback = await tracebackOf(code);
    expect(traceback).toContain(message);
    expect(traceback).toContain(hint);
    expect(traceback).toContain('Cell [N], line 1:');
    expect(traceback).toMatch(/\n {4}at (?:async )?Cell \[N\]:1:\d+$/);
  });
});

describe('an error that a cell prints', () => {
  test('has no frames of the kernel', async () => {
    const { stdout } = await client.execute('console.log(new Error("printed").stack)');
    expect(stdout).toMatch(/^Error: printed\n {4}at .*cell-\d+\.ts:1:\d+\n$/);
  });

  test.each([
    ['const error: Error = new Error("shown"); error', '1:22'],
    ['await 1;\nconst error: Error = new Error("shown"); error', '2:22'],
    ['const failed = (): Error => new Error("shown")\nfailed()', '1:29'],
  ])('names the line and column of the cell: %j', async (code, place) => {
    const { shown } = await client.execute(code);
    expect(String(shown)).toMatch(new RegExp(`^Error: shown\\n {4}at (?:failed \\()?\\S*cell-\\d+\\.ts:${place}\\b`));
  });
});
