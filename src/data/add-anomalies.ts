import { random } from '../base/random.ts';
import { requireNumber } from './require-number.ts';

/** Options of `addAnomalies`. */
export interface AddAnomaliesOptions {
  /** How many values become anomalies; default 1. */
  readonly anomalies?: number;
  /** How far an anomaly lies from the value that was there, up or down, in the unit of the values; default 10. */
  readonly size?: number;
  /** Seed of the places and directions; default 0. */
  readonly randomState?: number;
}

/** Values with anomalies, and the truth behind them. */
export interface AnomalousValues {
  readonly values: Float64Array;
  readonly truth: {
    /** The values without the anomalies. */
    readonly clean: Float64Array;
    /** The indices of the anomalies, ascending. */
    readonly anomalies: readonly number[];
  };
}

/**
 * Returns the values with some of them, at distinct random places, moved up or down by `size`, either way
 * equally likely; `values` is not changed.
 *
 * @throws InvalidArgumentError when there are fewer values than anomalies, or `size` is negative or not finite
 */
export function addAnomalies(
  values: ArrayLike<number>,
  { anomalies = 1, size = 10, randomState = 0 }: AddAnomaliesOptions = {},
): AnomalousValues {
  requireNumber('addAnomalies: anomalies', anomalies, { min: 0, max: values.length, whole: true });
  requireNumber('addAnomalies: size', size, { min: 0 });
  const source = random(randomState);
  const clean = Float64Array.from(values);
  const places = source
    .shuffle(Array.from(clean.keys()))
    .slice(0, anomalies)
    .sort((a, b) => a - b);
  const anomalous = clean.slice();
  for (const place of places) anomalous[place]! += source.uniform() < 0.5 ? -size : size;
  return { values: anomalous, truth: { clean, anomalies: places } };
}
