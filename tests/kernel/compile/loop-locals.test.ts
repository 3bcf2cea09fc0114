import { describe, expect, test } from 'vitest';
import { compileCell } from '../../../src/kernel/compile/compile-cell.ts';
import { KnownNames } from '../../../src/kernel/compile/known-names.ts';
import { aTestNotebook } from '../../support/test-notebook.ts';

/** Whether the loops of the last cell keep their names in locals. */
function keepsLocals(...sources: readonly string[]): boolean {
  const known = new KnownNames('/');
  const compiled = sources.map((source) => {
    const cell = compileCell(source, known);
    known.declare(cell);
    return cell.code;
  });
  return compiled.at(-1)!.includes('$cell.halt()');
}

describe('a loop at the top level', () => {
  test.each([
    ['for', 'let s = 0; for (let i = 0; i < 10; i++) s += i; s', '45'],
    ['for over a name of the notebook', 'let s = 0, i; for (i = 0; i < 10; i++) { s += i } [s, i]', '[ 45, 10 ]'],
    ['for with var', 'for (var v = 0; v < 10; v++) {} v', '10'],
    ['while', 'let w = 0; while (w < 10) w++; w', '10'],
    ['do', 'let d = 0; do d++; while (d < 10); d', '10'],
    ['for of', 'let s = 0; for (const x of [1, 2, 3]) s += x; s', '6'],
    ['for of into a name', 'let x; for (x of [1, 2, 3]); x', '3'],
    ['for of into a pattern', 'let x, y; for ({ x, y = 5 } of [{ x: 1 }]); [x, y]', '[ 1, 5 ]'],
    ['for in', 'let keys = ""; for (const key in { a: 1, b: 2 }) keys += key; keys', "'ab'"],
    ['nested', 'let s = 0; for (let i = 0; i < 3; i++) for (let k = 0; k < 3; k++) s += i * k; s', '9'],
    [
      'with labels',
      'let s = 0; a: b: for (;;) { for (;;) { if (++s > 5) break a; if (s % 2) continue b; break } } s',
      '6',
    ],
    ['in a block', 'let s = 0; if (true) { for (let i = 0; i < 3; i++) s++ } else for (;;) s--; s', '3'],
    ['with a shorthand', 'let s = 0; let o; for (let i = 0; i < 3; i++) { s++; o = { s } } o', '{ s: 3 }'],
    ['with typeof', 'let s: any = 0; let t; for (let i = 0; i < 1; i++) { s = "x"; t = typeof s } t', "'string'"],
    ['with types', 'let s = 0; for (let i = 0; i < 3; i++) s += i as number\n;[s]', '[ 3 ]'],
    ['with quick calls', 'let s = 0; for (let i = 0; i < 3; i++) s += Math.max(i, Number.parseInt("0")); s', '3'],
    ['without a body', 'let s = 0; for (; s < 3; s++); s', '3'],
  ])('keeps what it changes in locals and gives it back: %s', async (_what, source, shown) => {
    expect(keepsLocals(source)).toBe(true);
    expect(await aTestNotebook().show(source)).toBe(shown);
  });

  test.each([
    [
      'it calls a function that uses the name',
      ['let s = 0; function add() { s++ }', 'for (let i = 0; i < 3; i++) { add(); s += 0 } s'],
    ],
    ['an arrow uses the name', ['let s = 0; const get = () => s; for (let i = 0; i < 3; i++) s++; get()']],
    [
      'a getter uses the name',
      ['let s = 0; const o = { get now() { return s } }; for (let i = 0; i < 3; i++) s++; o.now'],
    ],
    [
      'it calls what may take long',
      ['const add = (n: number) => n + 1; let s = 0; for (let i = 0; i < 3; i++) s = add(s); s'],
    ],
    ['it holds a function', ['let s = 0; for (let i = 0; i < 3; i++) [0].forEach(() => s++); s']],
    ['it awaits', ['let s = 0; for (let i = 0; i < 3; i++) s += await 1; s']],
    ['something is evaluated', ['let s = 0; for (let i = 0; i < 3; i++) { s++; eval("s") } s']],
    ['it changes nothing', ['let s = 3; for (let i = 0; i < s; i++); s']],
  ])('does not, where %s', async (_why, sources) => {
    expect(keepsLocals(...sources)).toBe(false);
    expect(await aTestNotebook().show(...sources)).toBe('3');
  });

  test('gives its values back when it fails', async () => {
    const notebook = aTestNotebook();
    await notebook.run('let s = 0; for (;;) { if (++s === 7) throw new Error("no") }');
    expect(await notebook.show('s')).toBe('7');
  });

  test('cannot change a constant', async () => {
    const notebook = aTestNotebook();
    await notebook.run('const fixed = 1');
    expect(await notebook.show('let s = 0; for (;;) { s++; fixed = s }')).toBe(
      "TypeError: Assignment to constant variable 'fixed'.",
    );
    expect(await notebook.show('[s, fixed]')).toBe('[ 1, 1 ]');
  });

  test('leads to a name that hides the notebook’s', async () => {
    const source = 'let s = 1, n = 0; for (let i = 0; i < 3; i++) { let s = i; s++; n += s } [s, n]';
    expect(await aTestNotebook().show(source)).toBe('[ 1, 6 ]');
  });

  test('names its variables in errors as they were written', async () => {
    const source = 'let s: any = 0; for (let i = 0; i < 3; i++) { s = undefined; s.x }';
    expect(await aTestNotebook().show(source)).toBe("TypeError: Cannot read properties of undefined (reading 'x')");
  });
});
