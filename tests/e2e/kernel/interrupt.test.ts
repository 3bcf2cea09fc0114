import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { JupyterMessage } from 'labmill/kernel';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { endlessCells } from '../../support/interrupt-cases.ts';
import { isAlive, TestClient } from '../../support/kernel-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
  await client.execute('const kept = 42');
  // SIGINT is heard everywhere only when the thread for it is up.
  await wait(1000);
});
afterAll(() => client.close());

/** Sends a cell and resolves when it has printed something. */
async function begin(code: string, options: Record<string, unknown> = {}): Promise<JupyterMessage> {
  const request = await client.sendCell(code, options);
  await client.until(() => client.printedBy(request) !== '');
  return request;
}

async function expectInterrupted(request: JupyterMessage): Promise<void> {
  const { reply } = await client.resultOf(request);
  const printedThen = client.printedBy(request);
  expect(reply).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
  expect((await client.execute('kept')).shown).toBe('42');
  // Long enough for what has survived to print something.
  await wait(100);
  expect(client.printedBy(request)).toBe(printedThen);
}

describe('an interrupt_request', () => {
  test.each(endlessCells)('ends %s', async (_what, code) => {
    const request = await begin(code, { allow_stdin: true });
    await client.interrupt();
    await expectInterrupted(request);
  });

  test('aborts the cells behind', async () => {
    const request = await begin('console.log("begun"); await new Promise(() => {})');
    const behind = await client.sendCell('1');
    await client.interrupt();
    expect((await client.resultOf(behind)).reply).toMatchObject({ status: 'aborted' });
    await client.resultOf(request);
  });

  test('is answered when nothing runs, and leaves the next cell alone', async () => {
    await client.interrupt();
    expect((await client.execute('await 1; 2')).shown).toBe('2');
  });

  test('publishes an error, before idle', async () => {
    const request = await begin('console.log("begun"); await new Promise(() => {})');
    await client.interrupt();
    const { published } = await client.resultOf(request);
    expect(published.slice(-2)).toMatchObject([
      { header: { msg_type: 'error' }, content: { ename: 'KeyboardInterrupt' } },
      { content: { execution_state: 'idle' } },
    ]);
  });

  test.each([
    ['a command', '!sleep 100 & echo $!; wait'],
    [
      'spawn',
      'import { spawn } from "node:child_process"\nconst { pid } = spawn("sleep", ["100"]); console.log(pid); await new Promise(() => {})',
    ],
    [
      'execSync',
      'import { execSync } from "node:child_process"\nexecSync("sleep 100 & echo $!; wait", { stdio: ["ignore", "inherit", "inherit"] })',
    ],
  ])('ends what %s has started, too', async (what, code) => {
    const request = what === 'execSync' ? await client.sendCell(`console.log("begun")\n${code}`) : await begin(code);
    await wait(200);
    await client.interrupt();
    await client.resultOf(request);
    const pid = Number(client.printedBy(request).trim().split('\n').at(-1));
    await expect.poll(() => Number.isNaN(pid) || !isAlive(pid), { timeout: 10_000 }).toBe(true);
  });

  test('leaves what an earlier cell has started alone', async () => {
    const { stdout } = await client.execute(
      'import { spawn } from "node:child_process"\nconst server = spawn("sleep", ["100"]); console.log(server.pid)',
    );
    const request = await begin('console.log("begun"); for (;;);');
    await client.interrupt();
    await client.resultOf(request);
    expect(isAlive(Number(stdout))).toBe(true);
    await client.execute('server.kill()');
  });

  test('ends a callback that an ended cell has left', async () => {
    const request = await client.sendCell('setTimeout(() => { console.log("begun"); for (;;); }, 10); 1');
    await client.until(() => client.printedBy(request) !== '');
    await client.interrupt();
    expect((await client.execute('kept')).shown).toBe('42');
  });

  test('ends a cell of a subshell', async () => {
    const request = await client.sendCell('console.log("begun"); for (;;);', {}, await client.createSubshell());
    await client.until(() => client.printedBy(request) !== '');
    await client.interrupt();
    await expectInterrupted(request);
  });

  test('ends the handler of a comm message', async () => {
    await client.execute('comms.register("endless", () => { console.log("begun"); for (;;); })');
    const message = await client.send('comm_open', { comm_id: 'endless', target_name: 'endless', data: {} });
    await client.until(() => client.printedBy(message) !== '');
    await client.interrupt();
    await client.storyOf(message);
    expect((await client.execute('kept')).shown).toBe('42');
  });

  test('keeps the names that were there, and those that the cell had given a value', async () => {
    const request = await begin('let early = { a: 1 }; console.log("begun"); for (;;); let late = 2');
    await client.interrupt();
    await client.resultOf(request);
    expect((await client.execute('[kept, early.a]')).shown).toBe('[ 42, 1 ]');
    expect((await client.execute('late')).reply).toMatchObject({ ename: 'ReferenceError' });
    expect((await client.execute('const late = 3; late')).shown).toBe('3');
  });
});

