import type { RunEvent } from 'labmill/runner';
import { describe, expect, test } from 'vitest';
import { KernelDiedError } from '../../src/base/errors.ts';
import { executeNotebook } from '../../src/runner/execute-notebook.ts';
import { aNotebook, code, prose, tagged } from '../support/a-notebook.ts';
import { fakeKernel, type Play } from '../support/fake-kernel.ts';

const ok: Play = () => ({ status: 'ok' });
const fails: Play = (broadcast) => {
  const error = { ename: 'TypeError', evalue: 'no', traceback: [] };
  broadcast('error', error);
  return { status: 'error', ...error };
};
const hangs: Play = (broadcast) => {
  broadcast('stream', { name: 'stdout', text: 'partial' });
  return undefined;
};
const measures =
  (passed: boolean): Play =>
  (broadcast) => {
    const data = { 'application/vnd.labmill.result+json': { measure: 'R²', value: 0.5, passed } };
    broadcast('display_data', { data, metadata: {} });
    return { status: 'ok' };
  };
const statuses = ({ cells }: { cells: readonly { status: string }[] }) => cells.map(({ status }) => status);
const old = { execution_count: 9, outputs: [{ output_type: 'stream' as const, name: 'stdout', text: 'old' }] };

describe('executeNotebook', () => {
  test('runs the code cells in order and leaves prose alone', async () => {
    const cells = [prose('# A'), code('a'), code(' ', { ...old, id: 'empty' }), code('b')];
    const run = await executeNotebook(aNotebook(cells), 'a.ipynb', fakeKernel({ a: ok, b: ok }));
    expect([run.status, statuses(run)]).toEqual(['passed', ['passed', 'skipped', 'passed']]);
    expect(run.notebook.cells).toMatchObject([
      cells[0],
      { execution_count: 1 },
      { outputs: [] },
      { execution_count: 2 },
    ]);
    expect(run.notebook.metadata).toEqual({ language_info: { name: 'typescript' } });
  });

  test('notes when a cell began and ended', async () => {
    const { notebook } = await executeNotebook(aNotebook([code('a')]), 'a.ipynb', fakeKernel({ a: ok }));
    expect(Object.keys(notebook.cells[0]!.metadata['execution'] as object)).toEqual([
      'iopub.status.busy',
      'iopub.status.idle',
      'shell.execute_reply',
    ]);
  });

  test('stops at a failing cell and clears the cells after it', async () => {
    const notebook = aNotebook([code('a'), code('b', old)]);
    const run = await executeNotebook(notebook, 'a.ipynb', fakeKernel({ a: fails }));
    expect([run.status, statuses(run)]).toEqual(['failed', ['failed', 'not-run']]);
    expect(run.error?.message).toContain('a.ipynb: cell 1 (id "code"): TypeError: no');
    expect(run.notebook.cells).toMatchObject([
      { outputs: [{ ename: 'TypeError' }] },
      { outputs: [], execution_count: null },
    ]);
  });

  test('goes on after a failing cell that says it raises', async () => {
    const notebook = aNotebook([tagged('a', 'raises-exception'), code('b')]);
    const run = await executeNotebook(notebook, 'a.ipynb', fakeKernel({ a: fails, b: ok }));
    expect([run.status, statuses(run)]).toEqual(['passed', ['expected-error', 'passed']]);
  });

  test('goes on after any failing cell when errors are allowed', async () => {
    const notebook = aNotebook([code('a'), code('b')]);
    const run = await executeNotebook(notebook, 'a.ipynb', fakeKernel({ a: fails, b: ok }), { allowErrors: true });
    expect([run.status, statuses(run)]).toEqual(['passed', ['expected-error', 'passed']]);
  });

  test('skips a cell that says so, and keeps its outputs without counting what they measured', async () => {
    const data = { 'application/vnd.labmill.result+json': { measure: 'R²', value: 0.5, passed: false } };
    const cell = {
      ...tagged('a', 'skip-execution'),
      outputs: [{ output_type: 'display_data' as const, data, metadata: {} }],
    };
    const run = await executeNotebook(aNotebook([cell]), 'a.ipynb', fakeKernel({}));
    expect(run).toMatchObject({ status: 'passed', results: [], notebook: { cells: [cell] } });
  });

  test.each([
    [true, 'passed'],
    [false, 'failed'],
  ])('collects figures; one with passed = %s makes the run %s', async (passed, status) => {
    const run = await executeNotebook(aNotebook([code('a')]), 'a.ipynb', fakeKernel({ a: measures(passed) }));
    expect(run).toMatchObject({ status, results: [{ measure: 'R²', value: 0.5, passed, cellIndex: 0 }] });
  });

  test('interrupts a cell that takes too long and keeps what it put out', async () => {
    const notebook = aNotebook([tagged('a', 'timeout:20ms', 'raises-exception'), code('b')]);
    const run = await executeNotebook(notebook, 'a.ipynb', fakeKernel({ a: hangs }));
    expect([run.status, run.error?.code, statuses(run)]).toEqual(['failed', 'ERR_TIMEOUT', ['timed-out', 'not-run']]);
    expect(run.error?.message).toBe(
      'a.ipynb: cell 1 (id "timeout:20ms"): the cell ran longer than 20 ms; the cell was interrupted',
    );
    expect(run.notebook.cells[0]).toMatchObject({ outputs: [{ text: 'partial' }, { ename: 'TimeoutError' }] });
  });

  test('kills the kernel of a cell that an interrupt does not end', async () => {
    const kernel = fakeKernel({ a: hangs }, { isDeaf: true });
    const run = await executeNotebook(aNotebook([code('a')]), 'a.ipynb', kernel, { cellTimeoutMs: 20, graceMs: 20 });
    expect(kernel.kills).toBe(1);
    expect(run.error?.message).toContain('the cell did not react to an interrupt, its kernel was killed');
  });

  test('ends a notebook that takes too long as a whole', async () => {
    const run = await executeNotebook(aNotebook([code('a')]), 'a.ipynb', fakeKernel({ a: hangs }), {
      notebookTimeoutMs: 20,
    });
    expect(run.error?.message).toBe(
      'a.ipynb: cell 1 (id "code"): the notebook ran longer than 20 ms; the cell was interrupted',
    );
  });

  test('names the cell in which the kernel died', async () => {
    const death = new KernelDiedError('kernel died: it was killed', { exitStatus: null, signal: 'SIGKILL' });
    const kernel = fakeKernel({ a: () => kernel.die(death) });
    const run = await executeNotebook(aNotebook([code('a'), code('b')]), 'a.ipynb', kernel, { allowErrors: true });
    expect(run.error).toMatchObject({ code: 'ERR_KERNEL_DIED', signal: 'SIGKILL' });
    expect(run.error?.message).toBe('a.ipynb: cell 1 (id "code"): kernel died: it was killed');
    expect(statuses(run)).toEqual(['failed', 'not-run']);
  });

  test('counts a cell that ends its kernel as its death, whatever the cell may raise', async () => {
    const failure = { ename: 'KernelExit', evalue: 'process.exit(3) was called', traceback: [] };
    const kernel = fakeKernel({
      a: (broadcast) => {
        broadcast('error', failure);
        setImmediate(() => kernel.die(new KernelDiedError('gone', { exitStatus: 3, signal: null })));
        return { status: 'error', ...failure };
      },
    });
    const run = await executeNotebook(aNotebook([tagged('a', 'raises-exception'), code('b')]), 'a.ipynb', kernel);
    expect(run.error).toMatchObject({ code: 'ERR_KERNEL_DIED', exitStatus: 3 });
    expect(run.error?.message).toContain('KernelExit: process.exit(3) was called');
    expect(statuses(run)).toEqual(['failed', 'not-run']);
    expect(run.notebook.cells[0]).toMatchObject({ outputs: [{ ename: 'KernelExit' }] });
  });

  test('interrupts the running cell when the caller gives up', async () => {
    const controller = new AbortController();
    const onEvent = ({ type }: RunEvent) => void (type === 'cell-start' && setImmediate(() => controller.abort()));
    const options = { signal: controller.signal, onEvent };
    const run = await executeNotebook(aNotebook([code('a'), code('b')]), 'a.ipynb', fakeKernel({ a: hangs }), options);
    expect([run.status, statuses(run), run.error]).toEqual(['interrupted', ['interrupted', 'not-run'], undefined]);
    expect(run.notebook.cells[0]).toMatchObject({ outputs: [{ text: 'partial' }] });
  });

  test('tells of each cell that runs', async () => {
    const events: RunEvent[] = [];
    const onEvent = (event: RunEvent) => void events.push(event);
    await executeNotebook(aNotebook([code('a'), code('')]), 'a.ipynb', fakeKernel({ a: ok }), { onEvent });
    expect(events).toMatchObject([
      { type: 'cell-start', path: 'a.ipynb', index: 0, source: 'a' },
      { type: 'cell-end', path: 'a.ipynb', cell: { index: 0, status: 'passed' } },
    ]);
  });
});
