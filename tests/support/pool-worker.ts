import { serveTasks } from '../../src/base/worker-pool.ts';

/** The tasks that the tests of the worker pool run. */
export const tasks = {
  square: (x: number) => x * x,
  later: async (text: string) => Promise.resolve(text.toUpperCase()),
  fail: (message: string): never => {
    throw new RangeError(message);
  },
  failOddly: (): never => {
    throw Object.assign(new Error('with a function'), { callback: () => 1 });
  },
  returnFunction: () => () => 1,
  loop: (started: Int32Array): never => {
    Atomics.store(started, 0, 1);
    Atomics.notify(started, 0);
    for (;;);
  },
  exit: (code: number): never => process.exit(code),
  sum: (values: Float64Array) => values.reduce((a, b) => a + b, 0),
};

serveTasks(tasks);
