import type { Matrix, MatrixLike } from '../base/matrix.ts';
import type { Column } from '../data/column.ts';
import type { Table } from '../data/table.ts';
import { Columnwise } from './columnwise.ts';
import { mapNumbers, presentNumbers } from './number-column.ts';
import type { StandardScaling, StandardScalerState } from './transformer-state.ts';

/** Options of `StandardScaler`. */
export interface StandardScalerOptions {
  /** Subtract the mean. Default: true. */
  readonly withMean?: boolean;
  /** Divide by the standard deviation. Default: true. */
  readonly withStd?: boolean;
}

/**
 * Scales each column to mean 0 and variance 1 (of the population, ddof 0), as scikit-learn does.
 * A constant column is only centred: its scale is 1. NaN is left out of the statistics and stays NaN.
 *
 * ```ts
 * new StandardScaler().fitTransform([[0], [0], [1], [1]]).data; // [-1, -1, 1, 1]
 * ```
 */
export class StandardScaler extends Columnwise<Required<StandardScalerOptions>, StandardScaling> {
  constructor({ withMean = true, withStd = true }: StandardScalerOptions = {}) {
    super({ withMean, withStd });
  }

  /** Returns the scaler of a state that `toJSON` returned. */
  static fromJSON({ params, schema, learned }: StandardScalerState): StandardScaler {
    return new StandardScaler(params).restore(schema, learned);
  }

  /** The mean of each column. */
  get mean(): Float64Array {
    return Float64Array.from(this.fitted.learned, ({ mean }) => mean);
  }

  /** The population variance of each column. */
  get variance(): Float64Array {
    return Float64Array.from(this.fitted.learned, ({ variance }) => variance);
  }

  /** What each column is divided by: the standard deviation, 1 for a constant column. */
  get scale(): Float64Array {
    return Float64Array.from(this.fitted.learned, ({ scale }) => scale);
  }

  /** Returns scaled values in their original units. Throws as `transform` does. */
  inverseTransform(X: Table): Table;
  inverseTransform(X: MatrixLike): Matrix;
  inverseTransform(X: Table | MatrixLike): Table | Matrix {
    const { withMean, withStd } = this.getParams();
    return this.revert(X, (column, { mean, scale }) =>
      mapNumbers(column, this.where('inverseTransform'), (z) => z * (withStd ? scale : 1) + (withMean ? mean : 0)),
    );
  }

  /** Returns the options and what was learned. */
  toJSON(): StandardScalerState {
    return { kind: 'StandardScaler', params: this.getParams(), ...this.fitted };
  }

  protected override checkParams(): void {
    // Two booleans: nothing to check.
  }

  protected override learn(column: Column, where: string): StandardScaling {
    return standardScaling(presentNumbers(column, where));
  }

  protected override change(column: Column, { mean, scale }: StandardScaling, where: string): readonly Column[] {
    const { withMean, withStd } = this.getParams();
    return [mapNumbers(column, where, (value) => (value - (withMean ? mean : 0)) / (withStd ? scale : 1))];
  }

  protected override namesOut(name: string): readonly string[] {
    return [name];
  }
}

/**
 * Returns mean and variance by the corrected two-pass algorithm (Chan, Golub and LeVeque, "Algorithms for
 * computing the sample variance", 1983). A variance within that algorithm's error bound counts as zero.
 */
function standardScaling(values: Float64Array): StandardScaling {
  const n = values.length;
  const mean = sum(values) / n;
  const deviations = values.map((value) => value - mean);
  const variance = (sum(deviations.map((d) => d * d)) - sum(deviations) ** 2 / n) / n;
  const rounding = n * Number.EPSILON * variance + (n * mean * Number.EPSILON) ** 2;
  return { mean, variance, scale: variance <= rounding ? 1 : Math.sqrt(variance) };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
