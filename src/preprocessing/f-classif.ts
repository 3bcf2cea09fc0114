import { betaCdf } from '../base/beta.ts';
import { ConstantDataError, InvalidArgumentError } from '../base/errors.ts';
import { type Matrix, requireFinite } from '../base/matrix.ts';
import type { Table } from '../data/table.ts';
import { classTargets, type Label } from './class-targets.ts';
import { type Features, isTable, matrixOf, toTable } from './features.ts';

/** The analysis of variance of each column, in their order. */
export interface AnovaScores {
  /** The F statistic: how far the class means lie apart, in units of the spread within the classes. */
  readonly F: Float64Array;
  /** The probability of an F at least this large if the column had the same mean in all classes. */
  readonly pvalues: Float64Array;
}

/**
 * Returns the one-way analysis of variance of each column over the classes of y, as scikit-learn's `f_classif`.
 * A constant column has F and p NaN; one that is constant within each class, but not throughout, F Infinity and p 0.
 *
 * ```ts
 * fClassif([[1], [2], [5], [6]], ['a', 'a', 'b', 'b']).F; // [32]
 * ```
 *
 * @throws EmptyDataError when X has no rows or no columns, ShapeError when y has not one label per row
 * @throws NotFiniteError for NaN and infinities, ColumnError for strings in X
 * @throws ConstantDataError when y has one class only, InvalidArgumentError when it has as many as rows
 */
export function fClassif(X: Features, y: ArrayLike<Label>): AnovaScores {
  return anovaScores(toTable(X, 'fClassif'), y, { where: 'fClassif', isNamed: isTable(X) });
}

/** `fClassif` of a table; `where` names the caller in messages, and columns go by their names when `isNamed`. */
export function anovaScores(
  table: Table,
  y: ArrayLike<Label>,
  { where, isNamed }: { where: string; isNamed: boolean },
): AnovaScores {
  const X = matrixOf(table, where);
  const { classes, indices } = classTargets(y, X.rows, where);
  requireFinite(X, where, isNamed ? table.columnNames : undefined);
  if (classes.length < 2) {
    throw new ConstantDataError(`${where}: expected at least 2 classes in y, got only ${JSON.stringify(classes[0])}`);
  }
  const dfBetween = classes.length - 1;
  const dfWithin = X.rows - classes.length;
  if (dfWithin === 0) {
    throw new InvalidArgumentError(
      `${where}: expected fewer classes than rows, got ${classes.length} of each. y has to be a class, not a measure.`,
    );
  }
  const squares = Array.from({ length: X.columns }, (_, j) => sumsOfSquares(X, j, indices, classes.length));
  const F = Float64Array.from(squares, ({ between, within }) => between / dfBetween / (within / dfWithin));
  // The upper tail of the F distribution, as the lower tail of a beta distribution: no digits are lost to 1 - p.
  const pvalues = F.map((f) => betaCdf(dfWithin / (dfWithin + dfBetween * f), dfWithin / 2, dfBetween / 2));
  return { F, pvalues };
}

/** Returns the sums of squares of column j between the classes and within them. */
function sumsOfSquares(
  { data, rows, columns }: Matrix,
  j: number,
  classOf: Int32Array,
  classCount: number,
): { between: number; within: number } {
  // Counted from the first value (of all, of the class), the means of equal values are exact: no spread is exactly 0.
  const origin = data[j]!;
  const first = new Float64Array(classCount).fill(NaN);
  const count = new Float64Array(classCount);
  const total = new Float64Array(classCount);
  for (let i = 0; i < rows; i++) {
    const value = data[i * columns + j]!;
    const k = classOf[i]!;
    if (count[k] === 0) first[k] = value;
    count[k]! += 1;
    total[k]! += value - first[k]!;
  }
  const mean = total.map((sum, k) => first[k]! + sum / count[k]!);
  const grandMean = origin + mean.reduce((sum, value, k) => sum + count[k]! * (value - origin), 0) / rows;
  let within = 0;
  for (let i = 0; i < rows; i++) within += (data[i * columns + j]! - mean[classOf[i]!]!) ** 2;
  return { between: mean.reduce((sum, value, k) => sum + count[k]! * (value - grandMean) ** 2, 0), within };
}
