import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  cellMagic,
  expandMagics,
  mayHaveMagics,
  wantsMoreLines,
} from '../../../../src/kernel/compile/magics/magics.ts';

/** Expands the magics of a cell of a notebook that has the names `known`. */
function expand(source: string, known: readonly string[] = []): string {
  return expandMagics(source, (name) => known.includes(name)).text;
}

describe('expandMagics', () => {
  test.each([
    ['a command', '!ls -l', 'await $cell.shell(["ls -l"],[]);'],
    ['a command with an indent', '  !ls', '  await $cell.shell(["ls"],[]);'],
    ['a magic', '%cd /tmp', 'await $cell.magic("cd",["/tmp"],[]);'],
    ['a magic without arguments', '%pwd', 'await $cell.magic("pwd",[""],[]);'],
    ['a command behind a comment', '// one\n!ls', '// one\nawait $cell.shell(["ls"],[]);'],
    ['a command between statements', 'f()\n!ls\ng()', 'f()\nawait $cell.shell(["ls"],[]);\ng()'],
    ['a command in a block', 'if (a) {\n  !ls\n}', 'if (a) {\n  await $cell.shell(["ls"],[]);\n}'],
    ['a magic in a callback', 'f(async () => {\n%pwd\n})', 'f(async () => {\nawait $cell.magic("pwd",[""],[]);\n})'],
    ['a command over several lines', '!ls \\\n  -l\nf()', 'await $cell.shell(["ls \\\\\\n  -l"],[]);\n\nf()'],
    ['a command next to JSX', 'const a = <b />\n!ls', 'const a = <b />\nawait $cell.shell(["ls"],[]);'],
    ['a captured command', '!!ls -l', 'await $cell.capture(["ls -l"],[]);'],
  ])('expands %s', (_what, source, text) => {
    expect(expand(source)).toBe(text);
  });

  test.each([
    ['a template literal', '`\n!ls\n%pwd\nlines = !ls\n`'],
    ['a comment', '/*\n!ls\na = !ls\n*/'],
    ['an expression that goes on', 'a =\n!b'],
    ['arguments', 'f(\n!a,\n)'],
    ['parameters', 'function f(\n  a = !b,\n) {}'],
    ['an object', 'a = {\n!ls\n}'],
    ['a class', 'class A {\n!ls\na = !b\n}'],
    ['a remainder', 'a\n% b'],
    ['a comparison', 'a == !b'],
    ['an arrow function', 'f = (a) => !a'],
    ['a condition', 'if (a = !b) f'],
  ])('leaves %s alone', (_what, source) => {
    expect(expand(source)).toBe(source);
  });

  test.each(['function f() {\n  %pwd\n}', 'f(() => {\n  !git status\n})'])(
    'refuses a magic in a function that is not async: %j',
    (source) => {
      expect(() => expand(source)).toThrow(
        expect.objectContaining({
          message: 'the cell waits for this magic, so the function around it must be `async`',
          position: { line: 2, column: 3 },
        }),
      );
    },
  );

  test('leaves whole modules alone', () => {
    const sources = globSync('{src,bench}/**/*.ts').map((file) => readFileSync(file, 'utf8'));
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((source) => expand(source) !== source)).toEqual([]);
  });

  test('leads a place behind a magic back to its own', () => {
    const { text, origin } = expandMagics('!ls\nMARK', () => false);
    expect(origin(text.indexOf('MARK'))).toBe(4);
  });

  test.each(['a % b', 'a !== b', 'a != b', 'x ? y : z', 'a >= !b', 'f(!a)', '{ a: !b }'])(
    'is spared a cell without magics: %j',
    (source) => {
      expect(mayHaveMagics(source)).toBe(false);
    },
  );
});

describe('a line with `!`', () => {
  test.each([
    '!ls',
    '!ls -la',
    '!ls | wc -l',
    '!ls > files.txt',
    '!pwd',
    '!git status',
    '!git',
    '!make -j4 && ls',
    '!true',
    '!"my program" -v',
    '!/usr/bin/env',
    '!./run.sh',
    '!$HOME/run',
    '!echo `date`',
    '!cat <<EOF',
    '!A=1 ls',
    '!typo',
    'function f() {}\n!ls',
    '!\\date',
    '!command date',
    '!ls /',
    'const a = 1\n!df -h /\n',
    'if (done) {\n  !ls -d /\n}',
  ])('is a command: %j', (source) => {
    expect(expand(source, ['done', 'date'])).toContain('await $cell.shell(');
  });

  test.each([
    '!done && start()',
    '!done && undeclared()',
    '!done',
    '!!done',
    '!done ? 1 : 2',
    '!done &&\n  start()',
    '!done.at(0)',
    '!date',
    '!start()',
    '!function () {}()',
    '!function () {\n}()',
    '!(async () => {\n  await 1\n})()',
    '!async function () {}()',
    '!new Set().size',
    'const here = 1\n!here',
    'const here = 1\n!here /',
    '!ls /\nlet a = ;',
    'function f(inner) {\n  !inner\n}',
    'function f() {\n  !later\n}\nlet later = 1',
    'function f() {\n  !missing\n}',
  ])('is TypeScript: %j', (source) => {
    expect(expand(source, ['done', 'date'])).toBe(source);
  });
});

