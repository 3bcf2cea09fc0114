import { describe, expect, test } from 'vitest';
import type { Comm } from '../../../src/kernel/runtime/comm.ts';
import { Comms, type CommsGlobal } from '../../../src/kernel/runtime/comms.ts';
import { CurrentCell } from '../../../src/kernel/runtime/current-cell.ts';
import { Output } from '../../../src/kernel/runtime/output.ts';
import type { CommMessage, FromRuntime } from '../../../src/kernel/thread-messages.ts';

interface TestComms extends CommsGlobal {
  readonly posted: FromRuntime[];
  readonly hub: Comms;
  readonly current: CurrentCell;
  readonly receive: (message: Partial<CommMessage>) => Promise<void>;
}

function someComms(): TestComms {
  const posted: FromRuntime[] = [];
  const post = (message: FromRuntime): void => void posted.push(message);
  const current = new CurrentCell();
  const hub = new Comms({ post, current, output: new Output(post, current) });
  const message = { type: 'comm', cell: -1, id: 'c', target: 'chart', data: {}, metadata: {}, buffers: [] } as const;
  const receive = (part: Partial<CommMessage>): Promise<void> => hub.receive({ kind: 'message', ...message, ...part });
  return { ...hub.global(), posted, hub, current, receive };
}

const ring: Record<string, unknown> = {};
ring['itself'] = ring;

const handled = { type: 'comm-handled', cell: -1, failure: undefined };

describe('a comm that the kernel opens', () => {
  test('says so, as part of the cell that does it', () => {
    const { open, posted, current } = someComms();
    const comm = current.run(7, () => open('chart', { a: 1 }, { id: 'c', metadata: { version: '2' } }));
    expect(comm).toMatchObject({ id: 'c', target: 'chart' });
    const message = { kind: 'open', cell: 7, id: 'c', target: 'chart', data: { a: 1 }, metadata: { version: '2' } };
    expect(posted).toEqual([{ type: 'comm', ...message, buffers: [] }]);
  });

  test('has a random id by default', () => {
    const { open } = someComms();
    expect(open('chart').id).not.toBe(open('chart').id);
  });

  test('sends data and bytes, of which the sender keeps its own', () => {
    const { open, posted } = someComms();
    const floats = new Float32Array([1, 2]);
    open('chart').send({ b: 2 }, { buffers: [floats.subarray(1), new Uint8Array([3]).buffer] });
    const sent = posted.at(-1) as CommMessage;
    expect(sent).toMatchObject({ kind: 'message', data: { b: 2 } });
    expect(sent.buffers).toEqual([new Uint8Array(new Float32Array([2]).buffer), new Uint8Array([3])]);
    expect(sent.buffers[0]!.buffer).not.toBe(floats.buffer);
  });

  test('gets what the client sends', async () => {
    const { open, receive, posted } = someComms();
    const got: unknown[] = [];
    open('chart', {}, { id: 'c' }).onMessage = (message) => got.push(message);
    const content = { data: { a: 1 }, metadata: { m: 1 }, buffers: [new Uint8Array([1])] };
    await receive(content);
    expect(got).toEqual([content]);
    expect(posted.at(-1)).toEqual(handled);
  });

  test('learns that the client has closed it, and is closed then', async () => {
    const { open, receive } = someComms();
    const comm = open('chart', {}, { id: 'c' });
    const closed: unknown[] = [];
    comm.onClose = ({ data }) => closed.push(data);
    await receive({ kind: 'close', data: { why: 1 } });
    expect(closed).toEqual([{ why: 1 }]);
    expect(() => comm.send({})).toThrow('comm "chart": expected an open comm, got one that was closed');
  });

  test('is closed once', () => {
    const { open, posted } = someComms();
    const comm = open('chart');
    comm.close({ bye: 1 });
    comm.close();
    expect(posted.slice(1)).toMatchObject([{ kind: 'close', data: { bye: 1 } }]);
  });

  test.each([
    ['a bigint', { n: 1n }],
    ['a ring', ring],
  ])('refuses %s where it is sent', (_what, data) => {
    const comm = someComms().open('chart');
    expect(() => comm.send(data)).toThrow(TypeError);
  });
});

describe('a comm that a client opens', () => {
  test('goes to who has registered its target', async () => {
    const { register, receive, posted } = someComms();
    const opened: unknown[] = [];
    register('chart', (comm, { data }) => void opened.push([comm.id, data]));
    await receive({ kind: 'open', data: { a: 1 } });
    expect(opened).toEqual([['c', { a: 1 }]]);
    expect(posted).toEqual([handled]);
  });

  test('is usable at once', async () => {
    const { register, receive, posted } = someComms();
    register('chart', (comm) => comm.send({ hello: 1 }));
    await receive({ kind: 'open' });
    expect(posted[0]).toMatchObject({ kind: 'message', cell: -1, id: 'c', data: { hello: 1 } });
  });

  test('is closed when nobody has registered its target', async () => {
    const { receive, posted } = someComms();
    await receive({ kind: 'open' });
    expect(posted).toMatchObject([{ kind: 'close', id: 'c' }, handled]);
  });

  test('is closed when the registration was taken back', async () => {
    const { register, unregister, receive, posted } = someComms();
    register('chart', () => {});
    unregister('chart');
    await receive({ kind: 'open' });
    expect(posted).toMatchObject([{ kind: 'close' }, handled]);
  });

  test('is closed when its target fails', async () => {
    const { register, receive, posted } = someComms();
    register('chart', () => Promise.reject(new Error('no')));
    await receive({ kind: 'open' });
    expect(posted).toMatchObject([{ kind: 'close' }, { type: 'comm-handled', failure: { message: 'no' } }]);
  });
});

describe('a handler', () => {
  async function handle(onMessage: Comm['onMessage']): Promise<TestComms> {
    const comms = someComms();
    comms.open('chart', {}, { id: 'c' }).onMessage = onMessage;
    comms.posted.length = 0;
    await comms.receive({});
    return comms;
  }

  test('is waited for', async () => {
    let isDone = false;
    await handle(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      isDone = true;
    });
    expect(isDone).toBe(true);
  });

  test.each([
    [
      'that throws',
      () => {
        throw new TypeError('bad');
      },
    ],
    ['that rejects', () => Promise.reject(new TypeError('bad'))],
  ])('%s is reported', async (_what, onMessage) => {
    const { posted } = await handle(onMessage);
    expect(posted).toMatchObject([{ type: 'comm-handled', failure: { name: 'TypeError', message: 'bad' } }]);
  });

  test('belongs to the message, and the latest cell stays the latest', async () => {
    const comms = someComms();
    comms.current.run(7, () => {});
    let during = 0;
    comms.open('chart', {}, { id: 'c' }).onMessage = () => void (during = comms.current.number);
    await comms.receive({ cell: -5 });
    expect([during, comms.current.number]).toEqual([-5, 7]);
  });

  test('is ended by an interrupt, once', async () => {
    const comms = someComms();
    const { promise, resolve } = Promise.withResolvers<void>();
    comms.open('chart', {}, { id: 'c' }).onMessage = () => promise;
    comms.posted.length = 0;
    const received = comms.receive({});
    comms.hub.interrupt();
    resolve();
    await received;
    expect(comms.posted).toMatchObject([{ type: 'comm-handled', failure: { name: 'KeyboardInterrupt' } }]);
  });
});
