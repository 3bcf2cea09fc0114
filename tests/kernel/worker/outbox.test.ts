import type { XPublisher } from 'zeromq';
import { describe, expect, test, vi } from 'vitest';
import { MIN_BYTES } from '../../../src/kernel/backlog.ts';
import { Broadcast } from '../../../src/kernel/worker/outbox.ts';

/** A socket that is full as long as `isFull` says so, unless it may drop. */
function aSocket(isFull: () => boolean) {
  const sent: string[] = [];
  const socket = {
    noDrop: true,
    send: vi.fn<(frames: readonly Uint8Array[]) => Promise<void>>((frames) => {
      if (isFull() && socket.noDrop) return Promise.reject(Object.assign(new Error('full'), { code: 'EAGAIN' }));
      sent.push(String(frames[0]));
      return Promise.resolve();
    }),
  };
  return { broadcast: new Broadcast(socket as unknown as XPublisher), socket, sent };
}

const message = (text: string): Uint8Array[] => [Buffer.from(text)];

describe('a broadcast', () => {
  test('keeps the order', async () => {
    const { broadcast, sent } = aSocket(() => false);
    for (const text of ['a', 'b', 'c']) broadcast.push(message(text));
    await broadcast.drained();
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  test('waits for a client that is slow, and knows how much waits', async () => {
    let isFull = true;
    const { broadcast, sent } = aSocket(() => isFull);
    broadcast.push(message('short'));
    broadcast.push(message('x'.repeat(300_000)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([sent.length, broadcast.bytes]).toEqual([0, MIN_BYTES + 300_000]);
    isFull = false;
    await broadcast.drained();
    expect([sent.length, broadcast.bytes]).toEqual([2, 0]);
  });

  test('leaves a client behind that reads nothing, at once when it has been left behind already', async () => {
    const { broadcast, socket, sent } = aSocket(() => true);
    broadcast.push(message('a'));
    // Who ends has less patience.
    await broadcast.drained();
    socket.send.mockClear();
    broadcast.push(message('b'));
    await broadcast.drained();
    expect([sent, socket.send.mock.calls.length, socket.noDrop]).toEqual([['a', 'b'], 2, true]);
  });

  test('gives up when the socket is closed', async () => {
    const { broadcast, socket } = aSocket(() => false);
    socket.send.mockRejectedValue(new Error('Socket is closed'));
    broadcast.push(message('a'));
    await expect(broadcast.drained()).resolves.toBeUndefined();
  });
});
