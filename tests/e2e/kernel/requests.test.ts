import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { TestClient } from '../../support/kernel-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
afterAll(() => client.close());

describe('kernel_info_request', () => {
  test.each(['shell', 'control'] as const)('is answered in full on %s', async (channel) => {
    expect(await client.ask('kernel_info_request', {}, channel)).toMatchObject({
      status: 'ok',
      protocol_version: expect.stringMatching(/^5\.\d$/),
      implementation: 'labmill',
      implementation_version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      language_info: {
        name: 'typescript',
        mimetype: 'text/typescript',
        file_extension: '.ts',
        version: expect.any(String),
      },
      banner: expect.stringContaining('Labmill'),
      help_links: [{ text: expect.any(String), url: expect.any(String) }, {}],
      debugger: false,
      supported_features: ['kernel subshells'],
    });
  });
});

describe('usage_request', () => {
  test('tells what the kernel uses', async () => {
    await client.ask('usage_request', {}, 'control');
    const usage = await client.ask('usage_request', {}, 'control');
    expect(usage).toMatchObject({
      pid: client.process.pid,
      kernel_cpu: expect.any(Number),
      hostname: expect.any(String),
    });
    expect(usage['kernel_memory']).toBeGreaterThan(20e6);
    expect(usage['host_virtual_memory']).toMatchObject({ total: expect.any(Number), percent: expect.any(Number) });
  });

  test('counts the processor that a cell keeps busy', async () => {
    await client.ask('usage_request', {}, 'control');
    await client.execute('const end = Date.now() + 200; while (Date.now() < end);');
    expect((await client.ask('usage_request', {}, 'control'))['kernel_cpu']).toBeGreaterThan(10);
  });
});

test('connect_request is answered with the ports', async () => {
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = client.process.connection;
  expect(await client.ask('connect_request')).toEqual({
    status: 'ok',
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
  });
});

test('debug_request fails as the Debug Adapter Protocol has it', async () => {
  const request = { type: 'request', seq: 3, command: 'initialize', arguments: {} };
  expect(await client.ask('debug_request', request, 'control')).toEqual({
    type: 'response',
    seq: 0,
    request_seq: 3,
    success: false,
    command: 'initialize',
    message: 'this kernel has no debugger',
  });
});

describe('a malformed request', () => {
  test.each([
    ['execute_request', { code: 5 }],
    ['complete_request', { code: null, cursor_pos: 0 }],
    ['complete_request', { code: 'a', cursor_pos: {} }],
    ['inspect_request', {}],
    ['history_request', { hist_access_type: 'all' }],
    ['history_request', { hist_access_type: 'tail', n: [] }],
  ])('is answered with an error: %s of %j', async (type, content) => {
    expect(await client.ask(type, content)).toMatchObject({ status: 'error', ename: 'RequestError', traceback: [] });
    expect((await client.execute('1')).shown).toBe('1');
  });

  test.each([
    ['complete_request', { code: 'Math.sqr', cursor_pos: 1e9 }, { status: 'ok', matches: ['sqrt'] }],
    ['complete_request', { code: 'Math.sqr', cursor_pos: -1 }, { status: 'ok', cursor_start: 0, cursor_end: 0 }],
    ['inspect_request', { code: 'Math.sqrt', cursor_pos: 1e9 }, { status: 'ok', found: true }],
    ['inspect_request', { code: '', cursor_pos: 0 }, { status: 'ok', found: false }],
    ['is_complete_request', { code: 5 }, { status: 'unknown' }],
    ['comm_info_request', { target_name: 5 }, { status: 'ok' }],
  ])('is answered as far as it can be: %s of %j', async (type, content, reply) => {
    expect(await client.ask(type, content)).toMatchObject(reply);
  });

  test.each(['brew_request', 'comm_msg', 'execute_reply', ''])(
    'of type %j has no answer, and the kernel goes on',
    async (type) => {
      const story = await client.storyOf(await client.send(type, { comm_id: 1 }));
      expect(story.map(({ content }) => content['execution_state'])).toEqual(['busy', 'idle']);
      expect((await client.execute('1')).shown).toBe('1');
    },
  );
});

test('completion is answered while a cell awaits', async () => {
  const cell = await client.sendCell('console.log("begun"); await new Promise(() => {})');
  await client.until(() => client.printedBy(cell) !== '');
  expect(await client.ask('complete_request', { code: 'Math.sqr', cursor_pos: 8 })).toMatchObject({
    matches: ['sqrt'],
  });
  expect(client.repliesTo(cell)).toEqual([]);
  await client.interrupt();
  await client.resultOf(cell);
});

test('completion tells what each match is', async () => {
  const code =
    'class zooClass {}; function zooFunction() {}; const zooValue = 1; import * as zooModule from "node:path"';
  await client.execute(code);
  const { metadata } = await client.ask('complete_request', { code: '😀; zoo', cursor_pos: 6 });
  const matches = (metadata as { _jupyter_types_experimental: object[] })._jupyter_types_experimental;
  expect(matches).toEqual([
    { start: 3, end: 6, text: 'zooClass', type: 'class' },
    { start: 3, end: 6, text: 'zooFunction', type: 'function' },
    { start: 3, end: 6, text: 'zooModule', type: 'module' },
    { start: 3, end: 6, text: 'zooValue', type: 'instance' },
  ]);
});

test.each([
  [0, '… 13 more lines'],
  [1, '  return "end"'],
])('inspection of a long function with detail %i has %j', async (detail_level, text) => {
  await client.execute(`function long() {\n${'  // a line\n'.repeat(20)}  return "end"\n}`);
  const { data } = await client.ask('inspect_request', { code: 'long', cursor_pos: 4, detail_level });
  expect((data as Record<string, string>)['text/plain']).toContain(text);
});

describe('every client', () => {
  test('is welcomed, hears the others, and gets its own replies', async () => {
    const second = await TestClient.connect(client.process);
    onTestFinished(() => second.disconnect());
    const welcome = second.published.find(({ header }) => header.msg_type === 'iopub_welcome');
    expect(welcome?.content).toEqual({ subscription: '' });
    const cell = await client.sendCell('console.log("to all")');
    await second.until(() => second.printedBy(cell) === 'to all\n');
    expect((await second.execute('2')).shown).toBe('2');
    await client.resultOf(cell);
  });

  test('is told of a shutdown', async () => {
    const first = await TestClient.start();
    onTestFinished(() => first.close());
    const second = await TestClient.connect(first.process);
    onTestFinished(() => second.disconnect());
    const request = await first.send('shutdown_request', { restart: true }, 'control');
    expect((await first.replyTo(request)).content).toEqual({ status: 'ok', restart: true });
    const isTold = () => second.about(request).find(({ header }) => header.msg_type === 'shutdown_reply');
    await expect.poll(isTold).toMatchObject({ content: { status: 'ok', restart: true } });
  });
});

test('requests on control have statuses of their own while a cell runs', async () => {
  const cell = await client.sendCell('console.log("begun"); await new Promise(() => {})');
  await client.until(() => client.printedBy(cell) !== '');
  const request = await client.send('usage_request', {}, 'control');
  const story = await client.storyOf(request);
  expect(story.map(({ content }) => content['execution_state'])).toEqual(['busy', 'idle']);
  await client.until(() => client.about(cell).at(-1)?.content['execution_state'] === 'busy');
  await client.interrupt();
  await client.resultOf(cell);
});
