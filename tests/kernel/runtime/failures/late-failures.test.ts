import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { CurrentCell } from '../../../../src/kernel/runtime/current-cell.ts';
import { LateFailures } from '../../../../src/kernel/runtime/failures/late-failures.ts';
import { Output } from '../../../../src/kernel/runtime/output.ts';
import type { FromRuntime } from '../../../../src/kernel/thread-messages.ts';

function aNotebook() {
  const posted: FromRuntime[] = [];
  const post = (message: FromRuntime) => void posted.push(message);
  const current = new CurrentCell();
  const late = new LateFailures({ post, current, output: new Output(post, current) });
  return { posted, current, late };
}
const promise = Promise.resolve();

describe('LateFailures', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
  });

  test('tells of an exception at once, in its cell', () => {
    const { posted, current, late } = aNotebook();
    current.run(7, () => late.exception(new TypeError('no')));
    expect(posted).toMatchObject([
      { type: 'late-failure', cell: 7, origin: 'exception', failure: { name: 'TypeError', message: 'no' } },
    ]);
  });

  test('tells of a rejection when nobody has handled it for a while', () => {
    const { posted, current, late } = aNotebook();
    current.run(7, () => late.rejection('no', promise));
    expect(posted).toEqual([]);
    vi.runAllTimers();
    expect(posted).toMatchObject([{ cell: 7, origin: 'rejection', failure: { message: 'no' } }]);
  });

  test('keeps quiet about a rejection that was handled in time', () => {
    const { posted, late } = aNotebook();
    late.rejection('no', promise);
    late.handled(promise);
    vi.runAllTimers();
    late.flush();
    expect(posted).toEqual([]);
  });

  test('tells of what is left when it is asked to, once', () => {
    const { posted, late } = aNotebook();
    late.rejection('no', promise);
    late.flush();
    vi.runAllTimers();
    expect(posted).toHaveLength(1);
  });

  test('tells of 50 failures of a cell, then that there are more', () => {
    const { posted, current, late } = aNotebook();
    current.run(7, () => Array.from({ length: 60 }, () => late.exception('no')));
    current.run(8, () => late.exception('no'));
    vi.runAllTimers();
    const told = posted.filter(({ type }) => type === 'late-failure');
    expect(told.map((message) => 'cell' in message && message.cell)).toEqual([...Array<number>(50).fill(7), 8]);
    expect(posted).toContainEqual(expect.objectContaining({ text: 'Further failures of this cell are not shown.\n' }));
  });
});
