import { expect, test } from 'vitest';
import { foldLine } from '../../src/notebook/fold-line.ts';

test.each([
  ['abc', 'abc', 'leaves plain text alone'],
  ['10%\r20%', '20%', 'overwrites after going back'],
  ['abcdef\rxy', 'xycdef', 'overwrites only what is covered'],
  ['a\r\r\rb', 'b', 'takes several returns for one'],
  ['10%\r20%\r', '20%\r', 'keeps a return at the end: what it overwrites is not known yet'],
  ['abc\b\bd', 'ad', 'takes characters back'],
  ['a\r\bb', 'b', 'does not take a return back'],
  ['long text\r\x1b[Kok', 'ok', 'clears the line when told to'],
  ['long text\r\x1b[2Kok', 'ok', 'clears the whole line when told to'],
  ['\rstart', 'start', 'goes back at the start'],
])('foldLine of %j is %j: it %s', (line, folded) => {
  expect(foldLine(line)).toBe(folded);
});
