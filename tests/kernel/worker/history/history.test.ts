import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { History } from '../../../../src/kernel/worker/history/history.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function aHistory(file?: string, sources: readonly string[] = ['a = 1', 'b(a)', 'a = 1', 'c.d']) {
  const logged: string[] = [];
  const history = new History({ file, log: (line) => void logged.push(line) });
  onTestFinished(() => history.close());
  sources.forEach((source, index) => history.add(index + 1, source));
  return { history, logged };
}

const tail = { hist_access_type: 'tail', n: 10 };

// Messaging specification, "History": entries are (session, line, input), or (session, line, (input, output)).
describe('a history in memory', () => {
  test.each([
    [
      'the last n',
      { hist_access_type: 'tail', n: 2 },
      [
        [1, 3, 'a = 1'],
        [1, 4, 'c.d'],
      ],
    ],
    ['none of the last 0', { hist_access_type: 'tail', n: 0 }, []],
    [
      'a range',
      { hist_access_type: 'range', session: 0, start: 2, stop: 4 },
      [
        [1, 2, 'b(a)'],
        [1, 3, 'a = 1'],
      ],
    ],
    ['a range of this session by number', { hist_access_type: 'range', session: 1, start: 4 }, [[1, 4, 'c.d']]],
    ['no range of a session that is not there', { hist_access_type: 'range', session: -1, start: 1 }, []],
    [
      'a search',
      { hist_access_type: 'search', pattern: 'a*' },
      [
        [1, 1, 'a = 1'],
        [1, 3, 'a = 1'],
      ],
    ],
    ['a search that takes dots as dots', { hist_access_type: 'search', pattern: 'c.d' }, [[1, 4, 'c.d']]],
    ['a search without repetitions', { hist_access_type: 'search', pattern: 'a*', unique: true }, [[1, 3, 'a = 1']]],
    ['the last of a search', { hist_access_type: 'search', n: 1 }, [[1, 4, 'c.d']]],
  ])('answers with %s', async (_what, request, entries) => {
    expect(await aHistory().history.answer(request)).toEqual(entries);
  });

  test('answers with ten inputs to a tail of no length', async () => {
    const { history } = aHistory(
      undefined,
      Array.from({ length: 12 }, (_, index) => `${index}`),
    );
    expect(await history.answer({ hist_access_type: 'tail' })).toHaveLength(10);
  });

  test('adds outputs when they are asked for, long ones cut', async () => {
    const { history } = aHistory(undefined, ['a', 'b', 'c']);
    history.setOutput(2, '42');
    history.setOutput(3, 'x'.repeat(5000));
    expect(await history.answer({ ...tail, output: true })).toEqual([
      [1, 1, ['a', null]],
      [1, 2, ['b', '42']],
      [1, 3, ['c', 'x'.repeat(1000)]],
    ]);
  });

  test.each([
    [{ hist_access_type: 'other' }, 'expected hist_access_type to be "tail", "range" or "search", got "other"'],
    [{ hist_access_type: 'tail', n: 'ten' }, 'expected n to be a whole number, got "ten"'],
    [{ hist_access_type: 'search', pattern: 1 }, 'expected pattern to be a text, got 1'],
    [{ hist_access_type: 'range', session: 0.5 }, 'expected session to be a whole number, got 0.5'],
  ])('refuses %j', async (request, message) => {
    await expect(aHistory().history.answer(request)).rejects.toThrow(message);
  });
});

describe('a history in a file', () => {
  test('has the sessions before it, by number and counted backwards', async () => {
    const file = join(temporaryFolder(), 'history.sqlite');
    await aHistory(file, ['first']).history.close();
    const { history } = aHistory(file, ['second']);
    expect(await history.answer({ hist_access_type: 'range', session: -1, start: 1 })).toEqual([[1, 1, 'first']]);
    expect(await history.answer(tail)).toEqual([
      [1, 1, 'first'],
      [2, 1, 'second'],
    ]);
  });

  test('has no outputs of the sessions before it', async () => {
    const file = join(temporaryFolder(), 'history.sqlite');
    const { history: before } = aHistory(file, ['first']);
    before.setOutput(1, 'shown');
    await before.close();
    const { history } = aHistory(file, ['second']);
    expect(await history.answer({ ...tail, n: 2, output: true })).toEqual([
      [1, 1, ['first', null]],
      [2, 1, ['second', null]],
    ]);
  });

  test('is written by itself some time after an input', async () => {
    const file = join(temporaryFolder(), 'history.sqlite');
    aHistory(file, ['first']);
    const { history } = aHistory(file, []);
    const written = [[expect.any(Number), 1, 'first']];
    await vi.waitFor(async () => expect(await history.answer(tail)).toEqual(written), 5000);
  });

  test('goes on in memory, and says so once, when the file is damaged', async () => {
    const file = join(temporaryFolder(), 'history.sqlite');
    writeFileSync(file, 'x'.repeat(5000));
    const { history, logged } = aHistory(file, ['a']);
    expect(await history.answer(tail)).toEqual([[1, 1, 'a']]);
    history.add(2, 'b');
    expect(await history.answer(tail)).toHaveLength(2);
    expect(logged).toEqual([`labmill kernel: the history is kept in memory only: ${file}: file is not a database`]);
  });

  test('goes on in memory with all of its session when the file is damaged later', async () => {
    const file = join(temporaryFolder(), 'history.sqlite');
    const { history, logged } = aHistory(file, ['a']);
    await history.answer(tail);
    using database = new DatabaseSync(file);
    database.exec('DROP TABLE inputs');
    history.add(2, 'b');
    expect(await history.answer(tail)).toEqual([
      [1, 1, 'a'],
      [1, 2, 'b'],
    ]);
    expect(logged).toEqual([expect.stringContaining('no such table: inputs')]);
  });
});
