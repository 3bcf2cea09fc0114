import { expect, test } from 'vitest';
import { isComplete } from '../../../src/kernel/compile/is-complete.ts';
import { KnownNames } from '../../../src/kernel/compile/known-names.ts';

const nothing = new KnownNames(import.meta.dirname);

test.each([
  '',
  '1',
  'const a = 1',
  'function f() {\n  return 1\n}',
  '{ a: 1 }',
  'await 1',
  '!ls',
  '%%bash\nif\n',
  '// only this',
  '@dec class A {}',
  '<ul>\n  <li>{1}</li>\n</ul>',
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
  ['%%bash\nls', ''],
  ['!ls \\', ''],
  ['/* comment', ''],
  ['if (a) {\n  b()', '  '],
  ['const f = (', '  '],
  ['class A {\n  m() {', '    '],
  ['<ul>', ''],
  ['const a = <ul>\n  <li>one</li>', '  '],
  ['<ul>{', '  '],
])('%j wants more, indented by %j', (source, indent) => {
  expect(isComplete(source, nothing)).toEqual({ status: 'incomplete', indent });
});

test.each([
  'const 1 = 2',
  'a b',
  'let x = ];',
  ')',
  '"text',
  'let a; let a',
  'class A { constructor(@dec a) {} }',
  '<a></b>',
])('%j is invalid', (source) => {
  expect(isComplete(source, nothing)).toEqual({ status: 'invalid' });
});
