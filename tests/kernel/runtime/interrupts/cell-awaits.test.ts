import { describe, expect, test } from 'vitest';
import { CellAwaits } from '../../../../src/kernel/runtime/interrupts/cell-awaits.ts';

const forever = new Promise<never>(() => {});

async function* asyncItems(): AsyncGenerator<number> {
  yield 1;
  yield 2;
}

/** Something to go over whose next item is `item`, and that notes when it is closed. */
function closable(item: Promise<IteratorResult<number>>): AsyncIterable<number> & { isClosed: boolean } {
  const items = {
    isClosed: false,
    [Symbol.asyncIterator]: () => ({
      next: () => item,
      return: async () => {
        items.isClosed = true;
        return { done: true as const, value: undefined };
      },
    }),
  };
  return items;
}

describe('CellAwaits', () => {
  test.each([
    ['a value', 1],
    ['null', null],
    ['a promise', Promise.resolve(1)],
    // oxlint-disable-next-line unicorn/no-thenable -- it is what is tested
    ['a thenable', { then: (resolve: (value: number) => void) => resolve(1) }],
  ])('passes %s on as `await` does', async (_what, awaited) => {
    const awaits = new CellAwaits();
    expect(awaits.check(await awaits.guard(awaited))).toBe(await awaited);
  });

  test('passes errors on', async () => {
    await expect(new CellAwaits().guard(Promise.reject(new TypeError('no')))).rejects.toThrow('no');
  });

  test('ends a wait at once when the cell is interrupted', async () => {
    const awaits = new CellAwaits();
    const waiting = awaits.guard(forever);
    expect(awaits.interrupt()).toBe(true);
    await expect(waiting).rejects.toThrow('the cell was interrupted');
  });

  test('ends a cell that does not wait at its next `await`, once', async () => {
    const awaits = new CellAwaits();
    expect(awaits.interrupt()).toBe(false);
    expect(() => awaits.check(1)).toThrow('the cell was interrupted');
    expect(awaits.check(await awaits.guard(2))).toBe(2);
  });

  test('knows that a wait is over', async () => {
    const awaits = new CellAwaits();
    awaits.check(await awaits.guard(Promise.resolve(1)));
    expect(awaits.interrupt()).toBe(false);
  });

  test('lets an interrupted cell wait ten times more, then forever', async () => {
    const awaits = new CellAwaits();
    void Promise.resolve(awaits.guard(forever)).catch(() => {});
    awaits.interrupt();
    for (let time = 0; time < 10; time++) expect(await awaits.guard(time)).toBe(time);
    expect(await Promise.race([awaits.guard(11), Promise.resolve('waits')])).toBe('waits');
  });

  test.each([
    ['values', [1, 2]],
    ['promises', [Promise.resolve(1), 2]],
    ['an async generator', asyncItems()],
  ])('goes over %s as `for await` does', async (_what, items) => {
    const seen: number[] = [];
    for await (const item of new CellAwaits().each(items)) seen.push(item);
    expect(seen).toEqual([1, 2]);
  });

  test('closes what it goes over when the loop is left', async () => {
    const items = closable(Promise.resolve({ done: false, value: 1 }));
    for await (const _ of new CellAwaits().each(items)) break;
    expect(items.isClosed).toBe(true);
  });

  test('ends a loop that waits, and closes what it goes over, when the cell is interrupted', async () => {
    const awaits = new CellAwaits();
    const items = closable(forever);
    const next = awaits.each(items)[Symbol.asyncIterator]().next();
    expect(awaits.interrupt()).toBe(true);
    await expect(next).rejects.toThrow('the cell was interrupted');
    expect(items.isClosed).toBe(true);
  });

  test('ends a command that an interrupt has ended, and lets one run that begins then', async () => {
    const awaits = new CellAwaits();
    const command = awaits.outcome(Promise.resolve('done'));
    awaits.interrupt();
    await expect(command).rejects.toThrow('the cell was interrupted');
    expect(await awaits.outcome(Promise.resolve('done'))).toBe('done');
  });
});