describe('an assignment of `!`', () => {
  test.each([
    ['lines = !ls', 'let lines = await $cell.capture(["ls"],[]);'],
    ['done = !git status', 'done = await $cell.capture(["git status"],[]);'],
    ['const lines = !ls -l | wc -l', 'const lines = await $cell.capture(["ls -l | wc -l"],[]);'],
    ['let lines: string[] = !ls', 'let lines: string[] = await $cell.capture(["ls"],[]);'],
    ['export const lines = !ls', 'export const lines = await $cell.capture(["ls"],[]);'],
    ['const [first, ...rest] = !ls', 'const [first, ...rest] = await $cell.capture(["ls"],[]);'],
    ['[first, done.b] = !ls', '[first, done.b] = await $cell.capture(["ls"],[]);'],
    ['done.lines = !ls', 'done.lines = await $cell.capture(["ls"],[]);'],
    ['const date = !date', 'const date = await $cell.capture(["date"],[]);'],
    ['const log = !git log \\\n  -1', 'const log = await $cell.capture(["git log \\\\\\n  -1"],[]);\n'],
    ['if (done) {\n  done = !ls\n}', 'if (done) {\n  done = await $cell.capture(["ls"],[]);\n}'],
    ['a = !ls\na = !ls -l b', 'let a = await $cell.capture(["ls"],[]);\na = await $cell.capture(["ls -l b"],[]);'],
    ['a = !ls\na = !ls', 'let a = await $cell.capture(["ls"],[]);\na = await $cell.capture(["ls"],[]);'],
    ['a = !ls\nlet a', 'a = await $cell.capture(["ls"],[]);\nlet a'],
  ])('captures a command: %j', (source, text) => {
    expect(expand(source, ['done', 'date'])).toBe(text);
  });

  test.each([
    'const off = !done',
    'done = !done',
    'const yes = !0',
    'let a = done, off = !a.b, c',
    'const off = !done, label = off ? 1 : 2',
    'const yes = !1, list = [1,\n  2]',
    'const ok = !_exitCode',
    'const off = !done && other()',
    'const off = !(done as any).b',
    'const off = !done &&\n  date',
    'const off = !fs.existsSync(path)',
    'const f = (a) => {\n  const b = !a\n}',
    'function f() {\n  const off = !flag\n}\nconst flag = 1',
    'function f() {\n  const off = !missing\n}',
    'const el = !done && <b />',
    'const el = !done && <b>\n</b>',
    'const off = !(<any>done).b',
    'const text = "a = !ls"',
    'let a = 1; b = !ls',
  ])('is TypeScript: %j', (source) => {
    expect(expand(source, ['done', 'date'])).toBe(source);
  });
});

describe('help', () => {
  test.each([
    ['Math.max?', '"Math.max",false'],
    ['Math.max??', '"Math.max",true'],
    ['?Math', '"Math",false'],
    ['??Math', '"Math",true'],
    ['%time?', '"%time",false'],
    ['%%bash?', '"%%bash",false'],
    ['?%time', '"%time",false'],
  ])('is asked for by %j', (source, args) => {
    expect(mayHaveMagics(source)).toBe(true);
    expect(expand(source)).toBe(`await $cell.help(${args});`);
  });

  test('is asked for on the last line', () => {
    expect(expand('let a = 1\na?\n')).toBe('let a = 1\nawait $cell.help("a",false);\n');
  });

  test.each(['a?\n1 : 2', 'a?.b', 'a\n?b\n: c', 'a ? b : c', 'a ??\nb'])('is not meant by %j', (source) => {
    expect(expand(source)).toBe(source);
  });
});

