import { createHmac } from 'node:crypto';
import { createMessage, encodeMessage, endpoint, type JupyterMessage } from 'labmill/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dealer } from 'zeromq';
import { TestClient } from '../../support/kernel-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

type Channel = 'shell' | 'control' | 'stdin';

/** Sends frames as they are, and returns what comes back; `undefined` when nothing does. */
async function sendFrames(frames: readonly Uint8Array[], channel: Channel = 'shell'): Promise<Buffer[] | undefined> {
  const { connection } = client.process;
  const dealer = new Dealer({ linger: 1000, receiveTimeout: 100 });
  dealer.connect(endpoint(connection, connection[`${channel}_port`]));
  await dealer.send(frames as Buffer[]);
  const answer = await dealer.receive().catch(() => undefined);
  dealer.close();
  return answer;
}

function framesOf(message: JupyterMessage, key = client.process.connection.key): Uint8Array[] {
  return encodeMessage(message, key);
}

const aRequest = (type = 'kernel_info_request', content = {}): JupyterMessage =>
  createMessage(type, content, { session: 'stranger' });

/** Correctly signed frames whose four parts are the given texts, `{}` where none is given. */
function framesOfParts(...texts: readonly string[]): Uint8Array[] {
  const parts = [0, 1, 2, 3].map((index) => texts[index] ?? '{}');
  const signature = createHmac('sha256', client.process.connection.key).update(parts.join('')).digest('hex');
  return ['<IDS|MSG>', signature, ...parts].map((part) => Buffer.from(part));
}

const header = (fields: Record<string, unknown> = {}): string => JSON.stringify({ ...aRequest().header, ...fields });

describe('frames that are no message are dropped, and the next message is answered:', () => {
  test.each<[string, () => readonly Uint8Array[]]>([
    ['none of the protocol', () => [Buffer.from('nonsense')]],
    ['an empty one', () => [Buffer.alloc(0)]],
    ['a wrong signature', () => framesOf(aRequest(), 'another key')],
    ['no signature', () => framesOf(aRequest(), '')],
    ['a missing part', () => framesOf(aRequest()).slice(0, -1)],
    ['nothing behind the delimiter', () => framesOf(aRequest()).slice(0, 1)],
    ['no delimiter', () => framesOf(aRequest()).slice(1)],
    ['a part that is a number', () => framesOfParts(header(), '{}', '{}', '1')],
    ['a part that is null', () => framesOfParts(header(), '{}', 'null', '{}')],
    ['a header without type', () => framesOfParts(header({ msg_type: undefined }))],
    ['a header whose type is a number', () => framesOfParts(header({ msg_type: 1 }))],
    ['a header whose id is a list', () => framesOfParts(header({ msg_id: [1] }))],
    ['16 MB of zeros', () => [Buffer.alloc(16_000_000)]],
  ])('%s', async (_what, frames) => {
    expect(await sendFrames(frames())).toBeUndefined();
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });
});

