import { createMessage, type JupyterMessage } from 'labmill/kernel';
import { describe, expect, test } from 'vitest';
import { Departures } from '../../../src/kernel/worker/departures.ts';

function aRequest(): JupyterMessage {
  return createMessage('execute_request', {}, { session: 'client' });
}

describe('Departures', () => {
  test('are done when nothing is on its way', async () => {
    await expect(new Departures().done()).resolves.toBeUndefined();
  });

  test('are done when every request that was on its way has left', async () => {
    const departures = new Departures();
    const [first, second] = [aRequest(), aRequest()];
    const order: string[] = [];
    departures.begin(first);
    departures.begin(second);
    const done = departures.done().then(() => order.push('done'));
    for (const request of [second, first]) {
      await Promise.resolve();
      order.push('left');
      departures.end(request);
    }
    await done;
    expect(order).toEqual(['left', 'left', 'done']);
  });

  test('do not wait for requests that come later', async () => {
    const departures = new Departures();
    const done = departures.done();
    departures.begin(aRequest());
    await expect(done).resolves.toBeUndefined();
  });
});
