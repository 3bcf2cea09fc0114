import { availableParallelism } from 'node:os';
import { parentPort, type Transferable, Worker } from 'node:worker_threads';
import { InvalidArgumentError, WorkerError } from './errors.ts';

/** The tasks of a worker by name: functions of one argument, whose input and output can be cloned between threads. */
export type WorkerTasks = Readonly<Record<string, (input: never) => unknown>>;

/** What a task takes. */
export type TaskInput<Tasks extends WorkerTasks, Name extends keyof Tasks> = Parameters<Tasks[Name]>[0];

/** What a task returns, a promise unwrapped. */
export type TaskOutput<Tasks extends WorkerTasks, Name extends keyof Tasks> = Awaited<ReturnType<Tasks[Name]>>;

/** Options of `WorkerPool`. */
export interface WorkerPoolOptions {
  /** The most threads that run at the same time. Default: the processor's parallelism. */
  readonly size?: number;
}

/** Options of `WorkerPool.run`. */
export interface RunTaskOptions {
  /** Ends the task: a waiting one leaves the queue, a running one loses its thread. The signal's reason is thrown. */
  readonly signal?: AbortSignal;
  /** Parts of the input that are moved to the thread instead of copied. Default: none. */
  readonly transfer?: readonly Transferable[];
}

interface Job {
  readonly task: string;
  readonly input: unknown;
  readonly transfer: readonly Transferable[];
  readonly resolve: (output: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

type Answer = { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: unknown };

/**
 * Runs tasks in worker threads, one at a time in each, first come first served.
 * Threads start when they are needed; idle ones do not keep the process alive.
 *
 * ```ts
 * // square.ts: `export const tasks = { square: (x: number) => x * x }; serveTasks(tasks);`
 * await using pool = new WorkerPool<typeof tasks>(moduleUrl('./square', import.meta.url));
 * await pool.run('square', 12); // 144
 * ```
 */
export class WorkerPool<Tasks extends WorkerTasks> implements AsyncDisposable {
  readonly #entry: URL;
  readonly #size: number;
  readonly #queue: Job[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Job>();
  #isClosed = false;

  /**
   * @param entry the module that calls `serveTasks`; see `moduleUrl`
   * @throws InvalidArgumentError when `size` is not a whole number of at least 1
   */
  constructor(entry: URL, { size = availableParallelism() }: WorkerPoolOptions = {}) {
    if (!Number.isInteger(size) || size < 1) {
      throw new InvalidArgumentError(`WorkerPool: expected a size of at least 1, got ${String(size)}`);
    }
    this.#entry = entry;
    this.#size = size;
  }

  /**
   * Runs a task and returns what it returned.
   *
   * @throws WorkerError when the task throws, with its error as the cause; when its thread ends before it
   *   answers; when the pool is closed. The pool replaces a thread that has ended.
   */
  async run<Name extends keyof Tasks & string>(
    task: Name,
    input: TaskInput<Tasks, Name>,
    { signal, transfer = [] }: RunTaskOptions = {},
  ): Promise<TaskOutput<Tasks, Name>> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw new WorkerError(`task ${JSON.stringify(task)}: the pool is closed`);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const job: Job = { task, input, transfer, resolve, reject };
    const onAbort = (): void => this.#abandon(job, signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#queue.push(job);
    this.#startNext();
    try {
      return (await promise) as TaskOutput<Tasks, Name>;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Ends all threads; tasks that wait or run are rejected with a `WorkerError`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const workers = [...this.#idle.splice(0), ...this.#busy.keys()];
    for (const job of [...this.#queue.splice(0), ...this.#busy.values()]) {
      job.reject(new WorkerError(`task ${JSON.stringify(job.task)}: the pool was closed before it ended`));
    }
    this.#busy.clear();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  /** Closes the pool at the end of an `await using` block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #startNext(): void {
    if (this.#queue.length === 0) return;
    const worker = this.#idle.pop() ?? (this.#busy.size < this.#size ? this.#startWorker() : undefined);
    if (worker === undefined) return;
    const job = this.#queue.shift()!;
    worker.ref();
    this.#busy.set(worker, job);
    try {
      worker.postMessage({ task: job.task, input: job.input }, job.transfer);
    } catch (cause) {
      this.#release(worker)?.reject(failure(job.task, cause));
    }
  }

  #startWorker(): Worker {
    const worker = new Worker(this.#entry);
    worker.on('message', (answer: Answer) => {
      const job = this.#release(worker);
      if (answer.ok) job?.resolve(answer.output);
      else job?.reject(failure(job.task, answer.error));
    });
    worker.on('messageerror', (cause) => this.#lose(worker, 'its answer could not be read', cause));
    worker.on('error', (cause) => this.#lose(worker, `its thread failed: ${text(cause)}`, cause));
    worker.on('exit', (code) => this.#lose(worker, `its thread ended with exit code ${code} before it answered`));
    return worker;
  }

  /** Makes a worker available again and returns the job it was busy with. */
  #release(worker: Worker): Job | undefined {
    const job = this.#busy.get(worker);
    if (job === undefined) return undefined;
    this.#busy.delete(worker);
    worker.unref();
    this.#idle.push(worker);
    this.#startNext();
    return job;
  }

  /** Forgets a worker that has ended or can't be trusted any more. */
  #lose(worker: Worker, reason: string, cause?: unknown): void {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    const index = this.#idle.indexOf(worker);
    if (index !== -1) this.#idle.splice(index, 1);
    void worker.terminate();
    job?.reject(new WorkerError(`task ${JSON.stringify(job.task)}: ${reason}`, { cause }));
    this.#startNext();
  }

  #abandon(job: Job, reason: unknown): void {
    job.reject(reason);
    const index = this.#queue.indexOf(job);
    if (index !== -1) this.#queue.splice(index, 1);
    const worker = [...this.#busy].find(([, running]) => running === job)?.[0];
    // A thread cannot be interrupted within a task, only ended; the next task gets a new one.
    if (worker !== undefined) this.#lose(worker, 'it was abandoned');
  }
}

/** Answers the tasks of a `WorkerPool`; called once by the module that runs in its threads. */
export function serveTasks(tasks: WorkerTasks): void {
  const port = parentPort;
  if (port === null) throw new WorkerError('serveTasks: expected to run in a worker thread, got the main thread');
  const answer = (message: Answer): void => port.postMessage(message);
  port.on('message', async ({ task, input }: { task: string; input: never }) => {
    try {
      if (!Object.hasOwn(tasks, task)) throw new InvalidArgumentError(`no task named ${JSON.stringify(task)}`);
      answer({ ok: true, output: await tasks[task]!(input) });
    } catch (error) {
      answer({ ok: false, error: cloneable(error) });
    }
  });
}

/** Returns the error, or an `Error` in its words when it holds something that can't be cloned. */
function cloneable(error: unknown): unknown {
  try {
    return structuredClone(error);
  } catch {
    return new Error(text(error));
  }
}

function failure(task: string, cause: unknown): WorkerError {
  return new WorkerError(`task ${JSON.stringify(task)}: ${text(cause)}`, { cause });
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
