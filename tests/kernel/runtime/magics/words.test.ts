import { expect, test } from 'vitest';
import { words } from '../../../../src/kernel/runtime/magics/words.ts';

test.each([
  ['', []],
  ['a  b', ['a', 'b']],
  [`"a b" 'c "d"' e"f g"h`, ['a b', 'c "d"', 'ef gh']],
  [`"" it's C:\\a\\b`, ['', "it's", 'C:\\a\\b']],
])('the words of %j are %j', (args, expected) => {
  expect(words(args)).toEqual(expected);
});
