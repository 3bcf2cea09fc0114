import { describe, expect, test, vi } from 'vitest';
import { aTestNotebook } from '../../support/test-notebook.ts';

/** Starts a cell that waits, interrupts it, and returns its run when everything in it has settled. */
async function interrupted(source: string): Promise<{ error: string | undefined; steps: readonly string[] }> {
  const notebook = aTestNotebook();
  await notebook.run(
    'let release; const steps = []; const wait = () => new Promise((resolve) => { release = resolve })',
  );
  void notebook.run(source);
  notebook.session.interrupt();
  await notebook.run('release(); await new Promise((resolve) => setTimeout(resolve, 20))');
  const outcome = notebook.posted.find((message) => message.type === 'outcome' && message.cell === 2);
  const failure =
    outcome?.type === 'outcome' && outcome.outcome.status === 'error' ? outcome.outcome.failure : undefined;
  return { error: failure?.name, steps: notebook.names.get('steps') as string[] };
}

describe('an interrupted cell', () => {
  test('ends at once with a KeyboardInterrupt', async () => {
    expect((await interrupted('await wait()')).error).toBe('KeyboardInterrupt');
  });

  test('does not go on behind its `await`', async () => {
    expect((await interrupted('await wait(); steps.push("on")')).steps).toEqual([]);
  });

  test('runs its `finally`, with what it awaits', async () => {
    const source = 'try { await wait() } finally { await 1; steps.push("finally"); await 2; steps.push("done") }';
    expect((await interrupted(source)).steps).toEqual(['finally', 'done']);
  });

  test('does not go on for long in a loop that catches everything', async () => {
    const { steps } = await interrupted(
      'for (;;) try { await wait(); release(); steps.push("again") } catch { release() }',
    );
    expect(steps.length).toBeLessThan(20);
  });

  test('takes the names back that it did not reach', async () => {
    const notebook = aTestNotebook();
    void notebook.run('const reached = 1; await new Promise(() => {}); const missed = 2');
    notebook.session.interrupt();
    expect(await notebook.show('[typeof reached, typeof missed]')).toBe("[ 'number', 'undefined' ]");
    expect(await notebook.show('missed')).toBe('ReferenceError: missed is not defined');
  });

  test('ends the commands that it runs', async () => {
    const notebook = aTestNotebook();
    const running = notebook.run('!echo begun; sleep 100');
    await vi.waitFor(() => expect(notebook.posted).toMatchObject([{ type: 'stream', text: 'begun\n' }]), 10_000);
    notebook.session.interrupt();
    expect((await running).error).toContain('KeyboardInterrupt');
  });
});

describe('a session', () => {
  test('runs cells at a time, and an interrupt ends them all', async () => {
    const notebook = aTestNotebook();
    const first = notebook.run('let release; await new Promise((resolve) => { release = resolve }); 1');
    expect(await notebook.show('release(); 2')).toBe('2');
    expect((await first).shown).toBe('1');
    const cells = [notebook.run('await new Promise(() => {})'), notebook.run('await new Promise(() => {})')];
    notebook.session.interrupt();
    const errors = (await Promise.all(cells)).map(({ error }) => error);
    expect(errors).toEqual(Array(2).fill('KeyboardInterrupt: the cell was interrupted'));
  });

  test('waits for values that show themselves later', async () => {
    const { printed, outcome } = await aTestNotebook().run(
      '({ [Symbol.for("Jupyter.display")]: async () => ({ "text/plain": "later" }) })',
    );
    expect([printed, outcome]).toMatchObject(['', { data: { 'text/plain': 'later' } }]);
  });

  test('fails the cell whose last value cannot show itself', async () => {
    const source = '({ [Symbol.for("Jupyter.display")]() { throw new TypeError("no picture") } })';
    expect(await aTestNotebook().show(source)).toBe('TypeError: no picture');
  });

  test('fails a cell that declares what a script has made a constant', async () => {
    const notebook = aTestNotebook();
    await notebook.run('import { runInThisContext } from "node:vm"; runInThisContext("const madeConstant = 1")');
    expect(await notebook.show('const madeConstant = 2')).toBe('TypeError: Assignment to constant variable.');
  });

  test('answers user expressions one by one', async () => {
    const notebook = aTestNotebook();
    const userExpressions = [
      { key: 'good', code: '(()=>[1 + 1])' },
      { key: 'bad', code: '(()=>{throw new RangeError("no")})' },
    ];
    await notebook.session.run({
      type: 'run',
      cell: 9,
      file: '/cell-9.ts',
      code: '(()=>{})',
      names: [],
      userExpressions,
    });
    expect(notebook.posted.at(-1)).toMatchObject({
      outcome: {
        userExpressions: {
          good: { status: 'ok', data: { 'text/plain': '2' } },
          bad: { status: 'error', failure: { name: 'RangeError' } },
        },
      },
    });
  });
});
