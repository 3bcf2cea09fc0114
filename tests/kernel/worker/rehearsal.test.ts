import { expect, test } from 'vitest';
import type { Compiled, RunCell } from '../../../src/kernel/thread-messages.ts';
import { Compiler } from '../../../src/kernel/worker/compiler.ts';
import { Rehearsal } from '../../../src/kernel/worker/rehearsal.ts';

/** A rehearsal whose cells end at once, and what the runtime thread was asked to run. */
function aRehearsal(): { rehearsal: Rehearsal; cells: RunCell[] } {
  const cells: RunCell[] = [];
  const run = (cell: RunCell | Compiled): void => {
    if (cell.type !== 'run') return;
    cells.push(cell);
    const outcome = { status: 'ok', data: { 'text/plain': '42' }, userExpressions: {}, payloads: [] } as const;
    queueMicrotask(() => rehearsal.onOutcome({ type: 'outcome', cell: cell.cell, outcome }));
  };
  const rehearsal = new Rehearsal({ run, compiler: new Compiler(), folder: '/notebook' });
  return { rehearsal, cells };
}

test('a rehearsal runs cells far from the numbers of real ones, with no name that a cell can have', async () => {
  const { rehearsal, cells } = aRehearsal();
  await rehearsal.run(() => true);
  expect(cells.length).toBeGreaterThan(1);
  expect(cells.filter(({ cell }) => cell < 2 ** 30)).toEqual([]);
  expect(cells.flatMap(({ names }) => names)).toEqual(['rehearsal$cell']);
});

test('a rehearsal stops when a real cell comes', async () => {
  const { rehearsal, cells } = aRehearsal();
  await rehearsal.run(() => cells.length < 2);
  expect(cells).toHaveLength(2);
});
