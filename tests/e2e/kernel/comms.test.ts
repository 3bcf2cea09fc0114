import { setTimeout as wait } from 'node:timers/promises';
import type { JupyterMessage } from 'labmill/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

/** Opens a comm whose messages a cell's code handles. */
async function openComm(id: string, onOpen: string): Promise<JupyterMessage> {
  await client.execute(`comms.register(${JSON.stringify(id)}, (comm, opened) => { ${onOpen} })`);
  return client.send('comm_open', { comm_id: id, target_name: id, data: { a: 1 } });
}

function sendTo(id: string, data: Record<string, unknown> = {}, buffers: Uint8Array[] = []): Promise<JupyterMessage> {
  return client.send('comm_msg', { comm_id: id, data }, 'shell', { buffers });
}

/** The types of messages, a status counting as its state. */
function types(messages: readonly JupyterMessage[]): string[] {
  return messages.map(({ header, content }) =>
    header.msg_type === 'status' ? String(content['execution_state']) : header.msg_type,
  );
}

describe('a comm of a front end', () => {
  test('is handled between busy and idle, and what its handler prints belongs to it', async () => {
    const story = await client.storyOf(await openComm('front', 'console.log("opened", comm.id, opened.data.a)'));
    expect(types(story)).toEqual(['busy', 'stream', 'idle']);
    expect(story[1]!.content['text']).toBe('opened front 1\n');
  });

  test('of an unknown target is closed', async () => {
    const story = await client.storyOf(
      await client.send('comm_open', { comm_id: 'x', target_name: 'nobody', data: {} }),
    );
    expect(types(story)).toEqual(['busy', 'comm_close', 'idle']);
    expect(story[1]!.content).toEqual({ comm_id: 'x', data: {} });
  });

  test('brings bytes both ways', async () => {
    await openComm('echo', 'comm.onMessage = ({ data, buffers }) => comm.send(data, { buffers, metadata: { m: 1 } })');
    const bytes = Buffer.alloc(1_000_000, 'bytes');
    const story = await client.storyOf(await sendTo('echo', { n: 1 }, [bytes, Buffer.from('')]));
    const [, answer] = story;
    expect(answer).toMatchObject({ content: { comm_id: 'echo', data: { n: 1 } }, metadata: { m: 1 } });
    expect(answer!.buffers.map((buffer) => Buffer.from(buffer).equals(bytes))).toEqual([true, false]);
    expect(answer!.buffers[1]).toHaveLength(0);
  });

  test('is handled while a cell awaits', async () => {
    await openComm('await', 'comm.onMessage = () => { comm.send({}); globalThis.awaited?.() }');
    const cell = await client.sendCell('await new Promise((resolve) => { globalThis.awaited = resolve }); "done"');
    await sendTo('await');
    expect((await client.resultOf(cell)).shown).toBe("'done'");
  });

  test('waits while a cell computes, and loses nothing', async () => {
    await openComm('busy', 'comm.onMessage = ({ data }) => console.log(data.n)');
    const cell = await client.sendCell('console.log("begun"); const end = Date.now() + 200; while (Date.now() < end);');
    await client.until(() => client.printedBy(cell) !== '');
    const messages = [await sendTo('busy', { n: 1 }), await sendTo('busy', { n: 2 })];
    expect(await Promise.all(messages.map((message) => client.storyOf(message)))).toHaveLength(2);
    expect(messages.map((message) => client.printedBy(message))).toEqual(['1\n', '2\n']);
    expect(client.printedBy(cell)).toBe('begun\n');
  });

  test('has the errors of its handlers published, and goes on', async () => {
    await openComm(
      'bad',
      'comm.onMessage = ({ data }) => {\nif (data.bad) throw new TypeError("on purpose");\ncomm.send({ fine: 1 })\n}',
    );
    const story = await client.storyOf(await sendTo('bad', { bad: true }));
    expect(types(story)).toEqual(['busy', 'error', 'idle']);
    expect(story[1]!.content).toMatchObject({ ename: 'TypeError', evalue: 'on purpose' });
    expect(String(story[1]!.content['traceback'])).toContain(']:2:');
    expect(types(await client.storyOf(await sendTo('bad')))).toEqual(['busy', 'comm_msg', 'idle']);
  });

  test('keeps late output of its handlers', async () => {
    const opened = await openComm('late', 'setTimeout(() => console.log("late"), 20)');
    await client.until(() => client.printedBy(opened) === 'late\n');
  });
});

