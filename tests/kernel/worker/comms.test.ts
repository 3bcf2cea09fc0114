import { createMessage, type JupyterMessage } from 'labmill/kernel';
import { describe, expect, test } from 'vitest';
import type { CommMessage, Failure } from '../../../src/kernel/thread-messages.ts';
import { Comms } from '../../../src/kernel/worker/comms.ts';

function someComms() {
  const published: unknown[] = [];
  const failures: unknown[] = [];
  const posted: Array<{ message: CommMessage; transfer: readonly ArrayBuffer[] }> = [];
  const comms = new Comms({
    publish: (type, content, cell, extras) => void published.push({ type, content, cell, extras }),
    publishFailure: (failure, cell) => void failures.push({ failure, cell }),
    post: (message, transfer) => void posted.push({ message, transfer }),
    adopt: () => -1,
  });
  return { comms, published, failures, posted };
}

function aMessage(content: Record<string, unknown>, buffers: Uint8Array[] = []): JupyterMessage {
  return createMessage('comm', content, { session: 'client', metadata: { version: '2' }, buffers });
}

const fromCell: CommMessage = {
  type: 'comm',
  kind: 'open',
  cell: 3,
  id: 'c',
  target: 'chart',
  data: { a: 1 },
  metadata: {},
  buffers: [],
};

describe('a comm message of a client', () => {
  test('goes to the runtime thread, its bytes with it', () => {
    const { comms, posted } = someComms();
    const buffer = Buffer.from('bytes');
    void comms.receive('comm_open', aMessage({ comm_id: 'c', target_name: 'chart', data: { a: 1 } }, [buffer]));
    const { message, transfer } = posted[0]!;
    expect(message).toMatchObject({ kind: 'open', cell: -1, id: 'c', target: 'chart', data: { a: 1 } });
    expect(message).toMatchObject({ metadata: { version: '2' } });
    expect(message.buffers).toEqual([new Uint8Array(buffer)]);
    expect(transfer).toEqual([message.buffers[0]!.buffer]);
  });

  test('is done when its handlers are', async () => {
    const { comms } = someComms();
    const done = comms.receive('comm_open', aMessage({ comm_id: 'c', target_name: 'chart' }));
    comms.onHandled(-1, undefined);
    await expect(done).resolves.toBeUndefined();
  });

  test('has the error of its handlers published', () => {
    const { comms, failures } = someComms();
    void comms.receive('comm_open', aMessage({ comm_id: 'c', target_name: 'chart' }));
    const failure: Failure = { name: 'Error', message: 'bad', stack: '' };
    comms.onHandled(-1, failure);
    expect(failures).toEqual([{ failure, cell: -1 }]);
  });

  test.each(['comm_msg', 'comm_close'] as const)('of a comm that is not there (%s) is dropped', async (type) => {
    const { comms, posted } = someComms();
    await comms.receive(type, aMessage({ comm_id: 'gone' }));
    expect(posted).toEqual([]);
  });

  test.each([
    ['comm_open', { target_name: 'chart' }, 'expected comm_id to be a text, got nothing'],
    ['comm_open', { comm_id: 'c' }, 'expected target_name to be a text, got nothing'],
    ['comm_msg', { comm_id: 7 }, 'expected comm_id to be a text, got 7'],
  ] as const)('%s of %j is refused', async (type, content, message) => {
    await expect(someComms().comms.receive(type, aMessage(content))).rejects.toThrow(message);
  });

  test.each([undefined, null, 'text', [1]])('whose data are %j has none', (data) => {
    const { comms, posted } = someComms();
    void comms.receive('comm_open', aMessage({ comm_id: 'c', target_name: 'chart', data }));
    expect(posted[0]!.message.data).toEqual({});
  });
});

describe('a comm message of the kernel', () => {
  test.each([
    ['open', 'comm_open', { comm_id: 'c', data: { a: 1 }, target_name: 'chart' }],
    ['message', 'comm_msg', { comm_id: 'c', data: { a: 1 } }],
    ['close', 'comm_close', { comm_id: 'c', data: { a: 1 } }],
  ] as const)('of kind %s is published as %s', (kind, type, content) => {
    const { comms, published } = someComms();
    const buffers = [new Uint8Array([1])];
    comms.send({ ...fromCell, kind, metadata: { version: '2' }, buffers });
    const extras = { idents: [Buffer.from('comm-c')], metadata: { version: '2' }, buffers };
    expect(published).toEqual([{ type, content, cell: 3, extras }]);
  });
});

describe('the list of comms', () => {
  test('has those that either side has opened, of one target or of all', () => {
    const { comms } = someComms();
    comms.send(fromCell);
    void comms.receive('comm_open', aMessage({ comm_id: 'd', target_name: 'table' }));
    expect(comms.list()).toEqual({ c: { target_name: 'chart' }, d: { target_name: 'table' } });
    expect(comms.list('table')).toEqual({ d: { target_name: 'table' } });
  });

  test('has none that either side has closed', () => {
    const { comms } = someComms();
    comms.send(fromCell);
    comms.send({ ...fromCell, id: 'd' });
    comms.send({ ...fromCell, kind: 'close' });
    void comms.receive('comm_close', aMessage({ comm_id: 'd' }));
    expect(comms.list()).toEqual({});
  });
});
