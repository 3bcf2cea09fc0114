import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aModuleFolder } from '../../../support/module-folder.ts';

describe('a module of TypeScript', () => {
  const h = '/** @jsx h */\nconst h = (type: string) => type;';

  test.each([
    ['an enum', 'a.ts', 'export enum A { B = 2 }\nexport const value = A.B', 2],
    ['an enum, required', 'a.cts', 'enum A { B = 2 }\nexports.value = A.B', 2],
    [
      'properties among parameters',
      'a.ts',
      'class A { constructor(readonly b: number) {} }\nexport const { b: value } = new A(2)',
      2,
    ],
    ['JSX', 'a.tsx', `${h} export const value = <b />`, 'b'],
    ['JSX and no types', 'a.jsx', `${h.replace(': string', '')} export const value = <b />`, 'b'],
  ])('has %s', async (_what, name, text, expected) => {
    const folder = aModuleFolder({ [name]: text });
    expect(await folder.value(`./${name}`)).toBe(expected);
    expect(await folder.cell(`return require('./${name}').value`)).toBe(expected);
    folder.write({ [name]: `${text}\n` });
    expect(await folder.value(`./${name}`)).toBe(expected);
  });

  test('imports types without saying that they are', async () => {
    const folder = aModuleFolder({
      'a.ts': "import { B, b } from './b.ts'\nexport const value: B = b",
      'b.ts': 'export interface B {}\nexport const b = 3',
    });
    expect(await folder.value('./a.ts')).toBe(3);
  });

  // What `moduleResolution` "bundler" and "nodenext" find.
  test.each([
    ['./a', 'a.ts'],
    ['./a', 'a.tsx'],
    ['./a', 'a.cts'],
    ['./a', 'a/index.ts'],
    ['./a/', 'a/index.ts'],
    ['./a.js', 'a.ts'],
    ['./a.js', 'a.tsx'],
    ['./a.jsx', 'a.tsx'],
    ['./a.mjs', 'a.mts'],
    ['./b/../a', 'a.ts'],
  ])('is found as TypeScript finds it: %s is %s', async (specifier, file) => {
    const folder = aModuleFolder({ [file]: file.endsWith('.cts') ? 'exports.value = 1' : 'export const value = 1' });
    folder.write({ 'main.ts': `export { value } from '${specifier}'` });
    expect(await folder.value('./main.ts')).toBe(1);
    expect(await folder.value(specifier)).toBe(1);
    expect(await folder.cell(`return require('${specifier}').value`)).toBe(1);
  });

  test('is found by its own name first', async () => {
    const folder = aModuleFolder({ 'a.js': 'export const value = 1', 'a.ts': 'export const value = 2' });
    expect(await folder.value('./a.js')).toBe(1);
    await expect(folder.value('./b')).rejects.toThrow(/Cannot find module/);
  });

  test.each(['commonjs', 'module'])('is what its package says: %s', async (type) => {
    const folder = aModuleFolder({
      'package.json': JSON.stringify({ type }),
      'a.ts': 'enum A { B }\nglobalThis.that = this',
    });
    await folder.cell("await import('./a.ts')");
    expect((globalThis as { that?: unknown }).that).toEqual(type === 'commonjs' ? {} : undefined);
    delete (globalThis as { that?: unknown }).that;
  });

  test('may import and export in a package that says "commonjs", as npm has it', async () => {
    const folder = aModuleFolder({
      'package.json': '{ "type": "commonjs" }',
      'a.ts': 'enum A { B = 4 }\nexport const value = A.B',
      'b.ts': "import { value as a } from './a.ts'\nexport const value: number = a + 1",
    });
    expect(await folder.value('./b.ts')).toBe(5);
    expect(await folder.cell("return require('./b.ts').value")).toBe(5);
  });

  test('is named in frames by the place in its file', async () => {
    const folder = aModuleFolder({
      'a.ts': 'enum A {\n  B,\n}\n\n// a comment\nexport const value = () => {\n  throw new Error("no");\n};',
    });
    const stack = await folder.stack("(await import('./a.ts')).value()");
    const [, frame] = stack.split('\n    at ') as [string, string];
    expect(frame).not.toContain('a.ts:7:9');
    expect(folder.modules.original(frame)).toContain('a.ts:7:9)');
    const compiledPlace = /\((.*)\)/.exec(frame)![1]!;
    for (const head of ['', 'async ']) {
      expect(folder.modules.original(head + compiledPlace)).toBe(
        `${head}${pathToFileURL(folder.folder).href}/a.ts:7:9`,
      );
    }
    expect(folder.modules.original('at f (/elsewhere/a.ts:1:2)')).toBe('at f (/elsewhere/a.ts:1:2)');
  });

  test.each(['a.ts', 'a.tsx'])('%s with a mistake is shown at its place', async (name) => {
    const folder = aModuleFolder({ [name]: '1;\nenum A { B }\nlet x = ;' });
    const path = join(folder.folder, name);
    expect(await folder.stack(`await import('./${name}')`)).toContain(`${path}:3\nlet x = ;\n        ^\n`);
  });
});

