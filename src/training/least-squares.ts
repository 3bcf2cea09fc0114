import type { Matrix } from '../base/matrix.ts';
import { type CrossProducts, crossProducts } from './cross-products.ts';
import { minimumNorm } from './minimum-norm.ts';

/** The plane y = X · coef + intercept. */
export interface LeastSquares {
  readonly coef: Float64Array;
  readonly intercept: number;
}

/** Options of `leastSquares`. */
export interface LeastSquaresOptions {
  readonly fitIntercept: boolean;
  /** Directions of the scaled columns whose singular value is at most `tol` times the largest count as none. */
  readonly tol: number;
}

// A column of which less than this share of the variance is its own goes the slow and exact way:
// solving by cross products loses as many digits as the share has zeros.
const leastOwnVariance = 1e-6;

/**
 * Returns the least squares fit of y on X; where columns depend on each other, the one with the smallest coefficients.
 * By cross products and their Cholesky factor when that is safe, else by singular values.
 * Returns undefined when X or y holds NaN or infinities, or their products overflow.
 */
export function leastSquares(
  X: Matrix,
  y: Float64Array,
  { fitIntercept, tol }: LeastSquaresOptions,
): LeastSquares | undefined {
  const products = crossProducts(X, y, fitIntercept);
  if (!products.isFinite) return undefined;
  const { XMean, yMean } = products;
  const coef = solveNormal(products) ?? minimumNorm(X, y, products, tol);
  let intercept = yMean;
  for (let j = 0; j < coef.length; j++) intercept -= coef[j]! * XMean[j]!;
  return { coef, intercept };
}

/** Solves XX · coef = Xy by Cholesky's method on columns of length 1; undefined when they are nearly dependent. */
function solveNormal({ XX, Xy }: CrossProducts): Float64Array | undefined {
  const p = Xy.length;
  const length = Float64Array.from(Xy, (_, j) => Math.sqrt(XX.data[j * p + j]!));
  const L = new Float64Array(p * p);
  const z = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    for (let k = 0; k < j; k++) {
      const cosine = XX.data[j * p + k]! / (length[j]! * length[k]!);
      L[j * p + k] = (cosine - dot(L, j * p, k * p, k)) / L[k * p + k]!;
    }
    const ownVariance = 1 - dot(L, j * p, j * p, j);
    // Written so that NaN, which a column of zeros makes, fails too.
    if (!(length[j]! > 0 && ownVariance > leastOwnVariance)) return undefined;
    L[j * p + j] = Math.sqrt(ownVariance);
    z[j] = (Xy[j]! / length[j]! - dotWith(L, j * p, z, j)) / L[j * p + j]!;
  }
  for (let j = p - 1; j >= 0; j--) {
    for (let k = j + 1; k < p; k++) z[j]! -= L[k * p + j]! * z[k]!;
    z[j]! /= L[j * p + j]!;
  }
  return z.map((value, j) => value / length[j]!);
}

/** Returns the product of `count` values of L from `a` on with those from `b` on. */
function dot(L: Float64Array, a: number, b: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += L[a + i]! * L[b + i]!;
  return sum;
}

function dotWith(L: Float64Array, a: number, z: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += L[a + i]! * z[i]!;
  return sum;
}