describe('a message', () => {
  test('that comes again is dropped: someone has recorded it', async () => {
    const frames = framesOf(aRequest('execute_request', { code: 'globalThis.runs = (globalThis.runs ?? 0) + 1' }));
    await sendFrames(frames);
    await sendFrames(frames);
    expect((await client.execute('globalThis.runs')).shown).toBe('1');
  });

  test('of a type that nobody knows gets busy and idle, and the next one its answer', async () => {
    const unknown = await client.send('unheard_of_request', { a: 1 });
    await client.storyOf(unknown);
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test.each(['kernel_info_request', 'complete_request', 'inspect_request', 'history_request', 'is_complete_request'])(
    'on control is answered there as on shell: %s',
    async (type) => {
      const content = { code: 'Math', cursor_pos: 4, detail_level: 0, hist_access_type: 'tail', n: 1 };
      expect(await client.ask(type, content, 'control')).toMatchObject({ status: expect.any(String) });
    },
  );

  test('on stdin that nobody waits for does nothing', async () => {
    expect(await sendFrames(framesOf(aRequest('input_reply', { value: 'x' })), 'stdin')).toBeUndefined();
    expect(await sendFrames(framesOf(aRequest()), 'stdin')).toBeUndefined();
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test.each([
    ['execute_request', { code: 5 }],
    ['execute_request', { code: '1', user_expressions: [1, null], silent: 'no', stop_on_error: 0 }],
    ['execute_request', {}],
    ['complete_request', { code: null, cursor_pos: 'end' }],
    ['complete_request', { code: 'Ma', cursor_pos: -7 }],
    ['complete_request', { code: 'Ma', cursor_pos: 1e9 }],
    ['inspect_request', { code: [], cursor_pos: {} }],
    ['is_complete_request', { code: { a: 1 } }],
    ['history_request', { hist_access_type: 7, n: 'all' }],
    ['history_request', { hist_access_type: 'search', pattern: ['*'], n: -1 }],
    ['comm_info_request', { target_name: 1 }],
  ])('with contents of wrong types is answered all the same: %s %j', async (type, content) => {
    expect(await client.ask(type, content)).toMatchObject({ status: expect.any(String) });
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test.each([['comm_open'], ['comm_msg'], ['comm_close']])(
    'of a comm with a broken content is survived: %s',
    async (type) => {
      await client.storyOf(await client.send(type, { comm_id: 1, target_name: null, data: 'x' }));
      expect((await client.execute('1 + 1')).shown).toBe('2');
    },
  );

  test('brings buffers of any bytes', async () => {
    const buffers = [Buffer.alloc(0), Buffer.from([0, 255, 10]), Buffer.alloc(1_000_000, 7)];
    await client.storyOf(
      await client.send('comm_open', { comm_id: 'a', target_name: 'none', data: {} }, 'shell', { buffers }),
    );
    expect((await client.execute('1 + 1')).shown).toBe('2');
  });

  test('of 20 MB is run', async () => {
    const { shown } = await client.execute(`${JSON.stringify('x'.repeat(20_000_000))}.length`);
    expect(shown).toBe('20000000');
  });
});

describe('of two clients', () => {
  test('each is welcomed and sees all outputs; the reply goes to the one that asked', async () => {
    const second = await TestClient.connect(client.process);
    const request = await second.sendCell('console.log("to both"); 6 * 7');
    expect((await second.resultOf(request)).shown).toBe('42');
    await client.storyOf(request);
    expect([client.printedBy(request), client.repliesTo(request).length]).toEqual(['to both\n', 0]);
    second.disconnect();
  });

  test('one that goes in the middle of a cell leaves the other alone', async () => {
    const second = await TestClient.connect(client.process);
    const request = await second.sendCell(
      'await new Promise((resolve) => setTimeout(resolve, 50)); console.log("still here")',
    );
    second.disconnect();
    await client.storyOf(request);
    expect(client.printedBy(request)).toBe('still here\n');
  });

  test('one that comes late sees what is printed from then on', async () => {
    const request = await client.sendCell(
      'for (let i = 0; i < 100; i++) { console.log(i); await new Promise((r) => setTimeout(r, 10)) }',
    );
    await client.until(() => client.printedBy(request).includes('10\n'));
    const late = await TestClient.connect(client.process);
    await late.storyOf(request);
    expect(late.printedBy(request)).toMatch(/^\d+\n[^]*99\n$/);
    late.disconnect();
  });

  test('one that comes again under its old name is answered', async () => {
    for (const code of ['1', '2', '3']) {
      const again = await TestClient.connect(client.process, 'the-same-name');
      expect((await again.execute(code)).shown).toBe(code);
      again.disconnect();
    }
  });
});

describe('a queue', () => {
  test('of 1,000 cells runs in order, and each is answered once', async () => {
    await client.execute('const order: number[] = []');
    const numbers = Array.from({ length: 1000 }, (_, number) => number);
    const requests: JupyterMessage[] = [];
    for (const number of numbers) requests.push(await client.sendCell(`order.push(${number})`));
    await client.resultOf(requests.at(-1)!);
    expect(requests.map((request) => client.repliesTo(request).length)).toEqual(numbers.map(() => 1));
    expect((await client.execute('order.join()')).shown).toBe(`'${numbers.join()}'`);
    const spans = [requests.slice(0, 200), requests.slice(-200)].map((part) => spanMs(part));
    expect(spans[1]! / spans[0]!).toBeLessThan(3);
  });
});

/** The time from the reply to the first request to the reply to the last one. */
function spanMs(requests: readonly JupyterMessage[]): number {
  const [first, last] = [requests[0]!, requests.at(-1)!].map((request) => client.repliesTo(request)[0]!.header.date);
  return Date.parse(last!) - Date.parse(first!);
}
