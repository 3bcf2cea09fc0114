import { expect, test } from 'vitest';
import { addParameter, joinParameterPairs } from '../../src/cli/parameter-pairs.ts';

test('joinParameterPairs joins names and values, also those that begin with a hyphen', () => {
  expect(joinParameterPairs(['run', '-p', 'low', '-1', 'a.ipynb', '--parameter', 'name', 'a b="c"'])).toEqual([
    'run',
    '--parameter=["low","-1"]',
    'a.ipynb',
    '--parameter=["name","a b=\\"c\\""]',
  ]);
});

test('joinParameterPairs leaves everything after -- alone', () => {
  expect(joinParameterPairs(['run', '--', '-p', 'a'])).toEqual(['run', '--', '-p', 'a']);
});

test.each([[['-p']], [['-p', 'name']]])('joinParameterPairs refuses %j', (args) => {
  expect(() => joinParameterPairs(args)).toThrow('-p: expected a name and a value, as in "-p days 365"');
});

test('addParameter gathers the pairs', () => {
  expect(addParameter('["b","2"]', addParameter('["a","1"]'))).toEqual({ a: '1', b: '2' });
});
