import { random } from '../base/random.ts';
import { requireNumber } from './require-number.ts';

/** Options of `addNoise`. */
export interface AddNoiseOptions {
  /** The standard deviation of the noise, in the unit of the values; default 1. */
  readonly noise?: number;
  /** Seed of the noise; default 0. */
  readonly randomState?: number;
}

/** Values with noise, and the truth behind them. */
export interface NoisyValues {
  readonly values: Float64Array;
  readonly truth: {
    /** The values without the noise. */
    readonly clean: Float64Array;
    /** The standard deviation the noise was drawn with. */
    readonly noise: number;
  };
}

/**
 * Returns the values with independent normal noise added to each; `values` is not changed and NaN stays NaN.
 *
 * @throws InvalidArgumentError when `noise` is negative or not finite
 */
export function addNoise(values: ArrayLike<number>, { noise = 1, randomState = 0 }: AddNoiseOptions = {}): NoisyValues {
  requireNumber('addNoise: noise', noise, { min: 0 });
  const source = random(randomState);
  const clean = Float64Array.from(values);
  return { values: clean.map((value) => value + source.normal(0, noise)), truth: { clean, noise } };
}
