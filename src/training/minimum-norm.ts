import type { Matrix } from '../base/matrix.ts';
import type { CrossProducts } from './cross-products.ts';

type Vector = Float64Array;

/**
 * Returns the least squares coefficients with the smallest norm, for columns that may depend on each other and for
 * fewer rows than columns.
 *
 * Which directions count is decided on columns scaled to length 1, so it does not change with their units; the norm
 * is that of the coefficients themselves, as scikit-learn's `lstsq` minimises it.
 */
export function minimumNorm(X: Matrix, y: Vector, { XX, XMean, yMean }: CrossProducts, tol: number): Vector {
  const columns = centredColumns(X, XMean);
  const target = y.map((value) => value - yMean);
  const scale = columns.map((column, j) => (XX.data[j * XX.columns + j] === 0 ? Infinity : norm(column)));
  columns.forEach((column, j) => multiply(column, 1 / scale[j]!));

  const { directions, coordinates } = fitDirections(columns, target, tol);
  // The solution is in the span of scale · directions: orthonormal vectors of that span carry the coordinates over.
  const solution = new Float64Array(columns.length);
  const basis: { vector: Vector; coordinate: number }[] = [];
  directions.forEach((direction, k) => {
    const vector = direction.map((value, j) => (scale[j] === Infinity ? 0 : value * scale[j]!));
    const length = norm(vector);
    let coordinate = coordinates[k]!;
    for (const known of [...basis, ...basis]) {
      const overlap = dot(known.vector, vector);
      addMultiple(vector, known.vector, -overlap);
      coordinate -= overlap * known.coordinate;
    }
    if (norm(vector) <= Number.EPSILON * length) return;
    coordinate /= norm(vector);
    multiply(vector, 1 / norm(vector));
    basis.push({ vector, coordinate });
    addMultiple(solution, vector, coordinate);
  });
  return solution;
}

/** Returns orthonormal directions that `columns` reach, and the coordinate in each of the coefficients that fit `target`. */
function fitDirections(
  columns: Vector[],
  target: Vector,
  tol: number,
): { directions: Vector[]; coordinates: number[] } {
  const isWide = target.length < columns.length;
  const { left, singular, right } = singularVectors(isWide ? transposed(columns) : columns);
  const largest = Math.max(...singular);
  const kept = [...singular.keys()].filter((k) => singular[k]! > tol * largest);
  const [inRows, inColumns] = isWide ? [right, left] : [left, right];
  return {
    directions: kept.map((k) => inColumns[k]!),
    coordinates: kept.map((k) => dot(inRows[k]!, target) / singular[k]!),
  };
}

/**
 * Returns the singular values and vectors of a matrix with at least as many rows as columns, given by its columns:
 * QR by twice-repeated Gram–Schmidt, then one-sided Jacobi rotations of the small factor (Hestenes, 1958).
 */
function singularVectors(columns: readonly Vector[]): { left: Vector[]; singular: number[]; right: Vector[] } {
  const { Q, R } = orthogonalised(columns);
  const right = columns.map((_, k) => columns.map((__, j) => (j === k ? 1 : 0))).map((row) => Float64Array.from(row));
  orthogonaliseByRotation(R, right);
  const singular = R.map(norm);
  const left = R.map((column, k) => {
    const vector = new Float64Array(columns[0]!.length);
    column.forEach((value, j) => addMultiple(vector, Q[j]!, singular[k] === 0 ? 0 : value / singular[k]!));
    return vector;
  });
  return { left, singular, right };
}

/** Returns orthonormal columns Q (zeros for a dependent one) and the columns of the triangular R with columns = Q · R. */
function orthogonalised(columns: readonly Vector[]): { Q: Vector[]; R: Vector[] } {
  const Q: Vector[] = [];
  const R = columns.map((column, j) => {
    const factors = new Float64Array(columns.length);
    const rest = column.slice();
    for (const k of [...Q.keys(), ...Q.keys()]) {
      const overlap = dot(Q[k]!, rest);
      factors[k]! += overlap;
      addMultiple(rest, Q[k]!, -overlap);
    }
    const length = norm(rest);
    // What is left of a dependent column is rounding, which has no direction of its own.
    const isDependent = length <= columns.length * Number.EPSILON * norm(column);
    factors[j] = isDependent ? 0 : length;
    multiply(rest, isDependent ? 0 : 1 / length);
    Q.push(rest);
    return factors;
  });
  return { Q, R };
}

/** Rotates pairs of columns until all are orthogonal, and the columns of `along` with them. */
function orthogonaliseByRotation(columns: readonly Vector[], along: readonly Vector[]): void {
  const maxSweeps = 60;
  const pairs = columns.flatMap((_, j) => Array.from({ length: j }, (__, k) => [k, j] as const));
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    const rotated = pairs.filter(([k, j]) => rotatePair(columns[k]!, columns[j]!, along[k]!, along[j]!));
    if (rotated.length === 0) return;
  }
}

/** Makes two columns orthogonal; returns whether they were not. */
function rotatePair(a: Vector, b: Vector, alongA: Vector, alongB: Vector): boolean {
  const overlap = dot(a, b);
  const lengthA = dot(a, a);
  const lengthB = dot(b, b);
  if (Math.abs(overlap) <= Number.EPSILON * Math.sqrt(lengthA * lengthB)) return false;
  const ratio = (lengthB - lengthA) / (2 * overlap);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(1, ratio));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (const [left, right] of [[a, b] as const, [alongA, alongB] as const]) {
    for (let i = 0; i < left.length; i++) {
      const [x, z] = [left[i]!, right[i]!];
      left[i] = cosine * x - sine * z;
      right[i] = sine * x + cosine * z;
    }
  }
  return true;
}

function centredColumns({ data, rows, columns }: Matrix, means: Vector): Vector[] {
  return Array.from({ length: columns }, (_, j) => {
    const column = new Float64Array(rows);
    for (let i = 0; i < rows; i++) column[i] = data[i * columns + j]! - means[j]!;
    return column;
  });
}

function transposed(columns: readonly Vector[]): Vector[] {
  return Array.from(columns[0]!, (_, i) => Float64Array.from(columns, (column) => column[i]!));
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(vector: Vector): number {
  return Math.sqrt(dot(vector, vector));
}

function multiply(vector: Vector, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i]! *= factor;
}

/** Adds a multiple of `b` to `a`. */
function addMultiple(a: Vector, b: Vector, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!;
}
