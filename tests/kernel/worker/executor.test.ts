import { describe, expect, test } from 'vitest';
import { FakeProtocol } from '../../support/fake-protocol.ts';

const text = (shown: string) => ({ data: { 'text/plain': shown } });

describe('a cell', () => {
  test('is busy, shows its input, its outputs and its result, replies, and is idle', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1 + 1');
    await fake.say({ type: 'stream', cell: fake.running.cell, name: 'stdout', text: 'hi\n' });
    await fake.finish(text('2'));
    expect(fake.story(request)).toEqual(['busy', 'execute_input', 'stream', 'execute_result', 'execute_reply', 'idle']);
    expect(fake.content(request, 'execute_input')).toEqual({ code: '1 + 1', execution_count: 1 });
    expect(fake.content(request, 'execute_result')).toEqual({ execution_count: 1, metadata: {}, ...text('2') });
    expect(fake.content(request, 'execute_reply')).toMatchObject({ status: 'ok', execution_count: 1, payload: [] });
  });

  test('is a script in the notebook’s folder and names what it declares', async () => {
    const fake = new FakeProtocol();
    await fake.execute('const a = 1, crypto = 2');
    expect(fake.running).toMatchObject({ file: '/notebook/cell-1.ts', names: ['a', 'crypto'] });
    expect(fake.running.code).toContain('$cell.own.crypto = 2');
  });

  test('without a result replies only', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('const a = 1');
    await fake.finish();
    expect(fake.story(request)).toEqual(['busy', 'execute_input', 'execute_reply', 'idle']);
  });

  test('that fails publishes and replies the same error', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('f()');
    await fake.fail('TypeError', 'no');
    await fake.idle(request);
    const error = fake.content(request, 'error');
    expect(fake.story(request)).toEqual(['busy', 'execute_input', 'error', 'execute_reply', 'idle']);
    expect(error).toMatchObject({
      ename: 'TypeError',
      evalue: 'no',
      traceback: [expect.stringContaining('TypeError')],
    });
    expect(fake.content(request, 'execute_reply')).toMatchObject({ status: 'error', execution_count: 1, ...error });
  });

  test('that does not compile fails without being run', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('let a = ;');
    await fake.idle(request);
    expect(fake.asked).toEqual([]);
    expect(fake.content(request, 'error')).toMatchObject({ ename: 'SyntaxError' });
    expect(fake.story(request)).toEqual(['busy', 'execute_input', 'error', 'execute_reply', 'idle']);
  });

  test('that did not compile declares nothing', async () => {
    const fake = new FakeProtocol();
    await fake.idle(await fake.execute('const a = 1; let b = ;'));
    await fake.execute('a = 2');
    expect(fake.running.code).not.toContain('fixed');
  });

  test('shows pages in the front end’s pager', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('Math?');
    await fake.finish({ payloads: [{ source: 'page', data: { 'text/plain': 'Math: object' }, start: 0 }] });
    expect(fake.content(request, 'execute_reply')).toMatchObject({
      payload: [{ source: 'page', data: { 'text/plain': 'Math: object' }, start: 0 }],
    });
  });

  test.each([
    [{ silent: true }, ['busy', 'execute_reply', 'idle']],
    [{ silent: true, store_history: true }, ['busy', 'execute_reply', 'idle']],
  ])('with %j publishes nothing and does not count', async (options, story) => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1', options);
    await fake.say({ type: 'stream', cell: fake.running.cell, name: 'stdout', text: 'hi' });
    await fake.finish(text('1'));
    expect(fake.story(request)).toEqual(story);
    expect(fake.content(request, 'execute_reply')).toMatchObject({ execution_count: 0 });
  });

  test.each(['', ' \n'])('of no code (%j) does not count and is not kept', async (code) => {
    const fake = new FakeProtocol();
    const request = await fake.execute(code);
    await fake.finish();
    expect(fake.content(request, 'execute_input')).toEqual({ code, execution_count: 0 });
    expect(fake.content(request, 'execute_reply')).toMatchObject({ status: 'ok', execution_count: 0 });
  });

  test('has the time when it began in its reply', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1');
    await fake.finish();
    const reply = fake.about(request).find(({ type }) => type === 'execute_reply');
    expect(reply?.message.metadata).toEqual({ started: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  test('that fails silently replies only', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1', { silent: true });
    await fake.fail();
    expect(fake.story(request)).toEqual(['busy', 'execute_reply', 'idle']);
  });

  test('with store_history false shows its result and does not count', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1', { store_history: false });
    await fake.finish(text('1'));
    expect(fake.story(request)).toContain('execute_result');
    expect(fake.content(request, 'execute_reply')).toMatchObject({ execution_count: 0 });
    const history = await fake.request('history_request', { hist_access_type: 'tail', n: 9 });
    await fake.idle(history);
    expect(fake.content(history, 'history_reply')).toEqual({ status: 'ok', history: [] });
  });
});

