import { createMessage } from 'labmill/kernel';
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
      { status: 'ok', implementation: 'labmill', implementation_version: '1.2.3', protocol_version: '5.5' },
    ],
    ['comm_info_request', { status: 'ok', comms: {} }],
    ['connect_request', { status: 'ok', shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 }],
    ['usage_request', { pid: process.pid }],
    ['debug_request', { type: 'response', success: false, message: 'this kernel has no debugger' }],
    ['is_complete_request', { status: 'unknown' }],
  ])('%s has the answer %j', async (type, content) => {
    const fake = new FakeProtocol();
    const request = await fake.request(type);
    expect(fake.content(request, type.replace('request', 'reply'))).toMatchObject(content);
  });

  test.each([
    ['f(', { status: 'incomplete', indent: '  ' }],
    ['a b', { status: 'invalid' }],
    ['', { status: 'complete' }],
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

  test.each([
    ['execute_request', {}, 'expected code to be a text, got nothing'],
    ['complete_request', { cursor_pos: 1 }, 'expected code to be a text, got nothing'],
    ['complete_request', { code: 'a', cursor_pos: '1' }, 'expected cursor_pos to be a whole number, got "1"'],
    ['inspect_request', { code: 5 }, 'expected code to be a text, got 5'],
    ['history_request', {}, 'expected hist_access_type to be "tail", "range" or "search", got nothing'],
  ])('%s of %j has an error as its answer', async (type, content, evalue) => {
    const fake = new FakeProtocol();
    const request = await fake.request(type, content);
    expect(fake.story(request)).toEqual(['busy', type.replace('request', 'reply'), 'idle']);
    const error = { status: 'error', ename: 'RequestError', evalue, traceback: [] };
    expect(fake.content(request, type.replace('request', 'reply'))).toEqual(error);
  });

  test('on stdin is no request', async () => {
    const fake = new FakeProtocol();
    expect(fake.story(await fake.request('input_reply', {}, 'stdin'))).toEqual([]);
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

describe('the end of the runtime thread', () => {
  const failure = { name: 'KernelExit', message: 'process.exit() was called', stack: '' };

  test('is the error of the cell that runs, and the end of those behind it', async () => {
    const fake = new FakeProtocol();
    const running = await fake.execute('1', { stop_on_error: false });
    const queued = await fake.execute('2');
    await fake.kernel.leave(failure, fake.running.cell);
    expect(fake.content(running, 'execute_reply')).toMatchObject({ status: 'error', ename: 'KernelExit' });
    expect(fake.story(running).at(-1)).toBe('idle');
    expect(fake.story(queued)).toEqual(['busy', 'execute_reply', 'idle']);
  });

  test('is the error of a cell that is being compiled', async () => {
    const fake = new FakeProtocol();
    const compiling = createMessage('execute_request', { code: '1' }, { session: 'client' });
    fake.kernel.onMessage('shell', compiling);
    await fake.kernel.leave(failure, 0);
    expect(fake.content(compiling, 'execute_reply')).toMatchObject({ status: 'error', ename: 'KernelExit' });
  });

  test('is told on the stderr of the cell that did it when none runs', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1');
    await fake.finish();
    await fake.kernel.leave(failure, fake.running.cell);
    expect(fake.content(request, 'stream')).toMatchObject({
      name: 'stderr',
      text: expect.stringContaining('KernelExit'),
    });
  });

  test('is the end of what comes later', async () => {
    const fake = new FakeProtocol();
    await fake.kernel.leave(failure, 0);
    const request = await fake.execute('1');
    expect(fake.content(request, 'execute_reply')).toEqual({ status: 'aborted' });
  });
});

describe('a kernel before this one that died', () => {
  test('is named once, under the first cell that is shown', async () => {
    const fake = new FakeProtocol('The kernel before this one died.\n');
    await fake.execute('1', { silent: true });
    await fake.finish();
    const first = await fake.execute('1');
    await fake.finish();
    const second = await fake.execute('1');
    expect(fake.story(first)).toEqual(['busy', 'execute_input', 'stream', 'execute_reply', 'idle']);
    expect(fake.content(first, 'stream')).toEqual({ name: 'stderr', text: 'The kernel before this one died.\n' });
    expect(fake.story(second)).toEqual(['busy', 'execute_input']);
  });
});

describe('a comm message', () => {
  const open = { comm_id: 'c', target_name: 't' };

  test('is busy until its handlers have ended', async () => {
    const fake = new FakeProtocol();
    const request = await fake.request('comm_open', open);
    expect(fake.story(request)).toEqual(['busy']);
    await fake.say({ type: 'comm-handled', cell: fake.comm.cell, failure: undefined });
    expect(fake.story(request)).toEqual(['busy', 'idle']);
  });

  test('is the parent of what its handlers put out', async () => {
    const fake = new FakeProtocol();
    const request = await fake.request('comm_open', open);
    const { cell } = fake.comm;
    await fake.say({ type: 'stream', cell, name: 'stdout', text: 'hello' });
    await fake.say({ ...fake.comm, kind: 'message', data: { a: 1 } });
    await fake.say({ type: 'comm-handled', cell, failure: { name: 'TypeError', message: 'bad', stack: '' } });
    expect(fake.story(request)).toEqual(['busy', 'stream', 'comm_msg', 'error', 'idle']);
    expect(fake.content(request, 'error')).toMatchObject({ ename: 'TypeError', evalue: 'bad' });
  });

  test('does not overtake a cell that was sent before it', async () => {
    const fake = new FakeProtocol();
    const client = { session: 'client', idents: [] };
    fake.kernel.onMessage('shell', createMessage('execute_request', { code: '1' }, client));
    fake.kernel.onMessage('shell', createMessage('comm_open', open, client));
    await vi.waitFor(() => expect(fake.asked.map(({ type }) => type)).toEqual(['run', 'comm']));
  });

  test('of a silent cell is published all the same', async () => {
    const fake = new FakeProtocol();
    const cell = await fake.execute('1', { silent: true });
    const message = { type: 'comm', kind: 'open', cell: fake.running.cell, id: 'c', target: 't' } as const;
    await fake.say({ ...message, data: {}, metadata: {}, buffers: [] });
    expect(fake.story(cell)).toEqual(['busy', 'comm_open']);
  });

  test('of a comm that is not there is dropped', async () => {
    const fake = new FakeProtocol();
    expect(fake.story(await fake.request('comm_msg', { comm_id: 'c' }))).toEqual(['busy', 'idle']);
    expect(fake.logged).toEqual([]);
  });

  test('that names no comm is named on stderr', async () => {
    const fake = new FakeProtocol();
    expect(fake.story(await fake.request('comm_msg'))).toEqual(['busy', 'idle']);
    expect(fake.logged).toEqual(['labmill kernel: comm_msg was refused: expected comm_id to be a text, got nothing']);
  });

  test('adds its comm to those that comm_info_request lists', async () => {
    const fake = new FakeProtocol();
    await fake.request('comm_open', open);
    const [all, others] = [
      await fake.request('comm_info_request'),
      await fake.request('comm_info_request', { target_name: 'x' }),
    ];
    expect(fake.content(all, 'comm_info_reply')).toEqual({ status: 'ok', comms: { c: { target_name: 't' } } });
    expect(fake.content(others, 'comm_info_reply')).toEqual({ status: 'ok', comms: {} });
  });
});

describe('completion', () => {
  test('counts the cursor in code points', async () => {
    const fake = new FakeProtocol();
    fake.runtime = (message) => {
      if (message.type !== 'complete') return;
      const completion = { matches: ['sqrt'], types: ['function'], start: message.cursor - 2, end: message.cursor };
      fake.kernel.onRuntime({ type: 'completion', request: message.request, completion });
    };
    const request = await fake.request('complete_request', { code: '"😀"; Math.sq', cursor_pos: 12 });
    expect(fake.asked.at(-1)).toMatchObject({ type: 'complete', cursor: 13 });
    expect(fake.content(request, 'complete_reply')).toEqual({
      status: 'ok',
      matches: ['sqrt'],
      cursor_start: 10,
      cursor_end: 12,
      metadata: { _jupyter_types_experimental: [{ start: 10, end: 12, text: 'sqrt', type: 'function' }] },
    });
  });

  test.each([
    [-5, 0],
    [99, 1],
    [undefined, 1],
  ])('takes a cursor at %j of one character for %i', async (cursor_pos, cursor) => {
    const fake = new FakeProtocol();
    await fake.request('complete_request', { code: '😀', cursor_pos });
    expect(fake.asked.at(-1)).toMatchObject({ cursor: 2 * cursor });
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
    const request = await fake.request('inspect_request', { code: 'a', cursor_pos: 1, detail_level: 1 });
    expect(fake.asked).toEqual([{ type: 'inspect', request: 1, code: 'a', cursor: 1, detail: 1 }]);
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
