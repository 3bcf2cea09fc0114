import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function aClient(file: string): Promise<TestClient> {
  const client = await TestClient.start(process.cwd(), { LABMILL_HISTORY: file });
  onTestFinished(() => client.close());
  return client;
}

async function historyOf(client: TestClient, request: Record<string, unknown>): Promise<unknown> {
  return (await client.ask('history_request', { output: false, raw: true, ...request }))['history'];
}

describe('the history', () => {
  test('outlives its kernel', async () => {
    const file = join(temporaryFolder(), 'history.sqlite');
    const first = await aClient(file);
    await first.execute('const answer = 42');
    await first.ask('shutdown_request', { restart: true }, 'control');
    await first.process.ended;
    const second = await aClient(file);
    await second.execute('answer');
    expect(await historyOf(second, { hist_access_type: 'tail', n: 10 })).toEqual([
      [1, 1, 'const answer = 42'],
      [2, 1, 'answer'],
    ]);
    expect(await historyOf(second, { hist_access_type: 'range', session: -1, start: 1, stop: 2 })).toEqual([
      [1, 1, 'const answer = 42'],
    ]);
  });

  test('is shared by kernels that run at the same time', async () => {
    const file = join(temporaryFolder(), 'history.sqlite');
    const clients = await Promise.all([aClient(file), aClient(file)]);
    await Promise.all(clients.map((client, index) => client.execute(`"kernel ${index}"`)));
    const search = { hist_access_type: 'search', pattern: '"kernel ?"' };
    // Each writes when it is asked, so the first one is asked again.
    for (const client of [...clients, ...clients]) await historyOf(client, search);
    const [first, second] = await Promise.all(clients.map((client) => historyOf(client, search)));
    expect(first).toHaveLength(2);
    expect(second).toEqual(first);
  });

  test('has the inputs that want it, with the results of this session', async () => {
    const client = await aClient('off');
    await client.execute('1 + 1');
    await client.execute('2 + 2', { store_history: false });
    await client.execute('3 + 3', { silent: true });
    await client.execute('throw new Error("kept, too")');
    expect(await historyOf(client, { hist_access_type: 'range', session: 0, output: true })).toEqual([
      [1, 1, ['1 + 1', '2']],
      [1, 2, ['throw new Error("kept, too")', null]],
    ]);
  });

  test('is told while a cell computes', async () => {
    const client = await aClient(join(temporaryFolder(), 'history.sqlite'));
    const cell = await client.sendCell('console.log("begun"); for (;;);');
    await client.until(() => client.printedBy(cell) !== '');
    expect(await historyOf(client, { hist_access_type: 'tail', n: 1 })).toEqual([
      [1, 1, 'console.log("begun"); for (;;);'],
    ]);
  });

  test.skipIf(process.platform === 'win32')('is written by itself, for the user alone', async () => {
    const folder = join(temporaryFolder(), 'state');
    const client = await aClient(join(folder, 'history.sqlite'));
    await client.execute('1');
    await expect.poll(() => readdirSync(folder, {}).length).toBeGreaterThan(0);
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual(
      readdirSync(folder).map(() => 0o600),
    );
  });

  test('of a damaged file is kept in memory, and no cell notices', async () => {
    const file = join(temporaryFolder(), 'history.sqlite');
    writeFileSync(file, 'damaged '.repeat(1000));
    const client = await aClient(file);
    const { reply, stderr } = await client.execute('1');
    expect([reply['status'], stderr]).toEqual(['ok', '']);
    expect(await historyOf(client, { hist_access_type: 'tail', n: 10 })).toEqual([[1, 1, '1']]);
  });
});
