import { describe, expect, test } from 'vitest';
import { moduleUrl } from '../../src/base/module-url.ts';
import { serveTasks, WorkerPool } from '../../src/base/worker-pool.ts';
import type { tasks } from '../support/pool-worker.ts';

const entry = moduleUrl('../support/pool-worker', import.meta.url);
const newPool = (size = 1) => new WorkerPool<typeof tasks>(entry, { size });

/** Runs the endless task and resolves once it is in its loop. */
async function startLoop(pool: WorkerPool<typeof tasks>, signal?: AbortSignal) {
  const started = new Int32Array(new SharedArrayBuffer(4));
  const loop = pool.run('loop', started, signal === undefined ? {} : { signal });
  loop.catch(() => undefined);
  await Atomics.waitAsync(started, 0, 0).value;
  return { loop };
}

describe('WorkerPool', () => {
  test('returns what the task returned', async () => {
    await using pool = newPool();
    expect(await pool.run('square', 12)).toBe(144);
  });

  test('waits for a task that returns a promise', async () => {
    await using pool = newPool();
    expect(await pool.run('later', 'done')).toBe('DONE');
  });

  test('answers more tasks than it has threads, each with its own output', async () => {
    await using pool = newPool(2);
    const outputs = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((x) => pool.run('square', x)));
    expect(outputs).toEqual([1, 4, 9, 16, 25, 36, 49]);
  });

  test('moves what is named in transfer', async () => {
    await using pool = newPool();
    const values = Float64Array.of(1, 2, 3.5);
    expect(await pool.run('sum', values, { transfer: [values.buffer] })).toBe(6.5);
    expect(values).toHaveLength(0);
  });

  test('rejects with the error of the task as the cause', async () => {
    await using pool = newPool();
    await expect(pool.run('fail', 'too far')).rejects.toMatchObject({
      code: 'ERR_WORKER',
      message: 'task "fail": too far',
      cause: { name: 'RangeError', message: 'too far' },
    });
  });

  test('goes on after a task that failed', async () => {
    await using pool = newPool();
    await expect(pool.run('fail', 'once')).rejects.toThrow('once');
    expect(await pool.run('square', 3)).toBe(9);
  });

  test('reports an error that holds a function', async () => {
    await using pool = newPool();
    await expect(pool.run('failOddly', undefined)).rejects.toThrow('task "failOddly": with a function');
  });

  test('reports an output that cannot be cloned', async () => {
    await using pool = newPool();
    await expect(pool.run('returnFunction', undefined)).rejects.toMatchObject({ code: 'ERR_WORKER' });
  });

  test('reports an input that cannot be cloned, and goes on', async () => {
    await using pool = newPool();
    await expect(pool.run('square', (() => 1) as never)).rejects.toMatchObject({ code: 'ERR_WORKER' });
    expect(await pool.run('square', 2)).toBe(4);
  });

  test('names the exit code of a thread that ended, and starts another', async () => {
    await using pool = newPool();
    await expect(pool.run('exit', 3)).rejects.toMatchObject({
      code: 'ERR_WORKER',
      message: 'task "exit": its thread ended with exit code 3 before it answered',
    });
    expect(await pool.run('square', 5)).toBe(25);
  });

  test('reports a module that cannot be loaded', async () => {
    await using pool = new WorkerPool<typeof tasks>(new URL('no-such-worker.ts', import.meta.url));
    await expect(pool.run('square', 1)).rejects.toMatchObject({
      code: 'ERR_WORKER',
      message: expect.stringContaining('no-such-worker.ts'),
    });
  });

  test('reports a task that the worker does not know', async () => {
    await using pool = newPool();
    await expect(pool.run('cube' as 'square', 1)).rejects.toThrow('no task named "cube"');
  });

  test('ends a running task when its signal is aborted, and starts another thread', async () => {
    await using pool = newPool();
    const controller = new AbortController();
    const { loop } = await startLoop(pool, controller.signal);
    controller.abort(new Error('enough'));
    await expect(loop).rejects.toThrow('enough');
    expect(await pool.run('square', 6)).toBe(36);
  });

  test('takes a waiting task off the queue when its signal is aborted', async () => {
    await using pool = newPool();
    const controller = new AbortController();
    await startLoop(pool);
    const waiting = pool.run('square', 1, { signal: controller.signal });
    controller.abort(new Error('never mind'));
    await expect(waiting).rejects.toThrow('never mind');
  });

  test('does not begin with a signal that is aborted already', async () => {
    await using pool = newPool();
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(pool.run('square', 1, { signal })).rejects.toThrow('too late');
  });

  test('close rejects the running and the waiting tasks', async () => {
    const pool = newPool();
    const { loop } = await startLoop(pool);
    const waiting = pool.run('square', 1);
    await Promise.all([
      expect(loop).rejects.toThrow('task "loop": the pool was closed before it ended'),
      expect(waiting).rejects.toMatchObject({ code: 'ERR_WORKER' }),
      pool.close(),
    ]);
  });

  test('runs nothing after close', async () => {
    const pool = newPool();
    await pool.close();
    await expect(pool.run('square', 1)).rejects.toMatchObject({
      code: 'ERR_WORKER',
      message: 'task "square": the pool is closed',
    });
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses a size of %s', (size) => {
    expect(() => newPool(size)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
  });
});

test('serveTasks refuses to run in the main thread', () => {
  expect(() => serveTasks({})).toThrow(expect.objectContaining({ code: 'ERR_WORKER' }));
});
