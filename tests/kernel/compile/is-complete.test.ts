import { expect, test } from 'vitest';
import { isComplete } from '../../../src/kernel/compile/is-complete.ts';

const nothing = { declared: new Map(), builtins: new Set<string>() };

test.each([
  '',
  '1',
  'const a = 1',
  'function f() {\n  return 1\n}',
  '{ a: 1 }',
  'await 1',
  '!ls',
  '%%bash\nif',
  '// only this',
])('%j is complete', (source) => {
  expect(isComplete(source, nothing)).toEqual({ status: 'complete' });
});

test.each([
  ['function f() {', '  '],
  ['  if (true) {', '    '],
  ['f(1,', ''],
  ['const a =', ''],
  ['[1, 2', ''],
  ['a +', ''],
  ['`text', ''],
  ['/* comment', ''],
  ['if (a) {\n  b()', '  '],
  ['const f = (', '  '],
  ['class A {\n  m() {', '    '],
])('%j wants more, indented by %j', (source, indent) => {
  expect(isComplete(source, nothing)).toEqual({ status: 'incomplete', indent });
});

test.each(['const 1 = 2', 'a b', 'let x = ];', ')', '"text', 'let a; let a', '@dec class A {}'])(
  '%j is invalid',
  (source) => {
    expect(isComplete(source, nothing)).toEqual({ status: 'invalid' });
  },
);
