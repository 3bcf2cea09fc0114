import { describe, expect, test } from 'vitest';
import { History } from '../../../src/kernel/worker/history.ts';

function aHistory(): History {
  const history = new History();
  ['a = 1', 'b(a)', 'a = 1', 'c.d'].forEach((source, index) => history.add(index + 1, source));
  history.setOutput(2, '42');
  return history;
}

// Messaging specification, "History": entries are (session, line, input), or (session, line, (input, output)).
describe('History', () => {
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
    ['no range of another session', { hist_access_type: 'range', session: -1, start: 1 }, []],
    [
      'a search',
      { hist_access_type: 'search', pattern: 'a*' },
      [
        [1, 1, 'a = 1'],
        [1, 3, 'a = 1'],
      ],
    ],
    ['a search for one character', { hist_access_type: 'search', pattern: 'c?d' }, [[1, 4, 'c.d']]],
    ['a search that takes dots as dots', { hist_access_type: 'search', pattern: 'c.d' }, [[1, 4, 'c.d']]],
    ['a search without repetitions', { hist_access_type: 'search', pattern: 'a*', unique: true }, [[1, 3, 'a = 1']]],
    ['the last of a search', { hist_access_type: 'search', pattern: '*', n: 1 }, [[1, 4, 'c.d']]],
    ['nothing for another access', { hist_access_type: 'other' }, []],
  ])('answers with %s', (_what, request, entries) => {
    expect(aHistory().answer(request)).toEqual(entries);
  });

  test('adds outputs when they are asked for', () => {
    expect(aHistory().answer({ hist_access_type: 'range', session: 0, start: 1, stop: 3, output: true })).toEqual([
      [1, 1, ['a = 1', null]],
      [1, 2, ['b(a)', '42']],
    ]);
  });
});
