import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CurrentCell } from '../../../src/kernel/runtime/current-cell.ts';

test('CurrentCell follows a cell into its timers and promises', async () => {
  const current = new CurrentCell();
  const late = current.run(1, async () => {
    await wait(1);
    return current.number;
  });
  expect(current.run(2, () => current.number)).toBe(2);
  expect(await late).toBe(1);
});

test('CurrentCell names the latest cell where nothing is known', () => {
  const current = new CurrentCell();
  current.run(3, () => undefined);
  expect(current.number).toBe(3);
});
