import { describe, expect, test } from 'vitest';
import { cellMagic, expandMagics } from '../../../src/kernel/compile/magics.ts';

describe('expandMagics', () => {
  test.each([
    ['a command', '!ls -l', 'await $cell.shell(["ls -l"],[]);'],
    ['a command with an indent', '  !ls', '  await $cell.shell(["ls"],[]);'],
    ['a magic', '%cd /tmp', 'await $cell.magic("cd",["/tmp"],[]);'],
    ['a magic without arguments', '%pwd', 'await $cell.magic("pwd",[""],[]);'],
    ['help', 'Math.max?', '$cell.help("Math.max");'],
    ['help on the last line', 'let a = 1\na?\n', 'let a = 1\n$cell.help("a");\n'],
    ['%time of an expression', '%time f(1);', '$cell.timed($cell.now(),(f(1)))'],
    ['%time of a statement', '%time let a = 1', '$cell.startTimer();let a = 1;$cell.stopTimer();'],
    ['%time of a command', '%time !ls', '$cell.startTimer();await $cell.shell(["ls"],[]);$cell.stopTimer();'],
    ['%time without anything', '%time', 'await $cell.magic("time",[""],[]);'],
    ['%%time', '%%time\nf()', '$cell.timeCell();\nf()'],
    ['a command behind a comment', '// one\n!ls', '// one\nawait $cell.shell(["ls"],[]);'],
    ['a command between statements', 'f()\n!ls\ng()', 'f()\nawait $cell.shell(["ls"],[]);\ng()'],
    ['a command in a block', 'if (a) {\n  !ls\n}', 'if (a) {\n  await $cell.shell(["ls"],[]);\n}'],
    ['a command in a callback', 'f(() => {\n%pwd\n})', 'f(() => {\nawait $cell.magic("pwd",[""],[]);\n})'],
    ['a command over several lines', '!ls \\\n  -l\nf()', 'await $cell.shell(["ls \\\\\\n  -l"],[]);\n\nf()'],
  ])('expands %s', (_what, source, text) => {
    expect(expandMagics(source).text).toBe(text);
  });

  test.each([
    ['a template literal', '`\n!ls\n%pwd\n`'],
    ['a comment', '/*\n!ls\n*/'],
    ['an expression that goes on', 'a =\n!b'],
    ['arguments', 'f(\n!a,\n)'],
    ['an object', 'a = {\n!ls\n}'],
    ['a class', 'class A {\n!ls\n}'],
    ['a remainder', 'a\n% b'],
    ['a conditional over two lines', 'a?\n1 : 2'],
    ['an optional chain', 'a?.b'],
  ])('leaves %s alone', (_what, source) => {
    expect(expandMagics(source).text).toBe(source);
  });

  test.each([
    ['!ls', true],
    ['%pwd', true],
    ['%time f()', false],
    ['a?', false],
  ])('tells whether %j awaits: %j', (source, hasAwait) => {
    expect(expandMagics(source).hasAwait).toBe(hasAwait);
  });

  test('leads a place behind a magic back to its own', () => {
    const { text, origin } = expandMagics('!ls\nMARK');
    expect(origin(text.indexOf('MARK'))).toBe(4);
  });
});

describe('a command interpolates', () => {
  test.each([
    ['an expression', 'a {b + 1} c', '["a "," c"],[(b + 1)]'],
    ['an object’s member', '{({ a: 1 }).a}', '["",""],[(({ a: 1 }).a)]'],
    ['an expression with braces', '{[{ a: 1 }][0].a}', '["",""],[([{ a: 1 }][0].a)]'],
    ['a text with a brace', '{"}"}', '["",""],[("}")]'],
    ['an `await`', '{await f()}', '["",""],[(await f())]'],
    ['a name, where it has a value', '{a}', '["",""],[typeof a==="undefined"?"{a}":a]'],
  ])('%s', (_what, command, code) => {
    expect(expandMagics(`!${command}`).text).toBe(`await $cell.shell(${code});`);
  });

  test.each([
    ['an awk program', "awk '{print $1}'"],
    ['a brace list', 'touch {a,b}.txt'],
    ['a range', 'echo {1..3}'],
    ['a variable', 'echo ${HOME} $HOME'],
    ['JSON', 'echo \'{"a": 1}\''],
    ['empty braces', 'find . -exec rm {} +'],
    ['an open brace', 'echo {'],
  ])('nothing of %s', (_what, command) => {
    expect(expandMagics(`!${command}`).text).toBe(`await $cell.shell([${JSON.stringify(command)}],[]);`);
  });
});

describe('cellMagic', () => {
  test.each([
    ['%%bash\nls', { name: 'bash', args: '', body: 'ls' }],
    ['%%writefile -a  a b.txt \none\n\ntwo\n', { name: 'writefile', args: '-a  a b.txt', body: 'one\n\ntwo\n' }],
    ['\n\n%%bash\nls', { name: 'bash', args: '', body: 'ls' }],
    ['%%bash', { name: 'bash', args: '', body: '' }],
  ])('reads %j', (source, magic) => {
    expect(cellMagic(source)).toEqual(magic);
  });

  test.each(['1\n%%bash', '%time 1', '%%time\n1', '%% bash', 'a %%b'])('does not take %j for one', (source) => {
    expect(cellMagic(source)).toBeUndefined();
  });
});
