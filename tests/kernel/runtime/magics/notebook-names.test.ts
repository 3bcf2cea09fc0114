import { describe, expect, test } from 'vitest';
import { aTestNotebook } from '../../../support/test-notebook.ts';

describe('%who', () => {
  test('lists the names of the notebook', async () => {
    const notebook = aTestNotebook();
    await notebook.run('const a = 1; function f() {}');
    expect((await notebook.run('%who')).printed).toBe('a  f\n');
  });

  test.each(['%who', '%whos'])('%s says so where there are none', async (cell) => {
    expect((await aTestNotebook().run(cell)).printed).toBe('The notebook has no names yet.\n');
  });
});

describe('%whos', () => {
  test.each([
    ['1', 'number +1'],
    ['"text"', "string +'text'"],
    ['[1, 2]', String.raw`Array +\[ 1, 2 \]`],
    ['new Map([[1, 2]])', String.raw`Map +Map\(1\) { 1 => 2 }`],
    ['class A {}', String.raw`class +\[class A\]`],
    ['() => 1', String.raw`function +\[Function: x\]`],
    ['null', 'null +null'],
    ['new (class Point {})()', 'Point +Point {}'],
    ['Object.create(null)', String.raw`object +\[Object: null prototype\] {}`],
    ['new Proxy({}, { get() { throw 1 } })', 'Proxy +{}'],
    ['{ get a() { throw 1 } }', String.raw`Object +{ a: \[Getter\] }`],
    ['"a".repeat(100)', `string +'${'a'.repeat(59)}…`],
  ])('shows the type and the value of %j', async (value, row) => {
    const notebook = aTestNotebook();
    await notebook.run(`const x = ${value}`);
    expect(await notebook.show('%whos')).toMatch(new RegExp(`^x +${row}$`, 'm'));
  });

  test('is a table', async () => {
    const { outcome } = await aTestNotebook().run('const x = "<b>"\n%whos');
    expect(JSON.stringify(outcome)).toMatch(/<table.*&lt;b&gt;/);
  });
});

describe('%reset', () => {
  test('forgets the names of the notebook', async () => {
    const notebook = aTestNotebook();
    await notebook.run('const a = 1, b = 2');
    expect((await notebook.run('%reset -f')).printed).toBe('Forgot 2 names.\n');
    expect(await notebook.show('a')).toBe('ReferenceError: a is not defined');
    expect((await notebook.run('%who')).printed).toBe('The notebook has no names yet.\n');
  });

  test('leaves the cell what it declares itself', async () => {
    const notebook = aTestNotebook();
    await notebook.run('const a = 1, b = 2');
    expect(await notebook.show('%reset -f\nconst a = 3', 'a')).toBe('3');
    expect((await notebook.run('%who')).printed).toBe('a\n');
  });

  test('wants to be asked twice', async () => {
    const notebook = aTestNotebook();
    expect(await notebook.show('const a = 1', '%reset')).toBe(
      'UsageError: %reset: would forget all 1 names of the notebook; write %reset -f to do so',
    );
  });
});
