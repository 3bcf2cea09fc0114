import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

const lines = (count: number, text: string): string =>
  Array.from({ length: count }, (_, index) => `${text} ${index}\n`).join('');

describe('under load', () => {
  test('10,000 lines arrive whole, in order, before idle', async () => {
    const request = await client.sendCell('for (let i = 0; i < 10_000; i++) console.log("line", i)');
    const { stdout, published } = await client.resultOf(request);
    expect(stdout).toBe(lines(10_000, 'line'));
    expect(published.at(-1)?.content).toEqual({ execution_state: 'idle' });
    expect(published.length).toBeLessThan(1000);
  });

  test('100,000 lines arrive whole, in few messages', async () => {
    const { stdout, published } = await client.execute('for (let i = 0; i < 100_000; i++) console.log("line", i)');
    expect(stdout).toBe(lines(100_000, 'line'));
    expect(published.length).toBeLessThan(1000);
  });

  test('nothing of a cell comes after its idle', async () => {
    const request = await client.sendCell('for (let i = 0; i < 10_000; i++) console.log("line", i)');
    await client.resultOf(request);
    await client.execute('1');
    expect(client.about(request).at(-1)?.content).toEqual({ execution_state: 'idle' });
  });

  test('3,000 lines and a cell right behind them keep their parents', async () => {
    const first = await client.sendCell('for (let i = 0; i < 3000; i++) console.log("first", i)');
    const second = await client.sendCell('for (let i = 0; i < 3000; i++) console.log("second", i)');
    expect((await client.resultOf(second)).stdout).toBe(lines(3000, 'second'));
    expect((await client.resultOf(first)).stdout).toBe(lines(3000, 'first'));
  });

  test('lines of both streams that an asynchronous cell writes keep their order', async () => {
    const { stdout, stderr } = await client.execute(
      'for (let i = 0; i < 1000; i++) { console.log("out", i); console.error("err", i); if (i % 100 === 0) await null }',
    );
    expect([stdout, stderr]).toEqual([lines(1000, 'out'), lines(1000, 'err')]);
  });

  test('a display of 10 MB arrives intact, and what is printed around it', async () => {
    const { published, stdout } = await client.execute(`
      const html = Array.from({ length: 1_000_000 }, (_, i) => String(i).padStart(10, '0')).join('')
      console.log('before')
      void display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': html, 'text/plain': 'big' }) })
      console.log('after')`);
    const shown = published.find(({ header }) => header.msg_type === 'display_data')?.content['data'];
    const expected = Array.from({ length: 1_000_000 }, (_, i) => String(i).padStart(10, '0')).join('');
    expect((shown as Record<string, string>)['text/html'] === expected).toBe(true);
    expect(stdout).toBe('before\nafter\n');
  });

  test('200 cells in the queue run in their order', async () => {
    const requests = [];
    for (let i = 0; i < 200; i++) requests.push(await client.sendCell(`console.log(${i}); ${i}`));
    const results = await Promise.all(requests.map((request) => client.resultOf(request)));
    expect(results.map(({ shown }) => shown)).toEqual(requests.map((_, index) => String(index)));
    const counts = results.map(({ reply }) => Number(reply['execution_count']));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });
});
