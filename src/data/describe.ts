import { mean, quantileSorted, sampleStandardDeviation } from 'simple-statistics';

/** The statistics of one number column, under the names pandas gives them. */
export interface Summary {
  /** How many values are not missing. */
  readonly count: number;
  readonly mean: number;
  /** The sample standard deviation (n - 1); NaN for fewer than two values. */
  readonly std: number;
  readonly min: number;
  readonly '25%': number;
  readonly '50%': number;
  readonly '75%': number;
  readonly max: number;
}

/**
 * Returns count, mean, standard deviation, extremes and quartiles of the values that are not NaN.
 * Quartiles interpolate linearly (type 7 of Hyndman and Fan), as pandas and NumPy do.
 * Without values everything but `count` is NaN.
 */
export function describeNumbers(values: Float64Array): Summary {
  const sorted = Array.from(values.filter((value) => !Number.isNaN(value)).sort());
  const count = sorted.length;
  const quantile = (p: number): number => (count === 0 ? NaN : quantileSorted(sorted, p));
  return {
    count,
    mean: count === 0 ? NaN : mean(sorted),
    std: count < 2 ? NaN : sampleStandardDeviation(sorted),
    min: quantile(0),
    '25%': quantile(0.25),
    '50%': quantile(0.5),
    '75%': quantile(0.75),
    max: quantile(1),
  };
}
