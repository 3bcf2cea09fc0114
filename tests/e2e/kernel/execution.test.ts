import { setTimeout as wait } from 'node:timers/promises';
import type { JupyterMessage } from 'labmill/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CellResult, TestClient } from '../../support/kernel-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

/** Sends cells right behind one another. */
async function sendAll(codes: readonly string[]): Promise<JupyterMessage[]> {
  const requests = [];
  for (const code of codes) requests.push(await client.sendCell(code));
  return requests;
}

/** Resolves when all cells have ended. */
async function resultsOf(requests: readonly JupyterMessage[]): Promise<CellResult[]> {
  // All who wait look at all messages whenever one comes: so only one waits.
  await client.resultOf(requests.at(-1)!);
  return Promise.all(requests.map((request) => client.resultOf(request)));
}

/** Interrupts a cell that has printed something, and returns it when it has ended. */
async function interrupted(code: string): Promise<CellResult> {
  const request = await client.sendCell(code);
  await client.until(() => client.printedBy(request) !== '');
  await client.interrupt();
  return client.resultOf(request);
}

describe('a cell that fails', () => {
  test.each([
    ['that throws', 'throw new Error("bad")'],
    ['that does not compile', 'let a = ;'],
    ['that throws later', 'await new Promise((resolve) => setTimeout(resolve, 50)); throw new Error("bad")'],
  ])('drops what was sent with it: one %s', async (_what, code) => {
    const [failing, ...behind] = await resultsOf(await sendAll([code, ...Array<string>(20).fill('1')]));
    expect(failing?.reply).toMatchObject({ status: 'error' });
    expect(behind.map(({ reply }) => reply)).toEqual(behind.map(() => ({ status: 'aborted' })));
  });

  test('does not drop what is sent when it is idle', async () => {
    await client.execute('throw new Error("bad")');
    expect((await client.execute('1')).shown).toBe('1');
  });
});

describe('user expressions', () => {
  const evaluate = async (expression: string, options: Record<string, unknown> = {}): Promise<unknown> => {
    const { reply } = await client.execute('const two = 2', { user_expressions: { it: expression }, ...options });
    return (reply['user_expressions'] as Record<string, unknown>)['it'];
  };

  test.each([
    ['a name of the cell', 'two', '2'],
    ['an `await`', 'await Promise.resolve(two + 1)', '3'],
    ['undefined', 'undefined', 'undefined'],
  ])('may be %s', async (_what, expression, shown) => {
    expect(await evaluate(expression)).toEqual({ status: 'ok', data: { 'text/plain': shown }, metadata: {} });
  });

  test('show themselves as results do', async () => {
    const expression =
      '({ [Symbol.for("Jupyter.display")]: async () => ({ "text/html": "<b>2</b>", "text/plain": "2" }) })';
    expect(await evaluate(expression)).toMatchObject({ data: { 'text/html': '<b>2</b>', 'text/plain': '2' } });
  });

  test.each([
    ['that throw', 'nowhere', 'ReferenceError', 'nowhere is not defined'],
    ['that do not compile', '(', 'SyntaxError', expect.any(String)],
  ])('%s are answered with the error alone', async (_what, expression, ename, evalue) => {
    const answer = await evaluate(expression);
    expect(answer).toEqual({ status: 'error', ename, evalue, traceback: [expect.stringContaining(ename)] });
  });

  test('are evaluated for silent cells, too', async () => {
    expect(await evaluate('two', { silent: true })).toMatchObject({ status: 'ok' });
  });

  test('are not evaluated when the cell fails', async () => {
    const { reply } = await client.execute('throw new Error("bad")', {
      user_expressions: { it: 'globalThis.reached = true' },
    });
    expect(reply['user_expressions']).toEqual({});
    expect((await client.execute('typeof reached')).shown).toBe("'undefined'");
  });

  test('can be interrupted, and those behind are not evaluated', async () => {
    const request = await client.sendCell('1', {
      user_expressions: { a: 'console.log("begun"), await new Promise(() => {})', b: 'globalThis.reached = true' },
    });
    await client.until(() => client.printedBy(request) !== '');
    await client.interrupt();
    expect((await client.resultOf(request)).reply).toMatchObject({ ename: 'KeyboardInterrupt' });
    expect((await client.execute('typeof reached')).shown).toBe("'undefined'");
  });
});

