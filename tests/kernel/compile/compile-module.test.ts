import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { compileModule } from '../../../src/kernel/compile/compile-module.ts';
import { root } from '../../support/jupyter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const compiled = (source: string, name = 'm.ts') => compileModule(join('/notebook', name), source);
const code = (source: string): string => compiled(source).code.replaceAll(/ +/g, ' ').trim();

/** Runs a source that exports nothing; returns what it gives `result.value`. */
function valueOf(source: string, name?: string): unknown {
  const result: { value?: unknown } = {};
  compileFunction(compiled(source, name).code, ['require', 'result'])(() => ({ join }), result);
  return result.value;
}

describe('types', () => {
  // The other compiler is esbuild: without spaces and empty statements, both must write the same.
  test.each(['src/**/*.ts', 'bench/**/*.ts', 'node_modules/zod/src/v4/{core,locales,mini}/*.ts'])(
    'are erased as esbuild erases them: %s',
    { timeout: 60_000 },
    (pattern) => {
      const files = globSync(pattern, { cwd: root }).filter((file) => !file.endsWith('.d.ts'));
      expect(files.length).toBeGreaterThan(10);
      for (const file of files) {
        const source = readFileSync(join(root, file), 'utf8');
        const { code: ours, map } = compileModule(join(root, file), source);
        if (map !== undefined) continue;
        expect({ file, code: dense(ours, 'js') }).toEqual({ file, code: dense(source, 'ts') });
        expect(ours.split('\n').length).toBe(source.split('\n').length);
      }
    },
  );

  function dense(source: string, loader: 'js' | 'ts'): string {
    return transformSync(source, { loader, minifyWhitespace: true, minifySyntax: true, target: 'esnext' }).code;
  }

  test('leave every expression where it was written', () => {
    const source =
      'interface A { a: number }\nexport const f = (x: A): number => {\n  return <number>x.a! + g(x as A)\n}';
    const { code: text, map } = compiled(source);
    expect(map).toBeUndefined();
    for (const part of ['const f', 'x.a', '+ g(x']) expect(text.indexOf(part)).toBe(source.indexOf(part));
  });

  test('of parameters that are properties leave the assignments', () => {
    const source = 'class A { constructor(readonly x: number, private y = 2) {} sum() { return this.x + this.y } }';
    expect(valueOf(`${source}\nresult.value = new A(1).sum()`)).toBe(3);
  });
});

// What TypeScript itself drops without `verbatimModuleSyntax`.
describe('imports and exports of types', () => {
  test.each([
    ['import type { A } from "./a.ts"; const a: A = 1', '; const a = 1'],
    ['import { A } from "./a.ts"; const a: A = 1', '; const a = 1'],
    ['import { A, b } from "./a.ts"; b()', 'import { b } from "./a.ts"; b()'],
    ['import { type A, b } from "./a.ts"; b()', 'import { b } from "./a.ts"; b()'],
    ['import A, { b } from "./a.ts"; b()', 'import { b } from "./a.ts"; b()'],
    ['import a, { B } from "./a.ts"; a()', 'import a from "./a.ts"; a()'],
    ['import a, * as B from "./a.ts"; a() as B.C', 'import a from "./a.ts"; a()'],
    ['import { a as b, C as D } from "./a.ts"; b<D>()', 'import { a as b } from "./a.ts"; b ()'],
    ['import A from "./a.json" with { type: "json" }; let a: typeof A', '; let a'],
    ['import "./a.ts"', 'import "./a.ts"'],
    ['import {} from "./a.ts"', 'import {} from "./a.ts"'],
    ['import { a } from "./a.ts"; export { a }', 'import { a } from "./a.ts"; export { a }'],
    ['import { a } from "./a.ts"; const b = { a }', 'import { a } from "./a.ts"; const b = { a }'],
    ['export type { A } from "./a.ts"', ';'],
    ['export { type A, b } from "./a.ts"', 'export { b } from "./a.ts"'],
    ['export type * from "./a.ts"', ';'],
    ['interface A {} const b = 1; export { A, b }', '; const b = 1; export { b }'],
    ['type A = 1; export { A, type A as B }', '; ;'],
    ['interface A {} class A {} export { A }', '; class A {} export { A }'],
    ['export function f(a: 1): 1; export function f(a: 2): 2; export function f() {}', '; ; export function f() {}'],
    ['export default function f(a: 1): 1; export default function f() {}', '; export default function f() {}'],
    ['export namespace A { type B = 1 }', ';'],
    ['export default interface A {}', ';'],
    ['interface A {} export default A', '; ;'],
    ['import type A from "./a.ts"; export default A', '; ;'],
    ['import type { A } from "./a.ts"; export { A }', '; ;'],
    ['import { A } from "./a.ts"; export { type A }', '; ;'],
    ['export interface A {}', ';'],
    ['export declare function f(): void', ';'],
  ])('%s', (source, expected) => {
    expect(code(source)).toBe(expected);
  });

  test('keep the lines below them', () => {
    const source = 'import {\n  type A,\n  b,\n} from "./a.ts";\nb();';
    expect(compiled(source).code.split('\n')[4]).toBe('b();');
  });
});

