import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'labmill-test-')));
let client: TestClient;

beforeAll(async () => {
  client = await TestClient.start(folder);
});

afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

/** Writes a file of the notebook's folder. */
function write(name: string, text: string): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}

test('a module outside of the notebook’s folder is imported as it is', async () => {
  write('shared/values.ts', 'export const one: number = 1');
  mkdirSync(join(folder, 'notebooks'));
  const inside = await TestClient.start(join(folder, 'notebooks'));
  onTestFinished(() => inside.close());
  expect((await inside.execute("import { one } from '../shared/values.ts'\none")).shown).toBe('1');
});

describe('a module with more than types', () => {
  const enumeration =
    'export enum Kind {\n  A,\n  B = 5,\n}\n\n// a comment\nexport function fail(): never {\n  throw new Error("no")\n}';

  test('gives its values, and its error is shown at its line', async () => {
    write('kinds.ts', enumeration);
    expect((await client.execute("import { fail, Kind } from './kinds.ts'\n[Kind.B, Kind[0]]")).shown).toBe(
      "[ 5, 'A' ]",
    );
    const traceback = await client.tracebackOf('fail()');
    expect(traceback).toMatch(/kinds\.ts, line 8:[^]*--> 8 \|   throw new Error\("no"\)[^]*at fail \(kinds\.ts:8:9\)/);
    expect((await client.execute('try { fail() } catch (error) { console.log(error) }')).stdout).toContain(
      'kinds.ts:8:9)',
    );
  });

  test('is loaded anew when it was edited', async () => {
    write('kinds.ts', enumeration.replace('B = 5', 'B = 6'));
    expect((await client.execute("import { Kind } from './kinds.ts'\nKind.B")).shown).toBe('6');
  });

  test('has decorators, and JSX in a .tsx file', async () => {
    write(
      'marked.ts',
      'const mark = (_: unknown, { name }: ClassMethodDecoratorContext) => void marks.push(name)\nexport const marks: unknown[] = []\nclass A { @mark m() {} }',
    );
    write(
      'view.tsx',
      '/** @jsx h */\nconst h = (type: string, props: { n: number }) => `${type} ${props.n}`\nexport const view = (n: number) => <b n={n} />',
    );
    const cell = "import { marks } from './marked.ts'\nimport { view } from './view.tsx'\n;[marks, view(3)]";
    expect((await client.execute(cell)).shown).toBe("[ [ 'm' ], 'b 3' ]");
  });

  test('with a mistake is shown at its line and column', async () => {
    write('mistaken.tsx', 'enum A { B }\nexport const b = <b></c>');
    expect(await client.tracebackOf("import { b } from './mistaken.tsx'")).toMatch(
      /^SyntaxError: [^]*mistaken\.tsx, line 2:\n    1 \| enum A \{ B \}\n--> 2 \| export const b = <b><\/c>\n {6}\| {23}\^/,
    );
  });
});

