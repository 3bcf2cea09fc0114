import { expect, test } from 'vitest';
import { LoopPace } from '../../../src/kernel/runtime/loop-pace.ts';

/** What a pace answers when these times, in milliseconds, lie between its questions. */
function answers(...gaps: readonly number[]): number[] {
  const pace = new LoopPace();
  let now = 1000;
  return gaps.map((gap) => pace.next((now += gap)));
}

test('a pace goes on in longer stretches while rounds are quick', () => {
  expect(answers(0, 1, 1, 1)).toEqual([1, 2, 4, 8]);
});

test('a pace comes back to each round when they are slow', () => {
  expect(answers(0, 1, 1, 100, 100, 100)).toEqual([1, 2, 4, 2, 1, 1]);
});

test('a pace never lets a loop go on for ever', () => {
  expect(answers(...Array<number>(100).fill(0)).at(-1)).toBe(65_536);
});
