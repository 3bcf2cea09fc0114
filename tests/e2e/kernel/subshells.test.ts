import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';

let client: TestClient;
let subshell: string;

beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(async () => {
  subshell = await client.createSubshell();
});
afterAll(() => client.close());

const waits = 'let release; console.log("begun"); await new Promise((resolve) => { release = resolve })';

describe('a subshell', () => {
  test('is told of by kernel_info, and listed', async () => {
    const info = await client.ask('kernel_info_request');
    expect(info['supported_features']).toContain('kernel subshells');
    expect((await client.ask('list_subshell_request', {}, 'control'))['subshell_id']).toContain(subshell);
  });

  test('runs cells while one of the main shell awaits, in the same notebook', async () => {
    const main = await client.sendCell(waits);
    await client.until(() => client.printedBy(main) === 'begun\n');
    const child = await client.resultOf(await client.sendCell('release(); typeof release', {}, subshell));
    expect(child.shown).toBe("'function'");
    expect((await client.resultOf(main)).reply).toMatchObject({ status: 'ok' });
  });

  test('runs its cells one after another', async () => {
    const first = await client.sendCell(waits, {}, subshell);
    const second = await client.sendCell('console.log("second")', {}, subshell);
    await client.until(() => client.printedBy(first) === 'begun\n');
    expect(client.about(second)).toEqual([]);
    await client.execute('release()');
    expect((await client.resultOf(second)).stdout).toBe('second\n');
  });

  test('waits while a cell of the main shell computes', async () => {
    const main = await client.sendCell(
      'console.log("begun"); const end = Date.now() + 300; while (Date.now() < end); globalThis.computed = true',
    );
    await client.until(() => client.printedBy(main) === 'begun\n');
    const child = await client.resultOf(await client.sendCell('globalThis.computed', {}, subshell));
    expect(child.shown).toBe('true');
  });

  test('keeps the outputs of cells that run at a time apart', async () => {
    const code =
      'for (let i = 0; i < 50; i++) { console.log(NAME); await new Promise((resolve) => setTimeout(resolve, 1)) }';
    const requests = [
      await client.sendCell(code.replace('NAME', '"main"')),
      await client.sendCell(code.replace('NAME', '"child"'), {}, subshell),
    ];
    const [main, child] = await Promise.all(requests.map((request) => client.resultOf(request)));
    expect(main?.stdout).toBe('main\n'.repeat(50));
    expect(child?.stdout).toBe('child\n'.repeat(50));
  });

  test('drops its own queue when a cell fails, and not that of the main shell', async () => {
    const main = await client.sendCell(waits);
    await client.until(() => client.printedBy(main) === 'begun\n');
    const behind = await client.sendCell('"main"');
    const failing = await client.sendCell('throw new Error("bad")', {}, subshell);
    const dropped = await client.sendCell('"child"', {}, subshell);
    await client.resultOf(failing);
    const then = await client.sendCell('release()', {}, subshell);
    expect((await client.resultOf(dropped)).reply).toEqual({ status: 'aborted' });
    expect((await client.resultOf(then)).reply).toMatchObject({ status: 'ok' });
    expect((await client.resultOf(behind)).shown).toBe("'main'");
  });

  test('that is deleted drops its queue; its running cell goes on, and it is unknown', async () => {
    const running = await client.sendCell(waits, {}, subshell);
    const queued = await client.sendCell('1', {}, subshell);
    await client.until(() => client.printedBy(running) === 'begun\n');
    await client.ask('delete_subshell_request', { subshell_id: subshell }, 'control');
    expect((await client.resultOf(queued)).reply).toEqual({ status: 'aborted' });
    const unknown = await client.resultOf(await client.sendCell('1', {}, subshell));
    expect(unknown.reply).toMatchObject({ status: 'error', ename: 'UnknownSubshellError' });
    await client.execute('release()');
    expect((await client.resultOf(running)).reply).toMatchObject({ status: 'ok' });
  });

  test('completes like the main shell', async () => {
    const request = await client.send('complete_request', { code: 'Math.sqr', cursor_pos: 8 }, 'shell', { subshell });
    expect((await client.replyTo(request)).content['matches']).toContain('sqrt');
  });
});

describe('an interrupt', () => {
  test.each([
    ['wait', 'await new Promise(() => {})', 'await new Promise(() => {})'],
    ['compute', 'for (;;);', 'await new Promise(() => {})'],
    ['compute behind an `await`', 'await new Promise(() => {})', 'await 1; for (;;);'],
  ])('ends the cells of all shells when they %s', async (_what, main, child) => {
    const requests = [
      await client.sendCell(`console.log("begun"); ${child}`, {}, subshell),
      await client.sendCell(`console.log("begun"); ${main}`),
    ];
    await client.until(() => requests.some((request) => client.printedBy(request) !== ''));
    await client.interrupt();
    const replies = await Promise.all(requests.map(async (request) => (await client.resultOf(request)).reply));
    expect(replies).toMatchObject([{ ename: 'KeyboardInterrupt' }, { ename: 'KeyboardInterrupt' }]);
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });
});