describe('an interrupt while modules are loaded', () => {
  test('of a module that loops leaves other modules, and the mended one, to be imported', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'loop.ts'), 'console.log("begun"); for (;;);\nexport const value = 1');
    const request = await begin(`import { value } from ${JSON.stringify(join(folder, 'loop.ts'))}`);
    await client.interrupt();
    await client.resultOf(request);
    writeFileSync(join(folder, 'loop.ts'), 'export const value = 2');
    expect(
      (await client.execute(`import { value } from ${JSON.stringify(join(folder, 'loop.ts'))}\nvalue`)).shown,
    ).toBe('2');
  });

  test('of a module that is required and loops leaves it to be required again', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'loop.cjs'), 'console.log("begun"); for (;;);');
    const request = await begin(`require(${JSON.stringify(join(folder, 'loop.cjs'))})`);
    await client.interrupt();
    await client.resultOf(request);
    writeFileSync(join(folder, 'loop.cjs'), 'module.exports = 3');
    expect((await client.execute(`require(${JSON.stringify(join(folder, 'loop.cjs'))})`)).shown).toBe('3');
  });

  test.each([0, 5, 20, 60])('of 400 modules, after %d ms, leaves them to be imported', async (afterMs) => {
    const folder = aFolder();
    mkdirSync(join(folder, 'many'));
    for (let i = 0; i < 400; i++) {
      const imports = i === 0 ? '' : `import { total as before } from './m${i - 1}.ts'\n`;
      writeFileSync(
        join(folder, 'many', `m${i}.ts`),
        `${imports}export const total: number = ${i === 0 ? 0 : `before + ${i}`}`,
      );
    }
    const code = `import { total } from ${JSON.stringify(join(folder, 'many', 'm399.ts'))}\ntotal`;
    const request = await client.sendCell(code);
    await wait(afterMs);
    await client.interrupt();
    await client.resultOf(request);
    expect((await client.execute(code)).shown).toBe('79800');
  });
});

describe.skipIf(process.platform === 'win32')('SIGINT', () => {
  test.each(endlessCells)('ends %s', async (_what, code) => {
    const request = await begin(code, { allow_stdin: true });
    process.kill(client.process.pid, 'SIGINT');
    await expectInterrupted(request);
  });

  test('to the process group, as Ctrl-C sends it, leaves a usable kernel', async () => {
    const request = await begin('!echo begun; sleep 100');
    process.kill(-client.process.pid, 'SIGINT');
    await expectInterrupted(request);
  });

  test('leaves a kernel alone that does nothing', async () => {
    process.kill(client.process.pid, 'SIGINT');
    // A cell that comes in the same moment would be interrupted.
    await wait(200);
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test('reaches listeners of user code, too', async () => {
    // A package that an earlier test has interrupted may have left one behind.
    const { shown: before } = await client.execute('process.listenerCount("SIGINT")');
    const request = await begin('process.once("SIGINT", () => console.log("heard")); console.log("begun"); for (;;);');
    process.kill(client.process.pid, 'SIGINT');
    await client.resultOf(request);
    expect((await client.execute('process.listenerCount("SIGINT")')).shown).toBe(before);
  });
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'labmill-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
