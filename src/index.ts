/** The foundation's door: what every wing throws, draws random numbers from and hashes with. */
export * from './base/errors.ts';
export { type Matrix, type MatrixLike, toMatrix } from './base/matrix.ts';
export { type Random, random } from './base/random.ts';
export { sha256, sha256File } from './base/sha256.ts';
export { withTimeout, type WithTimeoutOptions } from './base/with-timeout.ts';
export {
  type RunTaskOptions,
  serveTasks,
  type TaskInput,
  type TaskOutput,
  WorkerPool,
  type WorkerPoolOptions,
  type WorkerTasks,
} from './base/worker-pool.ts';
export { writeFileAtomic } from './base/write-atomic.ts';