describe('what is not only a type', () => {
  test.each([
    ['an enum', 'enum A { B, C = 5, D }\nresult.value = [A.B, A.D, A[5]]', [0, 6, 'C']],
    ['a constant enum', 'const enum A { B = "b" }\nresult.value = A.B', 'b'],
    [
      'a namespace',
      'namespace A { export const b = 1; export namespace C { export const d = b + 1 } }\nresult.value = A.C.d',
      2,
    ],
    [
      'a decorator',
      'const twice = (f: any) => function (this: any) { return 2 * f.call(this) }\nclass A { @twice b() { return 4 } }\nresult.value = new A().b()',
      8,
    ],
    ['an accessor', 'class A { accessor b = 3 }\nresult.value = [new A().b, Object.keys(new A())]', [3, []]],
    ['import =', 'import path = require("node:path")\nresult.value = path.join("a", "b")', 'a/b'],
    ['an alias', 'namespace A { export const b = 1 }\nimport c = A.b\nresult.value = c', 1],
  ])('%s is compiled, with a map', (_what, source, expected) => {
    const { map } = compiled(source);
    expect(map).toBeDefined();
    expect(valueOf(source)).toEqual(expected);
  });

  test.each([
    ['tsx', '/** @jsx h */\nconst h = (type: string) => type;\nresult.value = <b />'],
    ['jsx', '/** @jsx h */\nconst h = (type) => type;\nresult.value = <b />'],
  ])('JSX of .%s is compiled', (extension, source) => {
    expect(valueOf(source, `m.${extension}`)).toBe('b');
  });

  test('a declaration or a namespace of types is no reason for it', () => {
    const source =
      'declare enum A { B }\ndeclare namespace C { const d: 1 }\nnamespace E { export type F = 1 }\ndeclare class G { @h i: 1 }';
    expect(compiled(source).map).toBeUndefined();
  });

  test('goes by the nearest tsconfig.json', () => {
    const folder = temporaryFolder();
    const options = { experimentalDecorators: true, jsx: 'react-jsx', jsxImportSource: 'preact' };
    writeFileSync(join(folder, 'tsconfig.json'), `// ours\n${JSON.stringify({ compilerOptions: options })}`);
    const { code: decorated } = compileModule(join(folder, 'a.ts'), 'class A { @b c = 1 }');
    // Of TypeScript's own kind: called with a prototype and a key.
    expect(decorated).toMatch(/__decorateClass\(\[\s*b\s*\], A\.prototype, "c"/);
    expect(compileModule(join(folder, 'a.tsx'), '<a />').code).toContain('from "preact/jsx-runtime"');
  });
});

describe('a file', () => {
  test.each([
    ['export const a = 1', true],
    ['import "./a.ts"', true],
    ['await import("./a.ts")', false],
    ['import type { A } from "./a.ts"', true],
    ['module.exports = 1', false],
  ])('is a module or not: %s', (source, isModule) => {
    expect(compiled(source).isModule).toBe(isModule);
  });

  test.each([
    ['m.ts', 'const a = 1;\nconst b = ;', { line: 2, column: 11 }],
    ['m.ts', 'let a: number = 1;\nlet a = 2;', { line: 2, column: 5 }],
    ['m.tsx', 'const a = (\n  <b></c>\n);', { line: 2, column: 8 }],
    ['m.ts', 'enum A { B }\nclass A {}', { line: 2, column: 7 }],
  ])('%s with a mistake is refused at its place: %j', (name, source, position) => {
    expect(() => compiled(source, name)).toThrow(expect.objectContaining({ name: 'SyntaxError', position }));
  });
});
