import { describe, expect, test } from 'vitest';
import { FakeProtocol } from '../../support/fake-protocol.ts';

describe('a shell', () => {
  test('runs one cell after another', async () => {
    const fake = new FakeProtocol();
    const first = await fake.execute('1');
    const second = await fake.execute('2');
    expect(fake.story(second)).toEqual([]);
    await fake.finish();
    expect(fake.story(first).at(-1)).toBe('idle');
    expect(fake.story(second)).toEqual(['busy', 'execute_input']);
  });

  test('drops what stands behind an error, and runs what is sent when it was told', async () => {
    const fake = new FakeProtocol();
    const failing = await fake.execute('1');
    const queued = await fake.execute('2');
    await fake.fail();
    await fake.idle(failing);
    const later = await fake.execute('3');
    await fake.finish();
    expect(fake.story(queued)).toEqual(['busy', 'execute_reply', 'idle']);
    expect(fake.content(queued, 'execute_reply')).toEqual({ status: 'aborted' });
    expect(fake.content(later, 'execute_reply')).toMatchObject({ status: 'ok', execution_count: 2 });
  });

  test('drops what comes before an error is told', async () => {
    const fake = new FakeProtocol();
    const [, behind] = await Promise.all([fake.execute('let a = ;'), fake.execute('1')]);
    await fake.idle(behind);
    expect(fake.content(behind, 'execute_reply')).toEqual({ status: 'aborted' });
  });

  test.each([
    ['that asks not to stop on errors itself', { stop_on_error: false }],
    ['that is silent', { silent: true }],
  ])('drops a cell behind an error %s', async (_what, options) => {
    const fake = new FakeProtocol();
    await fake.execute('1');
    const queued = await fake.execute('2', options);
    await fake.fail();
    await fake.idle(queued);
    expect(fake.content(queued, 'execute_reply')).toEqual({ status: 'aborted' });
  });

  test.each([{ stop_on_error: false }, { silent: true }])('goes on behind an error with %j', async (options) => {
    const fake = new FakeProtocol();
    await fake.execute('1', options);
    const queued = await fake.execute('2');
    await fake.fail();
    await fake.finish();
    expect(fake.content(queued, 'execute_reply')).toMatchObject({ status: 'ok' });
  });

  test('answers questions that stand behind an error', async () => {
    const fake = new FakeProtocol();
    await fake.execute('1');
    const question = await fake.request('kernel_info_request');
    await fake.fail();
    expect(fake.content(question, 'kernel_info_reply')).toMatchObject({ status: 'ok' });
  });
});

describe('a subshell', () => {
  test('is created, listed and deleted', async () => {
    const fake = new FakeProtocol();
    const id = await fake.createSubshell();
    const list = await fake.request('list_subshell_request', {}, 'control');
    const deletion = await fake.request('delete_subshell_request', { subshell_id: id }, 'control');
    const then = await fake.request('list_subshell_request', {}, 'control');
    expect(fake.content(list, 'list_subshell_reply')).toEqual({ status: 'ok', subshell_id: [id] });
    expect(fake.content(deletion, 'delete_subshell_reply')).toEqual({ status: 'ok' });
    expect(fake.content(then, 'list_subshell_reply')).toEqual({ status: 'ok', subshell_id: [] });
  });

  test.each([
    ['execute_request', 'execute_reply'],
    ['complete_request', 'complete_reply'],
    ['kernel_info_request', 'kernel_info_reply'],
  ])('that is not there refuses %s', async (type, reply) => {
    const fake = new FakeProtocol();
    const request = await fake.request(type, {}, 'shell', 'nowhere');
    expect(fake.story(request)).toEqual(['busy', reply, 'idle']);
    expect(fake.content(request, reply)).toEqual({
      status: 'error',
      ename: 'UnknownSubshellError',
      evalue: 'Unknown subshell_id "nowhere"',
      traceback: [],
    });
  });

  test('that is not there leaves a comm message without an answer', async () => {
    const fake = new FakeProtocol();
    expect(fake.story(await fake.request('comm_msg', {}, 'shell', 'nowhere'))).toEqual(['busy', 'idle']);
  });

  test.each(['nowhere', null, 1, undefined])('that is not there (%j) cannot be deleted', async (id) => {
    const fake = new FakeProtocol();
    const request = await fake.request('delete_subshell_request', { subshell_id: id }, 'control');
    expect(fake.content(request, 'delete_subshell_reply')).toMatchObject({ status: 'error' });
  });

  test('runs its cells while one of the main shell runs, and leaves busy as the latest status', async () => {
    const fake = new FakeProtocol();
    const subshell = await fake.createSubshell();
    const main = await fake.execute('1');
    const child = await fake.executeIn(subshell, '2');
    await fake.finish();
    expect(fake.story(child)).toEqual(['busy', 'execute_input', 'execute_reply', 'idle']);
    expect(fake.story(main)).toEqual(['busy', 'execute_input', 'busy']);
  });

  test('drops its own queue only when one of its cells fails', async () => {
    const fake = new FakeProtocol();
    const subshell = await fake.createSubshell();
    const failing = await fake.executeIn(subshell, '1');
    const { cell } = fake.running;
    const behind = await fake.executeIn(subshell, '2');
    await fake.execute('3');
    const mainBehind = await fake.execute('4');
    await fake.fail('Error', 'bad', cell);
    await fake.idle(failing);
    expect(fake.content(behind, 'execute_reply')).toEqual({ status: 'aborted' });
    expect(fake.story(mainBehind)).toEqual([]);
  });

  test('that is deleted drops its queue, and its running cell is answered', async () => {
    const fake = new FakeProtocol();
    const subshell = await fake.createSubshell();
    const running = await fake.executeIn(subshell, '1');
    const queued = await fake.executeIn(subshell, '2');
    await fake.request('delete_subshell_request', { subshell_id: subshell }, 'control');
    await fake.finish();
    expect(fake.content(queued, 'execute_reply')).toEqual({ status: 'aborted' });
    expect(fake.story(running).slice(-2)).toEqual(['execute_reply', 'idle']);
  });
});
