import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAlive, TestClient } from '../../support/kernel-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

/** Each prints `begun` where the interrupt is to hit it. */
const cases = [
  ['a loop', 'console.log("begun"); while (true) {}'],
  ['a loop that catches', 'console.log("begun"); for (;;) { try { while (true) {} } catch {} }'],
  ['a loop behind an `await`', 'await 1; console.log("begun"); for (;;);'],
  [
    'a regular expression that never ends',
    'console.log("begun"); const endless = /^(a+)+$/.test("a".repeat(40) + "b")',
  ],
  ['Atomics.wait', 'console.log("begun"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'],
  ['a pending `await`', 'console.log("begun"); await new Promise(() => {})'],
  ['a loop of `await`s', 'console.log("begun"); for (;;) await null'],
  ['a loop of `await`s that catches', 'console.log("begun"); for (;;) try { await null } catch {}'],
  ['a storm of microtasks', 'console.log("begun"); await (async () => { for (;;) await null })()'],
  [
    'a storm of process.nextTick',
    'process.nextTick(function again() { process.nextTick(again) }); console.log("begun"); await new Promise(() => {})',
  ],
  ['a loop in a timer', 'setTimeout(() => { console.log("begun"); for (;;); }, 1); await new Promise(() => {})'],
  ['a loop in setImmediate', 'setImmediate(() => { console.log("begun"); for (;;); }); await new Promise(() => {})'],
  [
    'a loop in a promise callback',
    'void Promise.resolve().then(() => { console.log("begun"); for (;;); }); await new Promise(() => {})',
  ],
  [
    'a loop in a file callback',
    'import { readFile } from "node:fs"; readFile("/", () => { console.log("begun"); for (;;); }); await new Promise(() => {})',
  ],
  [
    'a retry loop',
    'console.log("begun"); for (;;) { try { await new Promise((resolve) => setTimeout(resolve, 5)); console.log("try") } catch {} }',
  ],
  [
    'a retry loop in a function',
    'console.log("begun"); await (async () => { for (;;) { await new Promise((r) => setTimeout(r, 5)); console.log("try") } })()',
  ],
  [
    'a timer that prints',
    'console.log("begun"); setInterval(() => console.log("tick"), 5); await new Promise(() => {})',
  ],
  ['a command', '!echo begun; sleep 100'],
  ['a command in a function', 'await (async () => {\n!echo begun; sleep 100; echo no\n})()'],
] as const;

describe('an interrupt_request', () => {
  test.each(cases)('ends %s', async (_what, code) => {
    const request = await client.sendCell(code);
    await client.until(() => client.printedBy(request) !== '');
    await client.interrupt();
    const { reply } = await client.resultOf(request);
    const printedThen = client.printedBy(request);
    expect(reply).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
    expect((await client.execute('1 + 1')).shown).toBe('2');
    // Long enough for what has survived to print something.
    await wait(100);
    expect(client.printedBy(request)).toBe(printedThen);
  });

  test('aborts the cells behind', async () => {
    const request = await client.sendCell('console.log("begun"); await new Promise(() => {})');
    const behind = await client.sendCell('1');
    await client.until(() => client.printedBy(request) !== '');
    await client.interrupt();
    expect((await client.resultOf(behind)).reply).toMatchObject({ status: 'aborted' });
  });

  test('is answered when nothing runs, and leaves the next cell alone', async () => {
    await client.interrupt();
    expect((await client.execute('await 1; 2')).shown).toBe('2');
  });

  test('publishes an error, before idle', async () => {
    const request = await client.sendCell('console.log("begun"); await new Promise(() => {})');
    await client.until(() => client.printedBy(request) !== '');
    await client.interrupt();
    const { published } = await client.resultOf(request);
    expect(published.slice(-2)).toMatchObject([
      { header: { msg_type: 'error' }, content: { ename: 'KeyboardInterrupt' } },
      { content: { execution_state: 'idle' } },
    ]);
  });

  test('ends what a command has started, too', async () => {
    const request = await client.sendCell('!sleep 100 & echo $!; wait');
    await client.until(() => client.printedBy(request) !== '');
    await client.interrupt();
    await client.resultOf(request);
    await expect.poll(() => isAlive(Number(client.printedBy(request))), { timeout: 10_000 }).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('SIGINT', () => {
  test.each([
    ['a loop', 'console.log("begun"); while (true) {}'],
    ['a loop that catches', 'console.log("begun"); try { while (true) {} } catch {}'],
    ['a pending `await`', 'console.log("begun"); await new Promise(() => {})'],
    ['a command', '!echo begun; sleep 100'],
  ])('ends %s', async (_what, code) => {
    const request = await client.sendCell(code);
    await client.until(() => client.printedBy(request) !== '');
    // Node loses a signal that comes in the instant in which it changes hands: when the cell's script has just returned.
    await wait(100);
    process.kill(client.process.pid, 'SIGINT');
    expect((await client.resultOf(request)).reply).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test('leaves a kernel alone that does nothing', async () => {
    process.kill(client.process.pid, 'SIGINT');
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });
});