describe('a comm of a cell', () => {
  test('is opened as part of the cell, sends, and is closed', async () => {
    const code =
      'const c = comms.open("chart", { a: 1 }, { id: "mine", metadata: { version: "2" } }); c.send({ b: 2 }); c.close()';
    const { published } = await client.execute(code);
    const sent = published.filter(({ header }) => header.msg_type.startsWith('comm'));
    expect(types(sent)).toEqual(['comm_open', 'comm_msg', 'comm_close']);
    expect(sent[0]).toMatchObject({ metadata: { version: '2' } });
    expect(sent[0]!.content).toEqual({ comm_id: 'mine', target_name: 'chart', data: { a: 1 } });
    expect(String(Buffer.from(sent[0]!.idents[0]!))).toBe('comm-mine');
  });

  test('gets messages after its cell has ended', async () => {
    await client.execute('comms.open("chart", {}, { id: "later" }).onMessage = ({ data }) => display(data.n)');
    const story = await client.storyOf(await sendTo('later', { n: 5 }));
    expect(types(story)).toEqual(['busy', 'display_data', 'idle']);
  });

  test('comes behind what was printed before', async () => {
    const { published } = await client.execute('for (let i = 0; i < 50; i++) console.log(i);\ncomms.open("chart"); 0');
    const order = types(published);
    expect(order.lastIndexOf('stream')).toBeLessThan(order.indexOf('comm_open'));
  });

  test('cannot send what is no JSON', async () => {
    expect((await client.execute('comms.open("chart", { n: 1n })')).reply).toMatchObject({ ename: 'TypeError' });
    expect((await client.execute('1')).shown).toBe('1');
  });
});

test('comm_info_request lists the open comms, also while a cell computes', async () => {
  await client.execute('comms.open("table", {}, { id: "t1" })');
  const cell = await client.sendCell('console.log("begun"); for (;;);');
  await client.until(() => client.printedBy(cell) !== '');
  expect(await client.ask('comm_info_request', { target_name: 'table' })).toEqual({
    status: 'ok',
    comms: { t1: { target_name: 'table' } },
  });
  await client.interrupt();
  await client.resultOf(cell);
});

describe('an interrupt', () => {
  test.each([
    ['a loop', 'console.log("begun"); for (;;);'],
    ['an await', 'console.log("begun"); await new Promise(() => {})'],
  ])('ends %s of a handler', async (what, code) => {
    await openComm(what, `comm.onMessage = async () => { ${code} }`);
    const message = await sendTo(what);
    await client.until(() => client.printedBy(message) !== '');
    await client.interrupt();
    const story = await client.storyOf(message);
    expect(story.at(-2)!.content).toMatchObject({ ename: 'KeyboardInterrupt' });
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test.skipIf(process.platform === 'win32')('by SIGINT ends a loop of a handler', async () => {
    await openComm('signal', 'comm.onMessage = () => { console.log("begun"); for (;;); }');
    const message = await sendTo('signal');
    await client.until(() => client.printedBy(message) !== '');
    await wait(100);
    process.kill(client.process.pid, 'SIGINT');
    expect((await client.storyOf(message)).at(-2)!.content).toMatchObject({ ename: 'KeyboardInterrupt' });
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });
});

test('a handler cannot ask the user', async () => {
  const story = await client.storyOf(await openComm('asks', 'input()'));
  expect(types(story)).toEqual(['busy', 'comm_close', 'error', 'idle']);
  expect(story[2]!.content).toMatchObject({ ename: 'StdinNotAllowedError' });
});