describe('an edited module', () => {
  test.each(['a.ts', 'a.mts', 'a.js', 'a.mjs'])('%s is loaded anew', async (name) => {
    const folder = aModuleFolder({ [name]: 'export const value = 1' });
    expect(await folder.value(`./${name}`)).toBe(1);
    folder.write({ [name]: 'export const value = 2' });
    expect(await folder.value(`./${name}`)).toBe(2);
    folder.write({ [name]: 'export const value = 3' });
    expect(await folder.value(`./${name}`)).toBe(3);
  });

  test.each([
    ['ES modules', 'm'],
    ['modules of a package that does not say what they are', ''],
  ])('takes the importers on the way to it along: %s', async (_what, m) => {
    const folder = aModuleFolder({
      [`top.${m}ts`]: `export { value } from './middle.${m}ts'`,
      [`middle.${m}ts`]: `import { low } from './low.${m}ts'; export const value: number = low * 10`,
      [`low.${m}ts`]: 'export const low: number = 1',
    });
    expect(await folder.value(`./top.${m}ts`)).toBe(10);
    folder.write({ [`low.${m}ts`]: 'export const low: number = 2' });
    expect(await folder.value(`./top.${m}ts`)).toBe(20);
  });

  test('leaves the state of the others', async () => {
    const folder = aModuleFolder({
      'state.ts': 'export const state = { n: 0 }',
      'a.ts': "import { state } from './state.ts'; export const value = () => ++state.n",
    });
    await folder.cell("(await import('./a.ts')).value()");
    folder.write({ 'a.ts': "import { state } from './state.ts'; export const value = () => (state.n += 10)" });
    expect(await folder.cell("return (await import('./a.ts')).value()")).toBe(11);
  });

  test('leads all who import it to one new instance', async () => {
    const folder = aModuleFolder({
      'shared.ts': 'export const shared = {}; export const text = 1',
      'a.ts': "export { shared as a } from './shared.ts'",
      'b.ts': "export { shared as b } from './shared.ts'",
    });
    const same = "const [{ a }, { b }] = [await import('./a.ts'), await import('./b.ts')]; return [a === b, a]";
    const [, before] = (await folder.cell(same)) as [boolean, object];
    folder.write({ 'shared.ts': 'export const shared = {}; export const text = 2' });
    const [isSame, after] = (await folder.cell(same)) as [boolean, object];
    expect([isSame, after === before]).toEqual([true, false]);
  });

  test('leads a module to one new instance that is imported for the first time', async () => {
    const folder = aModuleFolder({
      'shared.ts': 'export const value = 1',
      'late.ts': "export { value } from './shared.ts'",
    });
    await folder.value('./shared.ts');
    folder.write({ 'shared.ts': 'export const value = 2' });
    expect(await folder.value('./late.ts')).toBe(2);
  });

  test('may give a name that it had not before', async () => {
    const folder = aModuleFolder({
      'a.ts': 'export const other = 1',
      'b.ts': "import { value } from './a.ts'; export { value }",
    });
    expect(await folder.stack("await import('./b.ts')")).toContain("does not provide an export named 'value'");
    folder.write({ 'a.ts': 'export const value = 2' });
    expect(await folder.value('./b.ts')).toBe(2);
  });

  test('is seen in a circle', async () => {
    const folder = aModuleFolder({
      'a.ts': "import { b } from './b.ts'; export const a = 'a'; export const value = () => a + b()",
      'b.ts': "import { a } from './a.ts'; export const b = () => a + 1",
    });
    const run = "return (await import('./a.ts')).value()";
    expect(await folder.cell(run)).toBe('aa1');
    folder.write({ 'b.ts': "import { a } from './a.ts'; export const b = () => a + 2" });
    expect(await folder.cell(run)).toBe('aa2');
  });

  test('is seen behind a top-level `await` and a dynamic import of a module', async () => {
    const folder = aModuleFolder({
      'a.ts': "const { low } = await import('./low.ts'); await null; export const value = low",
      'low.ts': 'export const low = await Promise.resolve(1)',
    });
    expect(await folder.value('./a.ts')).toBe(1);
    folder.write({ 'low.ts': 'export const low = await Promise.resolve(2)' });
    expect(await folder.value('./a.ts')).toBe(2);
  });

  test('is seen by an import later in the same cell', async () => {
    const folder = aModuleFolder({ 'a.ts': 'export const value = 1' });
    const code = `const a = (await import('./a.ts')).value;
      (await import('node:fs')).writeFileSync(${JSON.stringify(join(folder.folder, 'a.ts'))}, 'export const value = 2');
      return [a, (await import('./a.ts')).value]`;
    expect(await folder.cell(code)).toEqual([1, 2]);
  });

  test('knows where it is', async () => {
    const folder = aModuleFolder({ 'a.mts': '', 'b.txt': '' });
    await folder.cell("await import('./a.mts')");
    folder.write({
      'a.mts': `import { fileURLToPath } from 'node:url'
        export const value = [fileURLToPath(import.meta.url), import.meta.filename, new URL('./b.txt', import.meta.url).href]`,
    });
    const path = join(folder.folder, 'a.mts');
    expect(await folder.value('./a.mts')).toEqual([path, path, pathToFileURL(join(folder.folder, 'b.txt')).href]);
  });
});

