import { describe, expect, test } from 'vitest';
import { measure } from '../../../../src/kernel/runtime/magics/timeit.ts';
import { aTestNotebook } from '../../../support/test-notebook.ts';

const TIME = String.raw`[\d.e+-]+ (ns|µs|ms|s)`;

describe('%time', () => {
  test.each([
    ['%time 1 + 1', '2'],
    ['%time await Promise.resolve(2) // two', '2'],
    ['%%time\n3', '3'],
    ['%time const timed = 4\ntimed', '4'],
  ])('%j prints the time and shows the value', async (cell, shown) => {
    const run = await aTestNotebook().run(cell);
    expect(run.shown).toBe(shown);
    expect(run.printed).toMatch(new RegExp(`^Wall time: ${TIME}\n$`));
  });

  test('%%time prints the time of a cell that fails, too', async () => {
    expect((await aTestNotebook().run('%%time\nthrow 1')).printed).toMatch(/^Wall time: /);
  });

  test.each(['time', 'timeit'])('%%%s wants something to time', async (name) => {
    expect(await aTestNotebook().show(`%${name}`)).toContain(`%${name}: expected a statement behind it`);
  });
});

describe('%timeit', () => {
  test.each([
    ['%timeit -n 10 -r 3 Math.sqrt(2)', '3 runs, 10 loops each'],
    ['%timeit -n1 -r1 await Promise.resolve()', '1 run, 1 loop each'],
    ['%timeit -n 2 -r 2 let local = 1; local + 1', '2 runs, 2 loops each'],
    ['%%timeit -n 5 -r 2\nMath.sqrt(2)', '2 runs, 5 loops each'],
    ['%timeit -n 1 -r 1 !true', '1 run, 1 loop each'],
  ])('%j prints the mean and the deviation', async (cell, counts) => {
    const { printed } = await aTestNotebook().run(cell);
    expect(printed).toMatch(new RegExp(String.raw`^${TIME} ± ${TIME} per loop \(mean ± std. dev. of ${counts}\)\n$`));
  });

  test('runs in the scope of the cell', async () => {
    const notebook = aTestNotebook();
    expect(await notebook.show('let count = 0', '%timeit -n 5 -r 2 count++\ncount')).toBe('10');
  });

  test('%%timeit runs its setup once, and its body in each loop', async () => {
    const notebook = aTestNotebook();
    await notebook.run('let setups = 0, loops = 0');
    expect(await notebook.show('%%timeit -n 5 -r 2 setups++; let step = 1\nloops += step', '[setups, loops]')).toBe(
      '[ 1, 10 ]',
    );
  });

  test('awaits what awaits', async () => {
    const notebook = aTestNotebook();
    expect(await notebook.show('let done = 0', '%timeit -n 3 -r 1 await null; done++\ndone')).toBe('3');
  });

  test('fails as its statement does', async () => {
    expect(await aTestNotebook().show('%timeit -n 1 null.a')).toMatch(/^TypeError: Cannot read properties of null/);
  });
});

describe('measure', () => {
  test('takes as many loops as last a fifth of a second', async () => {
    const summary = await measure(
      '-r 1',
      () => Math.sqrt(2),
      () => false,
    );
    expect(Number(/([\d,]+) loops/.exec(summary)![1]!.replaceAll(',', ''))).toBeGreaterThan(10_000);
  });

  test('gives up between two loops that wait when it is interrupted', async () => {
    let loops = 0;
    const interrupted = measure(
      '',
      async () => ++loops,
      () => loops >= 3,
    );
    await expect(interrupted).rejects.toThrow('the cell was interrupted');
    expect(loops).toBe(3);
  });
});
