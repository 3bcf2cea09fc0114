import { setTimeout as wait } from 'node:timers/promises';
import type { JupyterMessage } from 'labmill/kernel';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Random, random } from '../../../src/base/random.ts';
import { endlessCells } from '../../support/interrupt-cases.ts';
import { TestClient } from '../../support/kernel-client.ts';

const quickCells = ['1 + 1', 'counter++', 'await 1', 'console.log(1)', 'for (let i = 0; i < 1e6; i++);', '!true'];
const codes = [...endlessCells.map(([, code]) => code), ...quickCells, ...quickCells];
const INTERRUPTS = 100;

/** Sends bursts of cells, and interrupts them at random moments, in random ways. */
async function storm(client: TestClient, chance: Random): Promise<JupyterMessage[]> {
  const requests: JupyterMessage[] = [];
  const options = { stop_on_error: false, allow_stdin: true };
  for (let interrupts = 0; interrupts < INTERRUPTS;) {
    for (let cells = Math.ceil(chance.uniform() * 4); cells > 0; cells--) {
      requests.push(await client.sendCell(codes[Math.floor(chance.uniform() * codes.length)]!, options));
    }
    await wait(chance.uniform() * 30);
    for (let burst = Math.ceil(chance.uniform() * 4); burst > 0; burst--, interrupts++) {
      if (chance.uniform() < 0.5) process.kill(client.process.pid, 'SIGINT');
      else requests.push(await client.send('interrupt_request', {}, 'control'));
      await wait(chance.uniform() * 5);
    }
  }
  return requests;
}

/** Interrupts until every request has come to its end. */
async function calmDown(client: TestClient, requests: readonly JupyterMessage[]): Promise<void> {
  for (const request of requests) {
    const ended = client.resultOf(request);
    while ((await Promise.race([ended, wait(300)])) === undefined) await client.interrupt();
  }
}

describe.skipIf(process.platform === 'win32')('a hundred interrupts at random moments', () => {
  test.each([1, 2, 3])('leave a kernel that works: seed %d', async (seed) => {
    const client = await TestClient.start();
    onTestFinished(() => client.close());
    await client.execute('const kept = { a: 42 }; let counter = 0');
    // SIGINT is heard everywhere only when the thread for it is up.
    await wait(1000);
    const requests = await storm(client, random(seed));
    await calmDown(client, requests);
    // Signals that came last may still hit something.
    await wait(500);
    const ends = requests.map((request) => [client.repliesTo(request).length, idlesOf(client, request)]);
    expect(ends).toEqual(requests.map(() => [1, 1]));
    expect((await client.execute('await 1; console.log(typeof counter); kept.a')).shown).toBe('42');
  });
});

function idlesOf(client: TestClient, request: JupyterMessage): number {
  return client.about(request).filter(({ content }) => content['execution_state'] === 'idle').length;
}
