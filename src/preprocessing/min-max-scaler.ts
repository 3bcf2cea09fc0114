import { InvalidArgumentError } from '../base/errors.ts';
import type { Matrix, MatrixLike } from '../base/matrix.ts';
import type { Column } from '../data/column.ts';
import type { Table } from '../data/table.ts';
import { Columnwise } from './columnwise.ts';
import { mapNumbers, presentNumbers } from './number-column.ts';
import type { ColumnRange, MinMaxScalerState } from './transformer-state.ts';

/** Options of `MinMaxScaler`. */
export interface MinMaxScalerOptions {
  /** What the smallest and the largest value become. Default: [0, 1]. */
  readonly featureRange?: readonly [low: number, high: number];
  /** Limit values outside of what `fit` saw to the range. Default: false. */
  readonly clip?: boolean;
}

/**
 * Maps each column linearly from its range to `featureRange`, as scikit-learn does. A constant column
 * becomes the lower end. NaN is left out of the range and stays NaN.
 */
export class MinMaxScaler extends Columnwise<Required<MinMaxScalerOptions>, ColumnRange> {
  constructor({ featureRange = [0, 1], clip = false }: MinMaxScalerOptions = {}) {
    super({ featureRange, clip });
  }

  /** Returns the scaler of a state that `toJSON` returned. */
  static fromJSON({ params, schema, learned }: MinMaxScalerState): MinMaxScaler {
    return new MinMaxScaler(params).restore(schema, learned);
  }

  /** The smallest value of each column. */
  get dataMin(): Float64Array {
    return Float64Array.from(this.fitted.learned, ({ min }) => min);
  }

  /** The largest value of each column. */
  get dataMax(): Float64Array {
    return Float64Array.from(this.fitted.learned, ({ max }) => max);
  }

  /** Returns scaled values in their original units; what `clip` cut off is lost. Throws as `transform` does. */
  inverseTransform(X: Table): Table;
  inverseTransform(X: MatrixLike): Matrix;
  inverseTransform(X: Table | MatrixLike): Table | Matrix {
    return this.revert(X, (column, range) => {
      const { factor, offset } = this.#map(range);
      return mapNumbers(column, this.where('inverseTransform'), (value) => (value - offset) / factor);
    });
  }

  /** Returns the options and what was learned. */
  toJSON(): MinMaxScalerState {
    return { kind: 'MinMaxScaler', params: this.getParams(), ...this.fitted };
  }

  protected override checkParams(_table: Table, where: string): void {
    const [low, high] = this.getParams().featureRange;
    if (Number.isFinite(low) && Number.isFinite(high) && low < high) return;
    throw new InvalidArgumentError(
      `${where}: expected a featureRange [low, high] with low < high, got [${low}, ${high}]`,
    );
  }

  protected override learn(column: Column, where: string): ColumnRange {
    const values = presentNumbers(column, where);
    return { min: values.reduce((a, b) => Math.min(a, b)), max: values.reduce((a, b) => Math.max(a, b)) };
  }

  protected override change(column: Column, range: ColumnRange, where: string): readonly Column[] {
    const { featureRange, clip } = this.getParams();
    const { factor, offset } = this.#map(range);
    const [low, high] = clip ? featureRange : [-Infinity, Infinity];
    return [mapNumbers(column, where, (value) => Math.min(Math.max(value * factor + offset, low), high))];
  }

  protected override namesOut(name: string): readonly string[] {
    return [name];
  }

  #map({ min, max }: ColumnRange): { factor: number; offset: number } {
    const [low, high] = this.getParams().featureRange;
    // scikit-learn's bound: a narrower range is taken for a constant column.
    const range = max - min < 10 * Number.EPSILON ? 1 : max - min;
    const factor = (high - low) / range;
    return { factor, offset: low - min * factor };
  }
}
