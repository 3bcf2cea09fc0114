import { WireError } from 'labmill/kernel';
import { describe, expect, test, vi } from 'vitest';
import { FakeProtocol } from '../../support/fake-protocol.ts';

describe('a request', () => {
  test('is answered on the channel that it came on, between busy and idle', async () => {
    const fake = new FakeProtocol();
    const request = await fake.request('kernel_info_request', {}, 'control');
    expect(fake.about(request).map(({ channel, type }) => `${channel} ${type}`)).toEqual([
      'iopub status',
      'control kernel_info_reply',
      'iopub status',
    ]);
    expect(fake.story(request)).toEqual(['busy', 'kernel_info_reply', 'idle']);
  });

  test('is answered to the client that sent it', async () => {
    const fake = new FakeProtocol();
    const request = await fake.request('kernel_info_request');
    const reply = fake.about(request).find(({ type }) => type === 'kernel_info_reply');
    expect(reply?.message.idents).toEqual(request.idents);
  });

  test.each([
    [
      'kernel_info_request',
      { status: 'ok', implementation: 'labmill', implementation_version: '1.2.3', protocol_version: '5.4' },
    ],
    ['comm_info_request', { status: 'ok', comms: {} }],
    ['history_request', { status: 'ok', history: [] }],
    ['is_complete_request', { status: 'complete' }],
  ])('%s has the answer %j', async (type, content) => {
    const fake = new FakeProtocol();
    const request = await fake.request(type);
    expect(fake.content(request, type.replace('request', 'reply'))).toMatchObject(content);
  });

  test.each([
    ['f(', { status: 'incomplete', indent: '  ' }],
    ['a b', { status: 'invalid' }],
  ])('is_complete_request of %j has the answer %j', async (code, content) => {
    const fake = new FakeProtocol();
    const request = await fake.request('is_complete_request', { code });
    expect(fake.content(request, 'is_complete_reply')).toEqual(content);
  });

  test('of an unknown type is named on stderr and has no answer', async () => {
    const fake = new FakeProtocol();
    const request = await fake.request('brew_request');
    expect(fake.story(request)).toEqual(['busy', 'idle']);
    expect(fake.logged).toEqual([expect.stringContaining('"brew_request"')]);
  });

  test('on stdin is no request', async () => {
    const fake = new FakeProtocol();
    expect(fake.story(await fake.request('input_reply', {}, 'stdin'))).toEqual([]);
  });

  test('to open a comm closes it at once', async () => {
    const fake = new FakeProtocol();
    const request = await fake.request('comm_open', { comm_id: 'c', target_name: 't' });
    expect(fake.story(request)).toEqual(['busy', 'comm_close', 'idle']);
    expect(fake.content(request, 'comm_close')).toEqual({ comm_id: 'c', data: {} });
  });

  test.each(['comm_msg', 'comm_close'])('of a comm that is not there (%s) has no answer', async (type) => {
    const fake = new FakeProtocol();
    expect(fake.story(await fake.request(type, { comm_id: 'c' }))).toEqual(['busy', 'idle']);
    expect(fake.logged).toEqual([]);
  });

  test('while a cell runs leaves busy as the latest status', async () => {
    const fake = new FakeProtocol();
    const cell = await fake.execute('1');
    const request = await fake.request('kernel_info_request', {}, 'control');
    expect(fake.story(request)).toEqual(['busy', 'kernel_info_reply', 'idle']);
    expect(fake.story(cell)).toEqual(['busy', 'execute_input', 'busy']);
  });

  test('to shut down is answered to all, and then the kernel ends', async () => {
    const fake = new FakeProtocol();
    const request = await fake.request('shutdown_request', { restart: true }, 'control');
    expect(fake.about(request).map(({ channel, type }) => `${channel} ${type}`)).toEqual([
      'iopub status',
      'iopub shutdown_reply',
      'control shutdown_reply',
      'iopub status',
    ]);
    expect(fake.content(request, 'shutdown_reply')).toEqual({ status: 'ok', restart: true });
    await vi.waitFor(() => expect(fake.exits).toBe(1));
  });
});

describe('the kernel', () => {
  test('says that it starts', () => {
    const fake = new FakeProtocol();
    fake.kernel.start();
    expect(fake.sent).toMatchObject([{ channel: 'iopub', type: 'status', content: { execution_state: 'starting' } }]);
  });

  // JEP 65: the message is sent on the topic that was subscribed to.
  test('welcomes who subscribes', () => {
    const fake = new FakeProtocol();
    fake.kernel.onSubscribe('topic');
    expect(fake.sent).toMatchObject([{ channel: 'iopub', type: 'iopub_welcome', content: { subscription: 'topic' } }]);
    expect(Buffer.from(fake.sent[0]!.message.idents[0]!).toString()).toBe('topic');
  });

  test('names what it drops', () => {
    const fake = new FakeProtocol();
    fake.kernel.onInvalid('shell', new WireError('a frame is not JSON'));
    expect(fake.logged).toEqual(['labmill kernel: a message on shell was dropped: a frame is not JSON']);
  });
});

describe('completion', () => {
  test('counts the cursor in code points', async () => {
    const fake = new FakeProtocol();
    fake.runtime = (message) => {
      if (message.type !== 'complete') return;
      const completion = { matches: ['sqrt'], start: message.cursor - 2, end: message.cursor };
      fake.kernel.onRuntime({ type: 'completion', request: message.request, completion });
    };
    const request = await fake.request('complete_request', { code: '"😀"; Math.sq', cursor_pos: 12 });
    expect(fake.asked.at(-1)).toMatchObject({ type: 'complete', cursor: 13 });
    expect(fake.content(request, 'complete_reply')).toEqual({
      status: 'ok',
      matches: ['sqrt'],
      cursor_start: 10,
      cursor_end: 12,
      metadata: {},
    });
  });

  test('is empty in time when the runtime thread does not answer', async () => {
    const fake = new FakeProtocol();
    const request = await fake.request('complete_request', { code: 'a', cursor_pos: 1 });
    await vi.waitFor(() => expect(fake.story(request).at(-1)).toBe('idle'), 5000);
    expect(fake.content(request, 'complete_reply')).toMatchObject({ status: 'ok', matches: [], cursor_start: 1 });
  });
});

describe('inspection', () => {
  test.each([
    [{ 'text/plain': 'a: number' }, { found: true, data: { 'text/plain': 'a: number' } }],
    [undefined, { found: false, data: {} }],
  ])('of %j answers %j', async (data, content) => {
    const fake = new FakeProtocol();
    fake.runtime = (message) => {
      if (message.type === 'inspect') fake.kernel.onRuntime({ type: 'inspection', request: message.request, data });
    };
    const request = await fake.request('inspect_request', { code: 'a', cursor_pos: 1, detail_level: 0 });
    expect(fake.content(request, 'inspect_reply')).toEqual({ status: 'ok', metadata: {}, ...content });
  });
});

describe('an interrupt', () => {
  test('asks the runtime thread, and is answered when that has answered', async () => {
    const fake = new FakeProtocol();
    fake.runtime = (message) => {
      if (message.type === 'interrupt') fake.kernel.onRuntime({ type: 'interrupted', request: message.request });
    };
    const request = await fake.request('interrupt_request', {}, 'control');
    expect(fake.asked).toEqual([{ type: 'interrupt', request: 1 }]);
    expect(fake.content(request, 'interrupt_reply')).toEqual({ status: 'ok' });
  });
});
