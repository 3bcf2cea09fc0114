import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { endpoint, type JupyterMessage } from 'labmill/kernel';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Subscriber } from 'zeromq';
import { TestClient } from '../../support/kernel-client.ts';

async function aClient(env?: Record<string, string>): Promise<TestClient> {
  const client = await TestClient.start(undefined, env);
  onTestFinished(() => client.close());
  return client;
}

/** The most memory that a kernel has used so far, in megabytes (proc_pid_status(5)). */
function peakMegabytes(client: TestClient): number {
  const status = readFileSync(`/proc/${client.process.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1000;
}

/** A client that subscribes and reads nothing until it is told to. */
async function aSlowSubscriber({ process: { connection } }: TestClient): Promise<Subscriber> {
  const subscriber = new Subscriber({ receiveHighWaterMark: 1, linger: 0, receiveTimeout: 2000 });
  onTestFinished(() => subscriber.close());
  subscriber.connect(endpoint(connection, connection.iopub_port));
  subscriber.subscribe();
  await subscriber.receive();
  return subscriber;
}

function streamed(messages: readonly JupyterMessage[]): number {
  return messages.reduce((sum, { content: { text } }) => sum + (typeof text === 'string' ? text.length : 0), 0);
}

const printMegabytes = (megabytes: number): string =>
  `const chunk = 'x'.repeat(99) + '\\n'; for (let i = 0; i < ${megabytes} * 10_000; i++) process.stdout.write(chunk)`;

describe.skipIf(process.platform !== 'linux')('a flood', () => {
  test('of 1 GB is cut with a notice, and neither fills memory nor wedges the kernel', async () => {
    const client = await aClient();
    const { stdout, stderr } = await client.execute(printMegabytes(1000));
    expect(stdout.length).toBe(128_000_000);
    expect(stderr).toMatch(
      /^\n\[This cell has put out 128 MB; what follows is not shown\. .*LABMILL_MAX_OUTPUT_MB.*\]\n$/,
    );
    expect(peakMegabytes(client)).toBeLessThan(500);
    expect((await client.execute('console.log("next"); 1 + 1')).stdout).toBe('next\n');
  });

  test('is cut where the environment says', async () => {
    const client = await aClient({ LABMILL_MAX_OUTPUT_MB: '2.5' });
    const { stdout, stderr } = await client.execute(printMegabytes(4));
    expect([stdout.length, stderr.includes('2.5 MB')]).toEqual([2_500_000, true]);
  });

  test('of displays waits for the front end, and each arrives', async () => {
    const client = await aClient({ LABMILL_MAX_OUTPUT_MB: '500' });
    const { published } = await client.execute(`
      const html = 'x'.repeat(5_000_000)
      for (let i = 0; i < 60; i++) void display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': html }) })`);
    expect(published.filter(({ header }) => header.msg_type === 'display_data')).toHaveLength(60);
    expect(peakMegabytes(client)).toBeLessThan(800);
  });

  test('of 100 MB in one display arrives intact', async () => {
    const client = await aClient();
    const { published } = await client.execute(
      `void display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '0123456789'.repeat(10_000_000) }) })`,
    );
    const { data } = published.find(({ header }) => header.msg_type === 'display_data')!.content;
    expect((data as Record<string, string>)['text/html'] === '0123456789'.repeat(10_000_000)).toBe(true);
  });

  test('does not hold back what is printed before a loop that never ends', async () => {
    const client = await aClient();
    const cell = await client.sendCell(
      'for (let i = 0; i < 50_000; i++) console.log(i); console.log("last"); for (;;);',
    );
    await client.until(() => client.printedBy(cell).endsWith('last\n'));
    await client.interrupt();
    expect(client.printedBy(cell).split('\n')).toHaveLength(50_002);
  });
});

describe.skipIf(process.platform !== 'linux')('a client that stops to read', () => {
  test('is waited for, and misses nothing when it reads again', async () => {
    const client = await aClient();
    const slow = await aSlowSubscriber(client);
    const cell = await client.sendCell(printMegabytes(100));
    await client.until(() => streamed(client.about(cell)) > 1_000_000);
    await wait(500);
    let bytes = 0;
    while (bytes < 100_000_000) bytes += (await slow.receive()).at(-1)!.length;
    expect((await client.resultOf(cell)).stdout.length).toBe(100_000_000);
    expect(peakMegabytes(client)).toBeLessThan(500);
  });

  test('and does not begin again is left behind: the others get everything, and memory stays bounded', async () => {
    const client = await aClient();
    await aSlowSubscriber(client);
    expect((await client.execute(printMegabytes(100))).stdout.length).toBe(100_000_000);
    expect((await client.execute(printMegabytes(100))).stdout.length).toBe(100_000_000);
    expect(peakMegabytes(client)).toBeLessThan(500);
  });
});