describe('a module', () => {
  test.each([
    ['that is touched', (path: string) => utimesSync(path, new Date(), new Date())],
    ['that is written again as it was', (path: string) => writeFileSync(path, 'export const value = {}')],
    ['that nobody touches', () => {}],
  ])('%s keeps its instance', async (_what, touch) => {
    const folder = aModuleFolder({ 'a.ts': 'export const value = {}' });
    const before = await folder.value('./a.ts');
    touch(join(folder.folder, 'a.ts'));
    expect(await folder.value('./a.ts')).toBe(before);
  });

  test('of a package stays as it was loaded', async () => {
    const folder = aModuleFolder({ 'node_modules/p/index.mjs': 'export const value = 1' });
    folder.write({ 'node_modules/p/package.json': '{ "exports": "./index.mjs" }' });
    expect(await folder.value('p')).toBe(1);
    folder.write({ 'node_modules/p/index.mjs': 'export const value = 2' });
    expect(await folder.value('p')).toBe(1);
  });

  test('stays as it was loaded while reloading is off', async () => {
    const folder = aModuleFolder({ 'a.ts': 'export const value = 1' });
    await folder.value('./a.ts');
    folder.modules.isReloading = false;
    folder.write({ 'a.ts': 'export const value = 2' });
    expect(await folder.value('./a.ts')).toBe(1);
    folder.modules.isReloading = true;
    expect(await folder.value('./a.ts')).toBe(2);
  });

  test('that is deleted is missed, and found when it is there again', async () => {
    const folder = aModuleFolder({ 'a.ts': "export { value } from './b.ts'", 'b.ts': 'export const value = 1' });
    await folder.value('./a.ts');
    renameSync(join(folder.folder, 'b.ts'), join(folder.folder, 'c.ts'));
    expect(await folder.stack("await import('./a.ts')")).toMatch(/Cannot find module '.*b\.ts' imported from .*a\.ts/);
    renameSync(join(folder.folder, 'c.ts'), join(folder.folder, 'b.ts'));
    expect(await folder.value('./a.ts')).toBe(1);
  });

  test('with a user’s own query is an instance of its own', async () => {
    const folder = aModuleFolder({ 'a.ts': 'export const value = import.meta.url.split("?")[1]?.slice(0, 3)' });
    expect([await folder.value('./a.ts?x=1'), await folder.value('./a.ts')]).toEqual(['x=1', undefined]);
    folder.write({ 'a.ts': 'export const value = [import.meta.url.split("?")[1]?.slice(0, 3)]' });
    expect(await folder.value('./a.ts?x=1')).toEqual(['x=1']);
  });
});