describe('user expressions', () => {
  test('are compiled like cells and answered one by one, errors without frames', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1', { user_expressions: { good: 'a as number', bad: 'b' } });
    const failure = {
      name: 'ReferenceError',
      message: 'b is not defined',
      stack: 'Error\n    at /notebook/cell-1.ts:1:9',
    };
    expect(fake.running.userExpressions.map(({ key }) => key)).toEqual(['good', 'bad']);
    await fake.finish({ userExpressions: { good: { status: 'ok', ...text('7') }, bad: { status: 'error', failure } } });
    expect(fake.content(request, 'execute_reply')?.['user_expressions']).toEqual({
      good: { status: 'ok', data: { 'text/plain': '7' }, metadata: {} },
      bad: { status: 'error', ename: 'ReferenceError', evalue: 'b is not defined', traceback: [expect.any(String)] },
    });
  });

  test('that do not compile throw where they are evaluated', async () => {
    const fake = new FakeProtocol();
    await fake.execute('1', { user_expressions: { bad: 'let' } });
    expect(fake.running.userExpressions[0]?.code).toContain('throw new SyntaxError(');
  });
});

describe('cells of different shells', () => {
  test('run at a time, each with its own outcome', async () => {
    const fake = new FakeProtocol();
    const subshell = await fake.createSubshell();
    const first = await fake.execute('1');
    const { cell } = fake.running;
    const second = await fake.executeIn(subshell, '2');
    await fake.finish(text('2'));
    await fake.finish(text('1'), cell);
    expect(fake.content(first, 'execute_result')).toMatchObject({ execution_count: 1, ...text('1') });
    expect(fake.content(second, 'execute_result')).toMatchObject({ execution_count: 2, ...text('2') });
  });

  test('keep their outputs apart', async () => {
    const fake = new FakeProtocol();
    const subshell = await fake.createSubshell();
    const first = await fake.execute('1');
    const { cell } = fake.running;
    const second = await fake.executeIn(subshell, '2');
    await fake.say({ type: 'stream', cell, name: 'stdout', text: 'of the first' });
    expect(fake.story(first)).toContain('stream');
    expect(fake.story(second)).not.toContain('stream');
  });

  test('take no outcome of another cell', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1');
    const outcome = { status: 'ok', data: undefined, userExpressions: {}, payloads: [] } as const;
    await fake.say({ type: 'outcome', cell: 99, outcome });
    expect(fake.story(request)).toEqual(['busy', 'execute_input']);
  });
});

describe('output', () => {
  test('that is late has its own cell as parent', async () => {
    const fake = new FakeProtocol();
    const first = await fake.execute('1');
    const { cell } = fake.running;
    await fake.finish();
    const second = await fake.execute('2');
    await fake.say({ type: 'stream', cell, name: 'stdout', text: 'late' });
    expect(fake.story(first).at(-1)).toBe('stream');
    expect(fake.story(second)).not.toContain('stream');
  });

  test.each([
    ['display_data', undefined, false, {}],
    ['display_data', 'a', false, { display_id: 'a' }],
    ['update_display_data', 'a', true, { display_id: 'a' }],
  ])('is a %s with id %j', async (type, displayId, isUpdate, transient) => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1');
    await fake.say({ type: 'display', cell: fake.running.cell, data: { 'text/plain': 'x' }, displayId, isUpdate });
    expect(fake.content(request, type)).toEqual({ data: { 'text/plain': 'x' }, metadata: {}, transient });
  });

  test('can be cleared', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1');
    await fake.say({ type: 'clear', cell: fake.running.cell, wait: true });
    expect(fake.content(request, 'clear_output')).toEqual({ wait: true });
  });

  test('of a cell that failed later comes on stderr', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1');
    const failure = { name: 'Error', message: 'late', stack: '' };
    await fake.say({ type: 'late-failure', origin: 'exception', cell: fake.running.cell, failure });
    expect(fake.content(request, 'stream')).toMatchObject({ name: 'stderr', text: expect.stringMatching(/: late\n$/) });
  });

  test('of an interrupted cell is dropped', async () => {
    const fake = new FakeProtocol();
    const request = await fake.execute('1');
    const { cell } = fake.running;
    await fake.fail('KeyboardInterrupt', 'the cell was interrupted');
    await fake.say({ type: 'stream', cell, name: 'stdout', text: 'late' });
    await fake.say({
      type: 'late-failure',
      origin: 'exception',
      cell,
      failure: { name: 'Error', message: 'late', stack: '' },
    });
    expect(fake.story(request)).not.toContain('stream');
  });

  test('of a cell that nobody knows is dropped', async () => {
    const fake = new FakeProtocol();
    const before = fake.sent.length;
    await fake.say({ type: 'stream', cell: 99, name: 'stdout', text: 'x' });
    await fake.say({
      type: 'late-failure',
      origin: 'exception',
      cell: 99,
      failure: { name: 'Error', message: 'late', stack: '' },
    });
    expect(fake.sent).toHaveLength(before);
  });
});