describe('an edited module', () => {
  test('is loaded anew by the next cell that imports it, with its importers', async () => {
    write('low.ts', 'export const low: number = 1');
    write('top.ts', "import { low } from './low.ts'\nexport const top = () => low * 10");
    const cell = "import { top } from './top.ts'\nimport { low } from './low.ts'\n;[top(), low]";
    expect((await client.execute(cell)).shown).toBe('[ 10, 1 ]');
    write('low.ts', 'export const low: number = 2');
    expect((await client.execute('[top(), low]')).shown).toBe('[ 10, 1 ]');
    expect((await client.execute(cell)).shown).toBe('[ 20, 2 ]');
  });

  test.each(['traced.ts', 'traced.mjs'])(
    '%s is named by its plain path in tracebacks and in what is printed',
    async (name) => {
      write(name, 'export function fail() {}');
      await client.execute(`import { fail } from './${name}'`);
      write(name, '\nexport function fail() {\n  throw new Error("no")\n}');
      const traceback = await client.tracebackOf(`import { fail } from './${name}'\nfail()`);
      expect(traceback).toContain(`${name}, line 3:`);
      expect(traceback).toContain('--> 3 |   throw new Error("no")');
      const { stdout } = await client.execute('try { fail() } catch (error) { console.log(error) }');
      expect(stdout).toContain(`${name}:3:9)`);
      expect(traceback + stdout).not.toContain('labmill=');
    },
  );

  test.each(['wrong.mts', 'wrong.mjs'])('%s with a syntax error is shown at its line, and mended', async (name) => {
    write(name, 'export const one = 1');
    await client.execute(`await import('./${name}')`);
    write(name, 'export const one = 1\nexport const two = ;');
    expect(await client.tracebackOf(`import { two } from './${name}'`)).toMatch(
      /line 2:[^]*--> 2 \| export const two = ;/,
    );
    write(name, 'export const one = 1\nexport const two = 2');
    expect((await client.execute(`import { two } from './${name}'\ntwo`)).shown).toBe('2');
  });

  test('is required anew', async () => {
    write('r.cjs', 'exports.r = 1');
    await client.execute("require('./r.cjs').r");
    write('r.cjs', 'exports.r = 2');
    expect((await client.execute("import r = require('./r.cjs')\n;[require('./r.cjs').r, r.r]")).shown).toBe(
      '[ 2, 2 ]',
    );
  });

  test('may be JSON', async () => {
    write('d.json', '{ "n": 1 }');
    const cell = "import d from './d.json' with { type: 'json' }\nd.n";
    await client.execute(cell);
    write('d.json', '{ "n": 2 }');
    expect((await client.execute(cell)).shown).toBe('2');
  });
});

describe('an interrupt', () => {
  test.each([
    ['computes', 'console.log("begun")\nif (globalThis.go === undefined) for (;;);\nexport const value = 1'],
    [
      'waits',
      'console.log("begun")\nif (globalThis.go === undefined) await new Promise(() => {})\nexport const value = 1',
    ],
    [
      'computes behind an `await`',
      'await null; console.log("begun")\nif (globalThis.go === undefined) for (;;);\nexport const value = 1',
    ],
  ])('of an import that %s leaves the module ready for the next one', async (_what, text) => {
    write('slow.mts', text);
    write('above.mts', "export { value } from './slow.mts'");
    await client.execute('delete globalThis.go');
    const request = await client.sendCell("import { value } from './above.mts'\nvalue");
    await client.until(() => client.printedBy(request) === 'begun\n');
    await client.interrupt();
    expect((await client.resultOf(request)).reply).toMatchObject({ ename: 'KeyboardInterrupt' });
    expect((await client.execute("globalThis.go = 1\n;(await import('./above.mts')).value")).shown).toBe('1');
  });

  test('of an import of a package leaves the package ready for the next one', async () => {
    write('node_modules/slow/package.json', '{ "exports": "./slow.mjs" }');
    write(
      'node_modules/slow/slow.mjs',
      'console.log("begun")\nif (globalThis.go === undefined) for (;;);\nexport const value = 1',
    );
    await client.execute('delete globalThis.go');
    const request = await client.sendCell("import { value } from 'slow'");
    await client.until(() => client.printedBy(request) === 'begun\n');
    await client.interrupt();
    await client.resultOf(request);
    expect((await client.execute("globalThis.go = 1\n;(await import('slow')).value")).shown).toBe('1');
  });

  test('of a `require` that computes leaves the module ready for the next one', async () => {
    write('slow.cjs', 'console.log("begun")\nif (globalThis.go === undefined) for (;;);\nexports.value = 1');
    await client.execute('delete globalThis.go');
    const request = await client.sendCell("require('./slow.cjs').value");
    await client.until(() => client.printedBy(request) === 'begun\n');
    await client.interrupt();
    await client.resultOf(request);
    expect((await client.execute("globalThis.go = 1\nrequire('./slow.cjs').value")).shown).toBe('1');
  });
});

