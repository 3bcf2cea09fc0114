import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CurrentCell } from '../../../../src/kernel/runtime/current-cell.ts';
import { InterruptedTimers } from '../../../../src/kernel/runtime/interrupts/interrupted-timers.ts';

const current = new CurrentCell();
const timers = new InterruptedTimers(current);
/** The number of the test's cell; the next one is that of another. */
let cell = 0;
let fired: string[];

const fire = (name: string) => (): void => void fired.push(name);

// Once, for good: timers that are under way keep what they call where the watch has put it.
beforeAll(() => timers.watch());

beforeEach(() => {
  cell += 2;
  fired = [];
});

describe('a timer of an interrupted cell', () => {
  test.each<readonly [string, () => void]>([
    ['setTimeout', () => void setTimeout(fire('timeout'), 1)],
    ['setInterval', () => void setInterval(fire('interval'), 1)],
    ['setImmediate', () => void setImmediate(fire('immediate'))],
    ['node:timers/promises', () => void sleep(1).then(fire('promise'))],
  ])('does nothing any more: %s', async (_what, set) => {
    current.run(cell, set);
    timers.stop(cell);
    await sleep(10);
    expect(fired).toEqual([]);
  });

  test('ends a function that sleeps and goes on', async () => {
    void current.run(cell, async () => {
      for (;;) {
        await sleep(1);
        fired.push('on');
      }
    });
    await sleep(10);
    timers.stop(cell);
    const count = fired.length;
    await sleep(10);
    expect(count).toBeGreaterThan(0);
    expect(fired).toHaveLength(count);
  });

  test('fires where it was set after the interrupt, or keeps no process alive', async () => {
    current.run(cell, () => setTimeout(fire('housekeeping'), 1).unref());
    timers.stop(cell);
    current.run(cell, () => setTimeout(fire('cleaning up'), 1));
    await sleep(10);
    expect(fired.toSorted()).toEqual(['cleaning up', 'housekeeping']);
  });
});

describe('other timers', () => {
  test('fire as they do', async () => {
    timers.stop(cell);
    current.run(cell + 1, () => setTimeout(fire('of another cell'), 1));
    setImmediate(fire('of no cell'));
    await sleep(10);
    expect(fired.toSorted()).toEqual(['of another cell', 'of no cell']);
  });

  test('take arguments, can be cleared and refreshed', async () => {
    clearTimeout(setTimeout(fire('cleared'), 1));
    setTimeout((name: string) => fired.push(name), 1, 'argument');
    const again = setTimeout(fire('again'), 1);
    await sleep(10);
    again.refresh();
    await sleep(10);
    expect(fired).toEqual(['argument', 'again', 'again']);
  });
});
