import { InvalidArgumentError, ShapeError } from '../base/errors.ts';
import type { Matrix, MatrixLike } from '../base/matrix.ts';
import { random, type Random } from '../base/random.ts';
import type { Table } from '../data/table.ts';
import { stratifiedIndices } from './stratified-indices.ts';

/** Options of `trainTestSplit` and `trainTestIndices`. */
export interface TrainTestSplitOptions {
  /** The share of the rows that are tested on, in 0–1, or their number when it is 1 or more. Default: 0.25. */
  readonly testSize?: number;
  /** The seed of the shuffle. Default: 0. */
  readonly randomState?: number;
  /** Draw the rows at random; without, the last rows are the test set (for series in time). Default: true. */
  readonly shuffle?: boolean;
  /** A class for each row; each has about the same share in both parts. Default: not stratified. */
  readonly stratify?: ArrayLike<string | number>;
}

/** The rows of both parts. */
export interface TrainTestIndices {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** Both parts of X and y, of the same types. */
export interface TrainTestSplit<X, Y> {
  readonly XTrain: X;
  readonly XTest: X;
  readonly yTrain: Y;
  readonly yTest: Y;
}

/**
 * Splits X and y into rows to train and rows to test on. The sizes, and the rows per class under `stratify`, are
 * scikit-learn's; which rows they are is drawn by this package's own generator.
 *
 * @throws ShapeError when X, y and `stratify` differ in length
 * @throws InvalidArgumentError as `trainTestIndices` does
 */
export function trainTestSplit<Y extends Float64Array | readonly unknown[]>(
  X: Table,
  y: Y,
  options?: TrainTestSplitOptions,
): TrainTestSplit<Table, Y>;
export function trainTestSplit<Y extends Float64Array | readonly unknown[]>(
  X: Matrix,
  y: Y,
  options?: TrainTestSplitOptions,
): TrainTestSplit<Matrix, Y>;
export function trainTestSplit<Row, Y extends Float64Array | readonly unknown[]>(
  X: readonly Row[],
  y: Y,
  options?: TrainTestSplitOptions,
): TrainTestSplit<Row[], Y>;
export function trainTestSplit<Y extends Float64Array | readonly unknown[]>(
  X: Table | MatrixLike,
  y: Y,
  options?: TrainTestSplitOptions,
): TrainTestSplit<Table | MatrixLike, Y>;
export function trainTestSplit(
  X: Table | Matrix | readonly unknown[],
  y: Float64Array | readonly unknown[],
  options: TrainTestSplitOptions = {},
): TrainTestSplit<unknown, unknown> {
  const rows = rowCount(X);
  if (y.length !== rows) {
    throw new ShapeError(`trainTestSplit: expected y of length ${rows} (rows of X), got ${y.length}`);
  }
  const { train, test } = trainTestIndices(rows, options);
  return { XTrain: takeX(X, train), XTest: takeX(X, test), yTrain: take(y, train), yTest: take(y, test) };
}

/**
 * Returns which of `rows` rows to train and which to test on; `table.rows(indices)` takes them.
 *
 * @throws InvalidArgumentError when `testSize` leaves a part empty, or `stratify` has a class with one row, more
 *   classes than a part has rows, or no shuffle
 * @throws ShapeError when `stratify` has not one class per row
 */
export function trainTestIndices(rows: number, options: TrainTestSplitOptions = {}): TrainTestIndices {
  const { testSize = 0.25, randomState = 0, shuffle = true, stratify } = options;
  const testRows = testRowCount(rows, testSize);
  if (stratify !== undefined) {
    if (!shuffle) throw new InvalidArgumentError('trainTestSplit: expected shuffle with stratify, got shuffle: false');
    if (stratify.length !== rows) {
      throw new ShapeError(`trainTestSplit: expected stratify of length ${rows}, got ${stratify.length}`);
    }
    return stratifiedIndices(Array.from(stratify), testRows, random(randomState));
  }
  const order = shuffle ? shuffledIndices(rows, random(randomState)) : range(rows);
  const boundary = rows - testRows;
  return { train: order.slice(0, boundary), test: order.slice(boundary) };
}

function testRowCount(rows: number, testSize: number): number {
  const isShare = testSize > 0 && testSize < 1;
  const isCount = Number.isInteger(testSize) && testSize >= 1;
  // scikit-learn rounds a share up.
  const testRows = isShare ? Math.ceil(testSize * rows) : testSize;
  if ((isShare || isCount) && testRows > 0 && testRows < rows) return testRows;
  throw new InvalidArgumentError(
    `trainTestSplit: expected a testSize in 0–1, or a number of rows from 1 to ${rows - 1}, that leaves rows ` +
      `to train on, got ${testSize} for ${rows} rows`,
  );
}

function rowCount(X: Table | Matrix | readonly unknown[]): number {
  if ('rowCount' in X) return X.rowCount;
  return 'data' in X ? X.rows : X.length;
}

function takeX(X: Table | Matrix | readonly unknown[], indices: readonly number[]): unknown {
  if ('columnNames' in X) return X.rows(indices);
  if (!('data' in X)) return take(X, indices);
  const { columns } = X;
  const data = new Float64Array(indices.length * columns);
  indices.forEach((row, i) => data.set(X.data.subarray(row * columns, (row + 1) * columns), i * columns));
  return { data, rows: indices.length, columns };
}

function take(values: Float64Array | readonly unknown[], indices: readonly number[]): unknown {
  if (values instanceof Float64Array) return Float64Array.from(indices, (index) => values[index]!);
  return indices.map((index) => values[index]);
}

function shuffledIndices(rows: number, rng: Random): number[] {
  return rng.shuffle(range(rows));
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
