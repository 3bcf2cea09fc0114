import { stripVTControlCharacters } from 'node:util';
import type { JupyterMessage } from 'labmill/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CellResult, TestClient } from '../../support/kernel-client.ts';

let client: TestClient;

beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

/** Runs a cell, then others, and returns what stands on the first one's stderr when `text` does. */
async function stderrOf(code: string, text: string, ...others: readonly string[]): Promise<string> {
  const cell = await client.sendCell(code);
  await client.resultOf(cell);
  for (const other of others) await client.execute(other);
  return client.until(() => printed(cell).includes(text) && printed(cell));
}
const printed = (cell: JupyterMessage): string => stripVTControlCharacters(client.printedBy(cell, 'stderr'));

/** Runs a cell and returns its stderr, without colours, as it stands when the cell is idle. */
async function run(code: string): Promise<CellResult & { readonly said: string }> {
  const result = await client.execute(code);
  return { ...result, said: stripVTControlCharacters(result.stderr) };
}

/** Runs many cells, one after another. */
async function runMany(count: number): Promise<void> {
  let last: JupyterMessage | undefined;
  for (let i = 0; i < count; i++) last = await client.sendCell('0');
  await client.resultOf(last!);
}

describe('an error that comes later', () => {
  test.each([
    ['a timer', 'setTimeout(() => {\n  throw new Error("late") }, 20)'],
    ['an immediate', 'setImmediate(() => setTimeout(() => {\n  throw new Error("late") }))'],
    ['a callback of Node', 'process.getBuiltinModule("fs").stat(".", () => {\n  throw new Error("late") })'],
    [
      'an event',
      'const e = new (process.getBuiltinModule("events"))(); setTimeout(() => e.emit("error",\n        new Error("late")))',
    ],
    ['a promise', 'void new Promise((resolve) => setTimeout(resolve, 20)).then(() => {\n  throw new Error("late") })'],
  ])('of %s is shown under the cell that made it, with its line', async (_what, code) => {
    const said = await stderrOf(`${code}; 0`, 'at ', '1', '2');
    expect(said).toMatch(/^(Uncaught exception|Unhandled rejection):\nError: late\nCell \[\d+\], line 2:\n/);
    expect(said).toMatch(/at (.* \()?Cell \[\d+\]:2:9\)?\n$/);
  });

  test.each([
    [
      'a child that cannot start',
      'process.getBuiltinModule("child_process").spawn("/nowhere/program"); 0',
      'spawn /nowhere/program ENOENT',
    ],
    ['a worker', 'new (process.getBuiltinModule("worker_threads").Worker)("null.x", { eval: true }); 0', "reading 'x'"],
    ['null', 'process.nextTick(() => { throw null })', 'Uncaught: null'],
    [
      'a hostile value',
      'setTimeout(() => { throw new Proxy({}, { get() { throw 1 }, has() { throw 1 } }) }); 0',
      'Uncaught: {}',
    ],
  ])('may be that of %s', async (_what, code, text) => {
    expect(await stderrOf(code, text)).toMatch(/^Uncaught exception:\n/);
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test('comes while its cell is busy, if it can', async () => {
    expect((await run('void Promise.reject(new Error("at once"))')).said).toContain(
      'Unhandled rejection:\nError: at once',
    );
    expect((await run('process.nextTick(() => { throw new Error("next") }); 0')).said).toContain('Error: next');
  });

  test('does not make its cell fail, and the cell goes on', async () => {
    const { reply, stdout, said } = await run(
      'setTimeout(() => { throw new Error("x") }); await new Promise((r) => setTimeout(r, 30)); console.log("on")',
    );
    expect([reply['status'], stdout]).toEqual(['ok', 'on\n']);
    expect(said).toContain('Error: x');
  });

  test('belongs to its cell also when thousands have run since', async () => {
    const request = await client.sendCell(
      'globalThis.fire = Promise.withResolvers(); void fire.promise.then(() => { console.log("out"); throw new Error("old") })',
    );
    await client.resultOf(request);
    await runMany(2500);
    await client.execute('fire.resolve()');
    await client.until(() => printed(request).includes('Error: old'));
    expect(client.printedBy(request)).toBe('out\n');
  }, 60_000);
});

describe('a rejection', () => {
  test('that is handled a moment later is not told', async () => {
    const { said } = await run(
      'const p = Promise.reject(new Error("x")); await new Promise((r) => setTimeout(r, 5)); await p.catch(() => 1)',
    );
    expect(said).toBe('');
  });

  test('that makes the cell fail is told once', async () => {
    const { reply, said } = await run(
      'const p = Promise.reject(new Error("x")); await new Promise((r) => setTimeout(r, 5)); await p',
    );
    expect([reply['evalue'], said]).toEqual(['x', '']);
  });

  test('that is the value of a cell is shown as that, and told', async () => {
    const { shown, said } = await run('Promise.reject(new Error("x"))');
    expect(shown).toMatch(/^Promise \{\n {2}<rejected> Error: x\n {6}at .*cell-\d+\.ts:1:\d+\n\}$/);
    expect(said).toMatch(/^Unhandled rejection:\nError: x\nCell \[\d+\], line 1:/);
  });
});

describe('listeners of a cell', () => {
  test('hear what nobody has caught, and then the kernel says nothing', async () => {
    const request = await client.sendCell(
      "process.once('uncaughtException', (e) => console.log('heard', e.message)); setTimeout(() => { throw new Error('x') }); 0",
    );
    await client.resultOf(request);
    await client.until(() => client.printedBy(request) === 'heard x\n');
    await client.execute('await new Promise((r) => setTimeout(r, 80))');
    expect(printed(request)).toBe('');
  });

  test('may throw', async () => {
    const said = await stderrOf(
      "process.once('uncaughtException', () => { throw new Error('second') }); setTimeout(() => { throw new Error('first') }); 0",
      'first',
    );
    expect(said).toContain('Error: second');
  });

  test('may all be removed: the kernel still hears errors and signals', async () => {
    await client.execute('process.removeAllListeners(); 0');
    expect(await stderrOf('setTimeout(() => { throw new Error("x") }); 0', 'Error: x')).toContain('Uncaught exception');
    const cell = await client.sendCell('console.log("begun"); await new Promise(() => {})');
    await client.until(() => client.printedBy(cell) !== '');
    process.kill(client.process.pid, 'SIGINT');
    expect((await client.replyTo(cell)).content).toMatchObject({ ename: 'KeyboardInterrupt' });
  });

  test('of a domain work', async () => {
    const { stdout } = await client.execute(
      "const d = process.getBuiltinModule('domain').create(); d.on('error', (e) => console.log('domain', e.message))\n" +
        "d.run(() => setTimeout(() => { throw new Error('x') })); await new Promise((r) => setTimeout(r, 30))",
    );
    expect(stdout).toBe('domain x\n');
  });
});

describe('a warning', () => {
  test('is shown under the cell that caused it', async () => {
    const { said } = await run("process.emitWarning('careful', { code: 'W1', detail: 'More.' })");
    expect(said).toBe('[W1] Warning: careful\nMore.\n');
  });

  test('of something deprecated is one', async () => {
    expect((await run('void new Buffer(1)')).said).toContain('[DEP0005] DeprecationWarning: Buffer() is deprecated');
  });
});
