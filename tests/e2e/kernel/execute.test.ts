import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'labmill-test-')));
let client: TestClient;

beforeAll(async () => {
  writeFileSync(
    join(folder, 'values.ts'),
    'export const one: number = 1;\nexport function fail(): never { throw new Error("in a module"); }\n',
  );
  client = await TestClient.start(folder);
});

afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true });
});

describe('a cell', () => {
  test('shows its value, prints and keeps its names', async () => {
    const { shown, stdout, stderr } = await client.execute(
      'const kept: number = 1\nconsole.log("out"); console.error("err"); kept + 1',
    );
    expect([shown, stdout, stderr]).toEqual(['2', 'out\n', 'err\n']);
    expect((await client.execute('let kept = 5; kept')).shown).toBe('5');
  });

  test('shows nothing for the handle that `display` returns', async () => {
    const { shown, published } = await client.execute('display(1)');
    expect(shown).toBeUndefined();
    expect(published.filter(({ header }) => header.msg_type === 'display_data')).toHaveLength(1);
  });

  test('awaits', async () => {
    expect((await client.execute('await new Promise((resolve) => setTimeout(resolve, 5, "later"))')).shown).toBe(
      "'later'",
    );
  });

  test('imports modules of its folder and of Node', async () => {
    expect(
      (
        await client.execute(
          "import { one } from './values.ts'\nimport { basename } from 'node:path'\nbasename('a/b') + one",
        )
      ).shown,
    ).toBe("'b1'");
  });

  test('imports packages that are ES modules', async () => {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const zod = JSON.stringify(import.meta.resolve('zod'));
    expect((await client.execute(`import { z } from ${zod}\nz.number().parse(3)`)).shown).toBe('3');
  });

  test('knows `require`, and where it is', async () => {
    const { shown } = await client.execute('[require("node:path").basename("a/b"), import.meta.dirname]');
    expect(shown).toBe(`[ 'b', '${folder}' ]`);
  });

  test('displays, updates and clears', async () => {
    const { published } = await client.execute(
      'const shown = display(1, { id: "a" }); shown.update(2); clearOutput({ wait: true }); null',
    );
    const types = published.map(({ header }) => header.msg_type);
    expect(types).toEqual(
      expect.arrayContaining(['display_data', 'update_display_data', 'clear_output', 'execute_result']),
    );
    expect(published.find(({ header }) => header.msg_type === 'update_display_data')?.content).toMatchObject({
      data: { 'text/plain': '2' },
      transient: { display_id: 'a' },
    });
  });

  test('answers user expressions', async () => {
    const { reply } = await client.execute('const four = 4', {
      user_expressions: { sum: 'four + 1', wrong: 'nowhere' },
    });
    expect(reply['user_expressions']).toMatchObject({
      sum: { status: 'ok', data: { 'text/plain': '5' } },
      wrong: { status: 'error', ename: 'ReferenceError' },
    });
  });

  test('is published even to who waits for another client’s cell', async () => {
    const other = await TestClient.start(folder);
    try {
      expect((await other.execute('typeof kept')).shown).toBe("'undefined'");
    } finally {
      await other.close();
    }
  });
});

describe('an error', () => {
  test('points at the line of its cell and leads through functions of other cells', async () => {
    await client.execute('function thrower(n: number) {\n  throw new TypeError(`bad ${n}`)\n}');
    const traceback = await client.tracebackOf('const n = 3\n\nthrower(n)');
    expect(traceback).toMatch(/^TypeError: bad 3\nCell \[\d+\], line 2:\n/);
    expect(traceback).toContain('--> 2 |   throw new TypeError(`bad ${n}`)');
    expect(traceback).toMatch(/at thrower \(Cell \[\d+\]:2:9\)\n {4}at Cell \[\d+\]:3:1$/);
  });

  test('of an awaited function points at both', async () => {
    const traceback = await client.tracebackOf(
      'async function later() {\n  await 1\n  throw new Error("late")\n}\nawait later()',
    );
    expect(traceback).toMatch(/line 3:[^]*at later \(Cell \[\d+\]:3:9\)\n {4}at async Cell \[\d+\]:5:/);
  });

  test('of a module names its file', async () => {
    expect(await client.tracebackOf("import { fail } from './values.ts'\nfail()")).toMatch(
      /line 2:[^]*at fail \(.*values\.ts:2:\d+\)/,
    );
  });

  test.each([
    ['that is not there', "1\nimport { a } from './nowhere.ts'", /Cannot find module[^]*line 2:\n {4}1 \| 1\n--> 2/],
    ['without the name', "1\nimport { a } from './values.ts'", /does not provide an export named 'a'[^]*line 2:/],
  ])('of an import %s points at the import', async (_what, code, traceback) => {
    expect(await client.tracebackOf(code)).toMatch(traceback);
  });

  test.each([
    ['of TypeScript', 'let a = 1\nlet b = ;', '--> 2 | let b = ;\n      |         ^'],
    ['that only V8 finds', '1\nconst expression = /(/', '--> 2 | const expression = /(/'],
  ])('of syntax %s points at it', async (_what, code, excerpt) => {
    const traceback = await client.tracebackOf(code);
    expect(traceback).toMatch(/^SyntaxError: /);
    expect(traceback).toContain(excerpt);
  });

  test('shows its causes', async () => {
    expect(await client.tracebackOf('throw new Error("outer", { cause: new Error("inner") })')).toMatch(
      /Error: outer[^]*caused by:\nError: inner/,
    );
  });
});

describe('what a cell has left behind', () => {
  test('prints as part of its cell', async () => {
    const request = await client.sendCell('setTimeout(() => console.log("late"), 50)');
    await client.resultOf(request);
    const other = await client.sendCell('await new Promise((resolve) => setTimeout(resolve, 200))');
    await client.resultOf(other);
    await client.until(() => client.printedBy(request) === 'late\n');
    expect(client.printedBy(other)).toBe('');
  });

  test.each([
    ['a timer that throws', 'setTimeout(() => { throw new Error("on its own") }, 5)'],
    ['a rejection that nobody handles', 'void Promise.reject(new Error("on its own"))'],
    ['a late rejection', 'void (async () => { await 1; throw new Error("on its own") })()'],
  ])('fails as part of its cell and does not kill the kernel: %s', async (_what, code) => {
    const request = await client.sendCell(`1\n${code}`);
    await client.resultOf(request);
    await client.until(() => client.printedBy(request, 'stderr').includes('on its own'));
    expect(stripVTControlCharacters(client.printedBy(request, 'stderr'))).toMatch(
      /Error: on its own\nCell \[\d+\], line 2:/,
    );
    expect((await client.execute('1')).shown).toBe('1');
  });
});

describe('a command', () => {
  test('streams what it prints as it comes', async () => {
    const request = await client.sendCell('!echo first; sleep 0.5; echo second');
    await client.until(() => client.printedBy(request) === 'first\n');
    expect(client.about(request).some(({ content }) => content['execution_state'] === 'idle')).toBe(false);
    expect((await client.resultOf(request)).stdout).toBe('first\nsecond\n');
  });

  test('runs on the kernel’s own Node', async () => {
    const { stdout, shown } = await client.execute('!node -v\nprocess.version');
    expect(shown).toBe(`'${stdout.trim()}'`);
  });

  test('follows %cd', async () => {
    const { stdout } = await client.execute('%cd /\n!pwd');
    expect(stdout).toBe('/\n/\n');
    expect((await client.execute(`%cd ${folder}\nprocess.cwd()`)).shown).toBe(`'${folder}'`);
  });
});