describe('JSON', () => {
  test('is loaded anew, with its attribute and below an edited importer', async () => {
    const folder = aModuleFolder({
      'd.json': '{ "n": 1 }',
      'a.ts': "import d from './d.json' with { type: 'json' }; export const value = d.n",
    });
    const direct = "return (await import('./d.json', { with: { type: 'json' } })).default.n";
    expect([await folder.cell(direct), await folder.value('./a.ts')]).toEqual([1, 1]);
    folder.write({ 'd.json': '{ "n": 2 }' });
    expect([await folder.cell(direct), await folder.value('./a.ts')]).toEqual([2, 2]);
  });

  test('is required anew', async () => {
    const folder = aModuleFolder({ 'd.json': '{ "n": 1 }' });
    expect(await folder.cell("return require('./d.json').n")).toBe(1);
    folder.write({ 'd.json': '{ "n": 2 }' });
    expect(await folder.cell("return require('./d.json').n")).toBe(2);
  });
});

describe('a syntax error', () => {
  test.each(['a.mts', 'a.ts', 'a.mjs', 'a.js'])('in %s is placed, and mending it helps', async (name) => {
    const folder = aModuleFolder({ [name]: 'export const value = 1;\n\nexport const x = ;' });
    const head = new RegExp(`^${join(folder.folder, name)}:3\\nexport const x = ;\\n {17}\\^\\n\\nSyntaxError`);
    expect(await folder.stack(`await import('./${name}')`)).toMatch(head);
    expect(await folder.stack(`await import('./${name}')`)).toMatch(head);
    folder.write({ [name]: 'export const value = 2' });
    expect(await folder.value(`./${name}`)).toBe(2);
  });

  test('in an edited module below another is placed', async () => {
    const folder = aModuleFolder({ 'a.ts': "export { value } from './b.ts'", 'b.ts': 'export const value = 1' });
    await folder.value('./a.ts');
    folder.write({ 'b.ts': 'export const value = 1;\nlet value;' });
    expect(await folder.stack("await import('./a.ts')")).toContain(
      `${join(folder.folder, 'b.ts')}:2\nlet value;\n    ^\n`,
    );
    folder.write({ 'b.ts': 'export const value = 3' });
    expect(await folder.value('./a.ts')).toBe(3);
  });
});

describe('an import that failed', () => {
  test.each([
    ['while it was evaluated', "if (globalThis.flag === undefined) throw new Error('no flag'); export const value = 1"],
    [
      'behind an `await`',
      "await null; if (globalThis.flag === undefined) throw new Error('no flag'); export const value = 1",
    ],
  ])('%s is tried again', async (_what, text) => {
    onTestFinished(() => void Reflect.deleteProperty(globalThis, 'flag'));
    const folder = aModuleFolder({ 'a.ts': text, 'b.ts': "export * from './a.ts'" });
    expect(await folder.stack("await import('./b.ts')")).toContain('no flag');
    Reflect.set(globalThis, 'flag', 1);
    expect(await folder.value('./b.ts')).toBe(1);
  });

  test('for a module that was not there is tried again', async () => {
    const folder = aModuleFolder({ 'a.ts': "export { value } from './b.ts'" });
    expect(await folder.stack("await import('./a.ts')")).toContain('Cannot find module');
    folder.write({ 'b.ts': 'export const value = 1' });
    expect(await folder.value('./a.ts')).toBe(1);
  });

  test('for a package that was not there is tried again', async () => {
    const folder = aModuleFolder({ 'node_modules/other/index.js': '' });
    expect(await folder.stack("await import('p')")).toContain("Cannot find package 'p'");
    expect(await folder.stack("require('p')")).toContain("Cannot find module 'p'");
    folder.write({ 'node_modules/p/package.json': '{ "main": "m.js" }', 'node_modules/p/m.js': 'exports.value = 1' });
    expect([await folder.value('p'), await folder.cell("return require('p').value")]).toEqual([1, 1]);
  });

  test('is one that was given up, too', async () => {
    const folder = aModuleFolder({ 'a.ts': 'await (globalThis.wait ?? 0); export const value = 1' });
    onTestFinished(() => void Reflect.deleteProperty(globalThis, 'wait'));
    Reflect.set(globalThis, 'wait', new Promise(() => {}));
    void folder.value('./a.ts');
    folder.modules.abandon();
    Reflect.set(globalThis, 'wait', 0);
    expect(await folder.value('./a.ts')).toBe(1);
  });
});