describe('%run', () => {
  test('names the line of a file that fails, and the cell that ran it', async () => {
    write(
      'runs/fails.ts',
      "import { low } from '../low.ts'\nfunction fail(): never {\n  throw new Error('no')\n}\nfail()",
    );
    expect(await client.tracebackOf('1\n%run runs/fails.ts')).toMatch(
      /^Error: no\nruns\/fails\.ts, line 3:[^]*--> 3 \|   throw[^]*Cell \[\d+\], line 2:[^]*at fail \(runs\/fails\.ts:3:9\)\n    at runs\/fails\.ts:5:1/,
    );
  });

  test.each([
    ['a syntax error', '1\nlet x = ;', /^SyntaxError: [^]*runs\/wrong\.ts, line 2:\n    1 \| 1\n--> 2 \| let x = ;/],
    [
      'an import of nothing',
      "1\nimport './nowhere.ts'",
      /Cannot find module[^]*runs\/wrong\.ts, line 2:\n    1 \| 1\n--> 2 \| import/,
    ],
  ])('shows %s in its file', async (_what, text, traceback) => {
    write('runs/wrong.ts', text);
    expect(await client.tracebackOf('%run runs/wrong.ts')).toMatch(traceback);
  });

  test('names the cell and line of a notebook that fails', async () => {
    const cell = { cell_type: 'code', metadata: {}, execution_count: null, outputs: [], source: 'const ran = 1' };
    const cells = [cell, { ...cell, source: "1\nthrow new Error('no')" }];
    write('runs/n.ipynb', JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells }));
    expect(await client.tracebackOf('%run runs/n.ipynb')).toMatch(
      /^Error: no\nruns\/n\.ipynb, cell 2, line 2:\n    1 \| 1\n--> 2 \| throw/,
    );
    expect((await client.execute('ran')).shown).toBe('1');
  });

  test('is interrupted where it computes', async () => {
    write('runs/loop.ts', "console.log('begun')\nfor (;;);");
    const request = await client.sendCell('%run runs/loop.ts');
    await client.until(() => client.printedBy(request) === 'begun\n');
    await client.interrupt();
    expect((await client.resultOf(request)).reply).toMatchObject({ ename: 'KeyboardInterrupt' });
  });

  test('leaves `require` relative to the notebook', async () => {
    write('runs/inner.cjs', 'exports.inner = 1');
    write('runs/requires.ts', "const { inner } = require('./inner.cjs')");
    expect((await client.execute("%run runs/requires.ts\n;[inner, require('./r.cjs').r]")).shown).toBe('[ 1, 2 ]');
  });
});

describe('%npm install', () => {
  test('makes a package usable in the next cell, also where its import has failed before', async () => {
    write('sources/greet/package.json', '{ "name": "greet", "version": "1.0.0", "main": "index.cjs" }');
    write('sources/greet/index.cjs', 'exports.greet = () => "hello"');
    expect(await client.tracebackOf("import { greet } from 'greet'")).toContain("Cannot find package 'greet'");
    expect(await client.tracebackOf("require('greet')")).toContain("Cannot find module 'greet'");
    const { stdout, stderr, reply } = await client.execute('%npm install --install-links ./sources/greet');
    expect(reply['status'], stderr).toBe('ok');
    expect(stdout).toMatch(/Writing .*package\.json\n[^]*added 1 package/);
    expect((await client.execute("import { greet } from 'greet'\ngreet()")).shown).toBe("'hello'");
    expect((await client.execute("require('greet').greet()")).shown).toBe("'hello'");
  });

  test('says when a package that was imported is replaced by another version', async () => {
    write('sources/greet/package.json', '{ "name": "greet", "version": "2.0.0", "main": "index.cjs" }');
    const { stderr } = await client.execute('%npm install --install-links ./sources/greet');
    expect(stderr).toContain('greet 1.0.0 has been imported already and is 2.0.0 now: restart the kernel to use that.');
  });

  test('fails the cell when npm fails', async () => {
    const { stderr, reply } = await client.execute('%npm install ./sources/nothing');
    expect(reply).toMatchObject({
      status: 'error',
      ename: 'CommandError',
      evalue: '%npm: npm ended with exit code 254',
    });
    expect(stderr).toContain('ENOENT');
    expect(existsSync(join(folder, 'node_modules/nothing'))).toBe(false);
  });

  test('is interrupted', async () => {
    write('package.json', '{ "type": "module", "scripts": { "wait": "echo begun; sleep 100" } }');
    const request = await client.sendCell('%npm run wait');
    await client.until(() => client.printedBy(request).includes('\nbegun\n'));
    await client.interrupt();
    expect((await client.resultOf(request)).reply).toMatchObject({ ename: 'KeyboardInterrupt' });
  });
});
