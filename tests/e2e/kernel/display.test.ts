import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CellResult, TestClient } from '../../support/kernel-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

/** Returns the displays of a cell: type of message, data and more. */
function displays({ published }: CellResult): ReadonlyArray<Readonly<Record<string, unknown>>> {
  return published
    .filter(({ header }) => /display_data|execute_result|clear_output/.test(header.msg_type))
    .map(({ header, content }) => ({ type: header.msg_type, ...content }));
}

describe('a kernel', () => {
  test('shows a table as HTML and as text', async () => {
    const [result] = displays(await client.execute('[{ a: 1, b: "<x>" }]'));
    expect(result).toMatchObject({
      type: 'execute_result',
      data: { 'text/plain': "[ { a: 1, b: '<x>' } ]", 'text/html': expect.stringContaining('&lt;x&gt;') },
    });
  });

  test('shows what a tag makes, with what is said of it', async () => {
    const [first, second] = displays(
      await client.execute('display(html`<b>${"<"}</b>`); json([1], { expanded: true })'),
    );
    expect(first).toMatchObject({ type: 'display_data', data: { 'text/html': '<b>&lt;</b>' } });
    expect(second).toMatchObject({
      type: 'execute_result',
      data: { 'application/json': [1] },
      metadata: { 'application/json': { expanded: true } },
    });
  });

  test('updates a display from a later cell', async () => {
    const [first] = displays(await client.execute('const handle = display(1); handle'));
    const later = displays(await client.execute('handle.update(2)'));
    const transient = first!['transient'];
    expect(later).toMatchObject([{ type: 'update_display_data', data: { 'text/plain': '2' }, transient }]);
  });

  test('clears the output of a cell', async () => {
    const shown = displays(await client.execute('clearOutput({ wait: true }); console.clear(); clearOutput()'));
    expect(shown.map(({ wait }) => wait)).toEqual([true, false, false]);
  });

  test('draws a progress bar that updates in its place', async () => {
    const shown = displays(await client.execute('for (const i of progress(3, { label: "steps" })) i; undefined'));
    expect(shown).toMatchObject([
      { type: 'display_data', data: { 'text/plain': 'steps: 0 of 3 (0 %)' } },
      { type: 'update_display_data', data: { 'text/plain': expect.stringMatching(/^steps: 3 of 3 \(100 %\), /) } },
    ]);
  });

  test('passes a hundred megabytes on that are displayed', async () => {
    const cell = 'const text = "x".repeat(1e8); display({ "text/html": text, "text/plain": "" }, { raw: true })';
    const [shown] = displays(await client.execute(cell));
    expect((shown!['data'] as Record<string, string>)['text/html']!.length).toBe(1e8);
  });

  test.each([
    ['a hundred megabytes of text', '"x".repeat(1e8)'],
    ['ten million numbers', 'Array.from({ length: 1e7 }, (_, i) => i)'],
    ['a million records', 'Array.from({ length: 1e6 }, (_, i) => ({ i }))'],
    ['a thousand by a thousand numbers', 'Array.from({ length: 1000 }, () => new Array(1000).fill(1))'],
  ])('shows the beginning of %s, and says how to see all', async (_what, cell) => {
    const { shown } = await client.execute(cell);
    expect(shown).toContain('display(value, { all: true }) shows all');
    expect(String(shown).length).toBeLessThan(100_000);
  });

  test.each([
    ['a display method that throws', '({ [Symbol.for("Jupyter.display")]() { throw new Error("no") } })', 'error'],
    ['a getter that throws', '({ get outerHTML() { throw new Error("no") } })', 'ok'],
    ['a proxy that throws', 'new Proxy({}, { get() { throw new Error("no") } })', 'ok'],
    ['a function in a bundle', 'display({ "application/json": { f() {} } }, { raw: true })', 'ok'],
    ['a symbol', 'Symbol("s")', 'ok'],
  ])('goes on after %s', async (_what, cell, status) => {
    expect((await client.execute(cell)).reply).toMatchObject({ status });
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test('shows an error with its causes, without frames of the kernel', async () => {
    const { shown } = await client.execute('const make = () => new Error("no", { cause: new Error("why") })\nmake()');
    expect(shown).toMatch(/^Error: no\n {4}at make \(.*cell-\d+\.ts:1:\d+\)\n.* \{\n {2}\[cause\]: Error: why\n/);
    expect(shown).not.toMatch(/kernel\/runtime|node:/);
  });

  test.each([
    ['table', 'console.table([{ a: 1 }])', '│ 0       │ 1 │'],
    ['dir', 'console.dir({ a: { b: 1 } }, { depth: 0 })', '{ a: [Object] }\n'],
    ['group', 'console.group("g"); console.log("in"); console.groupEnd(); console.log("out")', 'g\n  in\nout\n'],
  ])('prints what console.%s prints', async (_method, cell, text) => {
    expect((await client.execute(cell)).stdout).toContain(text);
  });
});

describe('a notebook made for tslab', () => {
  test.each([
    [
      'a namespace import',
      'import * as tslab from "tslab"; tslab.display.html("<b>1</b>")',
      { 'text/html': '<b>1</b>' },
    ],
    ['a named import', 'import { display as show } from "tslab"; show.markdown("*2*")', { 'text/markdown': '*2*' }],
    ['require', 'const { display: old } = require("tslab"); old.svg("<svg/>")', { 'image/svg+xml': '<svg/>' }],
    ['import()', '(await import("tslab")).display.text("4")', { 'text/plain': '4' }],
    [
      'an import that hides `display`',
      'import { display } from "tslab"; display.png(new Uint8Array([1]))',
      { 'image/png': 'AQ==' },
    ],
    ['the later cell', 'display.raw("text/latex", "$x$")', { 'text/latex': '$x$' }],
  ])('finds tslab by %s', async (_how, cell, data) => {
    expect(displays(await client.execute(cell))).toMatchObject([{ type: 'display_data', data }]);
  });

  test('finds it where the package is not installed, too', async () => {
    const elsewhere = await TestClient.start(temporaryFolder());
    const [shown] = displays(await elsewhere.execute('import { display } from "tslab"; display.text("here")'));
    await elsewhere.close();
    expect(shown).toMatchObject({ data: { 'text/plain': 'here' } });
  });

  test('updates one place', async () => {
    const cell = 'import { newDisplay } from "tslab"; const d = newDisplay(); d.html("a"); d.html("b")';
    const [first, second] = displays(await client.execute(cell));
    expect([first!['type'], second!['type']]).toEqual(['display_data', 'update_display_data']);
    expect(second!['transient']).toEqual(first!['transient']);
  });
});

describe("a notebook made for Deno's kernel", () => {
  test.each([
    ['a tag', 'const { html, md } = Deno.jupyter; html`<b>${"<i>"}</b>`', { 'text/html': '<b><i></b>' }],
    ['Markdown', 'md`# ${1}`', { 'text/markdown': '# 1' }],
    ['display', 'await Deno.jupyter.display({ "text/html": "x" }, { raw: true })', { 'text/html': 'x' }],
    ['the symbol', '({ [Deno.jupyter.$display]: () => ({ "text/plain": "mine" }) })', { 'text/plain': 'mine' }],
    [
      'broadcast',
      'await Deno.jupyter.broadcast("display_data", { data: { "text/plain": "5" } })',
      { 'text/plain': '5' },
    ],
  ])('shows values by %s', async (_how, cell, data) => {
    expect(displays(await client.execute(cell))).toMatchObject([{ data }]);
  });

  test('is alone in seeing Deno: packages look there to know where they run', async () => {
    const cell =
      '[typeof Deno, typeof globalThis.Deno, new Function("return typeof Deno")(), "Deno" in globalThis].join()';
    expect((await client.execute(cell)).shown).toBe("'object,undefined,undefined,false'");
  });

  test('may call something else Deno', async () => {
    expect((await client.execute('const Deno = { mine: 1 }; Deno.mine')).shown).toBe('1');
  });
});