describe('require', () => {
  test('loads an edited CommonJS module and its importers anew, and leaves the others', async () => {
    const folder = aModuleFolder({
      'top.cjs': "exports.value = require('./low.cjs').low * 10; exports.other = require('./other.cjs')",
      'second.cjs': "exports.value = require('./low.cjs').low * 100",
      'low.cjs': 'exports.low = 1',
      'other.cjs': 'module.exports = {}',
    });
    const run = "const t = require('./top.cjs'); return [t.value, require('./second.cjs').value, t.other]";
    const [, , other] = (await folder.cell(run)) as unknown[];
    folder.write({ 'low.cjs': 'exports.low = 2' });
    const after = (await folder.cell(run)) as unknown[];
    expect(after.slice(0, 2)).toEqual([20, 200]);
    expect(after[2]).toBe(other);
  });

  test('of a CommonJS module and its import agree', async () => {
    const folder = aModuleFolder({ 'a.cjs': 'exports.value = { n: 1 }' });
    const run = "return [(await import('./a.cjs')).value, require('./a.cjs').value]";
    await folder.cell(run);
    folder.write({ 'a.cjs': 'exports.value = { n: 2 }' });
    const [imported, required] = (await folder.cell(run)) as unknown[];
    expect(imported).toEqual({ n: 2 });
    expect(required).toBe(imported);
  });

  test.each(['a.ts', 'a.mts', 'a.mjs', 'a.js'])(
    'loads the edited ES module %s anew, the same as its import',
    async (name) => {
      const folder = aModuleFolder({ [name]: 'export const value = { n: 1 }; export default 5' });
      const run = `return [require('./${name}').value, (await import('./${name}')).value, require('./${name}').default]`;
      await folder.cell(run);
      folder.write({ [name]: 'export const value = { n: 2 }; export default 6' });
      const [required, imported, byDefault] = (await folder.cell(run)) as unknown[];
      expect([required, byDefault]).toEqual([{ n: 2 }, 6]);
      expect(imported).toBe(required);
    },
  );

  test('loads an ES module with an edited import anew', async () => {
    const folder = aModuleFolder({ 'a.mts': "export { value } from './b.mts'", 'b.mts': 'export const value = 1' });
    expect(await folder.cell("return require('./a.mts').value")).toBe(1);
    folder.write({ 'b.mts': 'export const value = 2' });
    expect(await folder.cell("return require('./a.mts').value")).toBe(2);
  });

  test('loads CommonJS in TypeScript anew', async () => {
    const folder = aModuleFolder({ 'a.cts': 'exports.value = 1 as number', 'package.json': '{}' });
    expect(await folder.cell("return require('./a.cts').value")).toBe(1);
    folder.write({ 'a.cts': 'exports.value = 2 as number' });
    expect(await folder.cell("return require('./a.cts').value")).toBe(2);
  });

  test('is taken along by an ES module that is imported', async () => {
    const folder = aModuleFolder({
      'a.mjs': "export { value } from './b.cjs'",
      'b.cjs': "exports.value = require('./c.cjs').c",
    });
    folder.write({ 'c.cjs': 'exports.c = 1' });
    expect(await folder.value('./a.mjs')).toBe(1);
    folder.write({ 'c.cjs': 'exports.c = 2' });
    expect(await folder.value('./a.mjs')).toBe(2);
  });

  test('of a module that an ES module has linked, and not evaluated yet, evaluates it', async () => {
    const folder = aModuleFolder({
      'a.mjs': "import { b } from './b.cjs'; import { c } from './c.cjs'; export const value = b + c",
      'b.cjs': "exports.b = require('./c.cjs').c * 10",
      'c.cjs': 'exports.c = 1',
    });
    await folder.cell("require('./b.cjs')");
    folder.write({ 'c.cjs': 'exports.c = 2' });
    expect(await folder.value('./a.mjs')).toBe(22);
  });

  test('has what `require` has', async () => {
    const folder = aModuleFolder({ 'a.cjs': '' });
    expect(await folder.cell("return [require.resolve('./a.cjs'), typeof require.cache]")).toEqual([
      join(folder.folder, 'a.cjs'),
      'object',
    ]);
  });
});

test('Node’s loader is left alone by cells that import nothing', async () => {
  const folder = aModuleFolder({});
  await folder.cell('return require("node:path").sep');
  expect(folder.modules.loadedFiles()).toEqual([]);
});
