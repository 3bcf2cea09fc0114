import { types } from 'node:util';
import { formatDuration } from '../duration.ts';
import { KeyboardInterrupt } from '../failures/failure.ts';
import { type CellMagic, type LineMagic, UsageError } from './registry.ts';

/** How long a run is to take at least, in milliseconds: short ones measure the clock. */
const MIN_RUN_MS = 200;
/** How long all runs may take together, in milliseconds, once there is one. */
const BUDGET_MS = 5000;
const DEFAULT_RUNS = 7;

function needsCode(): never {
  throw new UsageError('%timeit: expected a statement behind it, or %%timeit as the first line of a cell');
}

/** `%timeit`; the compiler takes it apart, since what follows it is TypeScript. */
export const timeit: LineMagic = {
  summary: 'runs a statement many times and prints how long it takes',
  usage: '[-n loops] [-r runs] statement',
  run: needsCode,
};

/** `%%timeit`, likewise. */
export const timeitCell: CellMagic = {
  summary: 'runs the cell many times and prints how long it takes; what stands behind the name runs once, before',
  usage: '[-n loops] [-r runs] [setup]',
  run: needsCode,
};

/**
 * Measures a statement and returns what to print: the mean and the standard deviation of several runs of many loops.
 *
 * @param options `-n loops`: default as many as take 0.2 seconds; `-r runs`: default 7, fewer where a run takes long
 * @param statement an async function is awaited in each loop
 * @param isInterrupted looked at after each `await`
 */
export async function measure(
  options: string,
  statement: () => unknown,
  isInterrupted: () => boolean,
): Promise<string> {
  const option = (name: string): number | undefined => {
    const value = new RegExp(`-${name}\\s*(\\d+)`).exec(options)?.[1];
    return value === undefined ? undefined : Math.max(1, Number(value));
  };
  const run = types.isAsyncFunction(statement)
    ? (loops: number) => runAsync(statement, loops, isInterrupted)
    : (loops: number) => runSync(statement, loops);

  let loops = option('n') ?? 1;
  let elapsed = await run(loops);
  while (option('n') === undefined && elapsed < MIN_RUN_MS) {
    loops = nextRound(loops);
    elapsed = await run(loops);
  }
  const runs = option('r') ?? Math.max(1, Math.min(DEFAULT_RUNS, Math.floor(BUDGET_MS / elapsed)));
  const times = [elapsed / loops];
  while (times.length < runs) times.push((await run(loops)) / loops);
  return summaryOf(times, loops);
}

function runSync(statement: () => unknown, loops: number): number {
  const started = performance.now();
  for (let i = 0; i < loops; i++) statement();
  return performance.now() - started;
}

async function runAsync(statement: () => unknown, loops: number, isInterrupted: () => boolean): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < loops; i++) {
    await statement();
    if (isInterrupted()) throw new KeyboardInterrupt();
  }
  return performance.now() - started;
}

/** 1, 2, 5, 10, 20, 50, … */
function nextRound(loops: number): number {
  return loops * (String(loops).startsWith('2') ? 2.5 : 2);
}

function summaryOf(times: readonly number[], loops: number): string {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length);
  const counts = `${counted(times.length, 'run')}, ${counted(loops, 'loop')} each`;
  return `${formatDuration(mean)} ± ${formatDuration(deviation)} per loop (mean ± std. dev. of ${counts})\n`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