describe('an interrupted cell', () => {
  test('runs its `finally` at once, and prints in it', async () => {
    const { stdout, reply } = await interrupted(
      'console.log("begun"); try { await new Promise(() => {}) } finally { await 1; console.log("closed") }',
    );
    expect(stdout).toBe('begun\nclosed\n');
    expect(reply).toMatchObject({ ename: 'KeyboardInterrupt' });
  });

  test('may catch the interrupt, and succeeds then', async () => {
    const { shown, reply } = await interrupted(
      'console.log("begun"); try { await new Promise(() => {}) } catch (error) {}\n"stopped"',
    );
    expect([shown, reply['status']]).toEqual(["'stopped'", 'ok']);
  });

  test('may wait in its `finally`, also longer than the kernel waits for it', async () => {
    await interrupted(
      'console.log("begun"); try { await new Promise(() => {}) } finally { await new Promise((resolve) => setTimeout(resolve, 60)); globalThis.closed = true }',
    );
    await wait(100);
    expect((await client.execute('closed')).shown).toBe('true');
  });

  test.each([
    [
      'a `for await`',
      'void 0; for await (const _ of (async function* () { for (;;) yield await new Promise((r) => setTimeout(r, 2)) })()) { STEP }',
    ],
    [
      'a function that sleeps and goes on',
      'void (async () => { for (;;) { await new Promise((r) => setTimeout(r, 2)); STEP } })()',
    ],
    [
      'one that sleeps as Node’s promises do',
      'import { setTimeout as sleep } from "node:timers/promises"; void (async () => { for (;;) { await sleep(2); STEP } })()',
    ],
    ['a setInterval', 'setInterval(() => { STEP }, 2)'],
    ['a chain of setImmediate', '(function again() { STEP; setImmediate(again) })()'],
  ])('leaves nothing that goes on: %s', async (_what, code) => {
    await interrupted(
      `globalThis.steps = 0; ${code.replace('STEP', 'if (++steps === 3) console.log("begun")')}; await new Promise(() => {})`,
    );
    const { shown } = await client.execute(
      'const before = steps; await new Promise((r) => setTimeout(r, 50)); [steps - before, before >= 3]',
    );
    expect(shown).toBe('[ 0, true ]');
  });

  test('leaves the values that its loop has changed', async () => {
    await interrupted('let rounds = 0, twice = 0; console.log("begun"); for (;;) { rounds++; twice += 2 }');
    expect((await client.execute('[rounds > 1000, twice === 2 * rounds]')).shown).toBe('[ true, true ]');
  });

  test('does not stop the timers of other cells', async () => {
    await client.execute('globalThis.ticks = 0; const ticking = setInterval(() => { ticks++ }, 2)');
    await interrupted('console.log("begun"); await new Promise(() => {})');
    const { shown } = await client.execute(
      'const now = ticks; await new Promise((r) => setTimeout(r, 100)); clearInterval(ticking); ticks > now',
    );
    expect(shown).toBe('true');
  });
});

describe('late output', () => {
  test('of a hundred cells keeps its parents', async () => {
    const codes = Array.from({ length: 100 }, (_, i) => `setTimeout(() => console.log("late ${i}"), 300)`);
    const requests = await sendAll(codes);
    await client.until(() => requests.every((request) => client.printedBy(request) !== ''));
    expect(requests.map((request) => client.printedBy(request))).toEqual(codes.map((_, i) => `late ${i}\n`));
  });
});

describe('1,000 cells in the queue', () => {
  test('run in their order, and each is answered', async () => {
    const codes = Array.from({ length: 1000 }, (_, i) => String(i));
    const results = await resultsOf(await sendAll(codes));
    expect(results.map(({ shown }) => shown)).toEqual(codes);
    const counts = results.map(({ reply }) => Number(reply['execution_count']));
    expect(counts).toEqual(counts.map((_, i) => counts[0]! + i));
  });

  test('are all dropped when the first one fails', async () => {
    const subshell = await client.createSubshell();
    const first = 'await new Promise((resolve) => { globalThis.fail = resolve }); throw 1';
    const [failing, ...behind] = await sendAll([first, ...Array<string>(999).fill('1')]);
    await client.sendCell('fail()', {}, subshell);
    expect((await client.resultOf(failing!)).reply).toMatchObject({ status: 'error' });
    expect((await resultsOf(behind)).filter(({ reply }) => reply['status'] !== 'aborted')).toEqual([]);
  });
});