describe('%time and %timeit', () => {
  test.each([
    ['%time f(1);', '$cell.timed($cell.now(),(f(1)))'],
    ['%time f(1) // slow', '$cell.timed($cell.now(),(f(1)))'],
    ['%time let a = 1', '$cell.startTimer();let a = 1;$cell.stopTimer();'],
    ['%time !ls', '$cell.startTimer();await $cell.shell(["ls"],[]);;$cell.stopTimer();'],
    ['%time', 'await $cell.magic("time",[""],[]);'],
    ['%%time\nf()', '$cell.timeCell();\nf()'],
    ['%timeit f()', 'await $cell.timeit("",()=>()=>(f()));'],
    ['%timeit -n 10 -r3 f()', 'await $cell.timeit("-n 10 -r3",()=>()=>(f()));'],
    ['%timeit -x', 'await $cell.timeit("",()=>()=>(-x));'],
    ['%timeit await f()', 'await $cell.timeit("",()=>async()=>(await f()));'],
    ['%timeit let a = 1; f(a)', 'await $cell.timeit("",()=>()=>{let a = 1; f(a)});'],
    ['%timeit !ls', 'await $cell.timeit("",()=>async()=>{await $cell.shell(["ls"],[]);});'],
    ['%%timeit\nf()', 'await $cell.timeit("",async()=>{;return ()=>{\nf()\n}});'],
    ['%%timeit -n 5 let a = 1\nf(a)', 'await $cell.timeit("-n 5 ",async()=>{let a = 1;return ()=>{\nf(a)\n}});'],
    ['%%timeit\nawait f()', 'await $cell.timeit("",async()=>{;return async()=>{\nawait f()\n}});'],
  ])('%j becomes %j', (source, text) => {
    expect(expand(source)).toBe(text);
  });

  test('knows magics below %%timeit', () => {
    expect(expand('%%timeit\n!ls')).toContain('return async()=>{\nawait $cell.shell(["ls"],[]);');
  });

  test('leads a place in the timed code back to its own', () => {
    const { text, origin } = expandMagics('%time f(MARK)', () => false);
    expect(origin(text.indexOf('MARK'))).toBe(8);
  });
});

describe('a command interpolates', () => {
  test.each([
    ['an expression', 'a {b + 1} c', '["a "," c"],[typeof b==="undefined"?"{b + 1}":(b + 1)]'],
    ['an object’s member', '{({ a: 1 }).a}', '["",""],[(({ a: 1 }).a)]'],
    ['an expression with braces', '{[{ a: 1 }][0].a}', '["",""],[([{ a: 1 }][0].a)]'],
    ['a text with a brace', '{"}" + "a"}', '["",""],[("}" + "a")]'],
    ['an `await`', '{await 1}', '["",""],[(await 1)]'],
    ['a name, where it has a value', '{a}', '["",""],[typeof a==="undefined"?"{a}":(a)]'],
    ['what is in double braces', '{{a}}', '["{","}"],[typeof a==="undefined"?"{a}":(a)]'],
  ])('%s', (_what, command, code) => {
    expect(expand(`!${command}`)).toBe(`await $cell.shell(${code});`);
  });

  test.each([
    ['an awk program', "awk '{print $1}'"],
    ['an awk program that counts', "awk '{n += $1} {m++}'"],
    ['a brace list', 'touch {a,b}.txt'],
    ['a range', 'echo {1..3}'],
    ['a count', 'grep -E "a{2}[0-9]{4}"'],
    ['a variable', 'echo ${HOME} $HOME'],
    ['JSON', 'echo \'{"a": 1}\''],
    ['a template of Go', 'docker ps --format "{{.Names}}"'],
    ['empty braces', 'find . -exec rm {} +'],
    ['an open brace', 'echo {'],
  ])('nothing of %s', (_what, command) => {
    expect(expand(`!${command}`)).toBe(`await $cell.shell([${JSON.stringify(command)}],[]);`);
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

  test.each(['1\n%%bash', '%time 1', '%%time\n1', '%%timeit\n1', '%% bash', 'a %%b', '%%bash?'])(
    'does not take %j for one',
    (source) => {
      expect(cellMagic(source)).toBeUndefined();
    },
  );
});

describe('wantsMoreLines', () => {
  test.each(['%%bash', '%%bash\nls', '%%time\nf()', '!ls \\', '1\n!ls \\\n  -l \\'])('is true of %j', (source) => {
    expect(wantsMoreLines(source)).toBe(true);
  });

  test.each(['%%bash\nls\n', '!ls', '!ls \\\n  -l', '1', 'a = "\\'])('is false of %j', (source) => {
    expect(wantsMoreLines(source)).toBe(false);
  });
});
