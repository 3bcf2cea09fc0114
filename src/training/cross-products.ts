import type { Matrix } from '../base/matrix.ts';

/** Sums over the rows of X and y about their means. */
export interface CrossProducts {
  /** Σ (x - x̄)(x - x̄)ᵀ, p × p; without centring Σ x xᵀ. Zeros for a column that varies by rounding only. */
  readonly XX: Matrix;
  /** Σ (x - x̄)(y - ȳ), of length p. */
  readonly Xy: Float64Array;
  /** The means of X; zeros without centring. */
  readonly XMean: Float64Array;
  /** The mean of y; 0 without centring. */
  readonly yMean: number;
  /** Whether all sums are finite: no NaN, no infinity and no overflow. */
  readonly isFinite: boolean;
}

// So many rows of ten columns stay in the processor's first cache.
const blockRows = 256;
const sampleRows = 1000;

/**
 * Returns the cross products of X and y in one pass.
 *
 * The rows are shifted by the mean of a sample of them, so that a far origin costs no digits; the exact
 * means come out of the same pass and the difference is taken off at the end. With a share f of the rows in the
 * sample, its mean is at most σ / √f off, so that correction cancels log₁₀(1 / f) digits at the very worst.
 */
export function crossProducts(X: Matrix, y: Float64Array, isCentred: boolean): CrossProducts {
  const p = X.columns;
  const shift = isCentred ? sampleMean(X, y) : new Float64Array(p + 1);
  const sums = augmentedProducts(X, y, shift);
  const width = sums.columns;
  const ones = (p + 1) * width;
  const excess = Float64Array.from(shift, (_, j) => (isCentred ? sums.data[ones + j]! / X.rows : 0));
  const product = (j: number, k: number): number => sums.data[j * width + k]! - X.rows * excess[j]! * excess[k]!;

  const means = shift.map((value, j) => value + excess[j]!);
  const varies = means.map((mean, j) => (product(j, j) > X.rows * (8 * Number.EPSILON * mean) ** 2 ? 1 : 0));

  const XX = new Float64Array(p * p);
  const Xy = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    if (varies[j] === 0) continue;
    Xy[j] = product(p, j);
    for (let k = 0; k <= j; k++) XX[j * p + k] = XX[k * p + j] = varies[k] === 0 ? 0 : product(j, k);
  }
  return {
    XX: { data: XX, rows: p, columns: p },
    Xy,
    XMean: means.subarray(0, p),
    yMean: means[p]!,
    isFinite: sums.data.every(Number.isFinite),
  };
}

/** Returns about the means of X and y, from rows spread evenly; for a constant column exactly its value. */
function sampleMean(X: Matrix, y: Float64Array): Float64Array {
  const p = X.columns;
  const step = Math.max(1, Math.floor(X.rows / sampleRows));
  const total = new Float64Array(p + 1);
  let count = 0;
  for (let i = 0; i < X.rows; i += step, count++) {
    for (let j = 0; j < p; j++) total[j]! += X.data[i * p + j]! - X.data[j]!;
    total[p]! += y[i]! - y[0]!;
  }
  return total.map((value, j) => (j < p ? X.data[j]! : y[0]!) + value / count);
}

/**
 * Returns the lower triangle of Σ v vᵀ for v = (x - shift, y - shift, 1), with a row of zeros when that makes
 * the width even. Blocks of rows are turned into columns, of which 2 × 2 are multiplied at a time: every number
 * that is loaded is used twice.
 */
function augmentedProducts(X: Matrix, y: Float64Array, shift: Float64Array): Matrix {
  const { data, rows, columns: p } = X;
  const width = p + 2 + (p % 2);
  const sums = new Float64Array(width * width);
  const block = new Float64Array(width * blockRows);
  block.fill(1, (p + 1) * blockRows, (p + 2) * blockRows);
  for (let start = 0; start < rows; start += blockRows) {
    const length = Math.min(blockRows, rows - start);
    for (let i = 0, at = start * p; i < length; i++) {
      for (let j = 0; j < p; j++) block[j * blockRows + i] = data[at++]! - shift[j]!;
      block[p * blockRows + i] = y[start + i]! - shift[p]!;
    }
    for (let j = 0; j < width; j += 2) {
      for (let k = 0; k <= j; k += 2) addTile(sums, width, block, j, k, length);
    }
  }
  return { data: sums, rows: width, columns: width };
}

/** Adds the products of the columns j, j + 1 with the columns k, k + 1 of a block. */
function addTile(sums: Float64Array, width: number, block: Float64Array, j: number, k: number, length: number): void {
  let jk = 0;
  let jk1 = 0;
  let j1k = 0;
  let j1k1 = 0;
  for (let a = j * blockRows, b = k * blockRows, end = a + length; a < end; a++, b++) {
    const left = block[a]!;
    const left1 = block[a + blockRows]!;
    const right = block[b]!;
    const right1 = block[b + blockRows]!;
    jk += left * right;
    jk1 += left * right1;
    j1k += left1 * right;
    j1k1 += left1 * right1;
  }
  const at = j * width + k;
  sums[at]! += jk;
  sums[at + 1]! += jk1;
  sums[at + width]! += j1k;
  sums[at + width + 1]! += j1k1;
}
