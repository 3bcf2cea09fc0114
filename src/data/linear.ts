import { InvalidArgumentError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { random } from '../base/random.ts';
import { addNoise } from './add-noise.ts';
import { requireNumber } from './require-number.ts';
import { Table } from './table.ts';

/** Options of `linear`. */
export interface LinearOptions {
  /** How many rows; default 100. */
  readonly n?: number;
  /** The slope of each feature, and so the number of features; default `[1]`. */
  readonly coef?: readonly number[];
  /** The value where all features are 0; default 0. */
  readonly intercept?: number;
  /** The features are uniform over [low, high); default `[0, 10]`. */
  readonly range?: readonly [low: number, high: number];
  /** The standard deviation of the noise of y; default 0. */
  readonly noise?: number;
  /** Seed of features and noise, which don't depend on one another; default 0. */
  readonly randomState?: number;
}

/** A generated linear data set, and the truth behind it. */
export interface LinearData {
  /** The features `x1`, `x2`, … and the target `y`. */
  readonly table: Table;
  readonly featureNames: readonly string[];
  readonly X: Matrix;
  readonly y: Float64Array;
  readonly truth: {
    readonly coef: readonly number[];
    readonly intercept: number;
    /** The standard deviation the noise was drawn with. */
    readonly noise: number;
    /** The targets without the noise. */
    readonly clean: Float64Array;
  };
}

/**
 * Returns a synthetic data set: y = intercept + X · coef + normal noise.
 *
 * @throws InvalidArgumentError when an option is not a number it can use, or `coef` is empty
 */
export function linear(options: LinearOptions = {}): LinearData {
  const { n = 100, coef = [1], intercept = 0, range = [0, 10], noise = 0, randomState = 0 } = options;
  requireNumber('linear: n', n, { min: 1, whole: true });
  requireNumber('linear: intercept', intercept);
  for (const value of [...coef, ...range]) requireNumber('linear: coef and range', value);
  if (coef.length === 0) throw new InvalidArgumentError('linear: expected at least one value in coef, got none');
  const seeds = random(randomState);
  const source = random(seeds.integer(0, Number.MAX_SAFE_INTEGER));
  const data = Float64Array.from({ length: n * coef.length }, () => source.uniform(...range));
  const X: Matrix = { data, rows: n, columns: coef.length };
  const clean = Float64Array.from({ length: n }, (_, i) =>
    coef.reduce((sum, slope, j) => sum + slope * data[i * coef.length + j]!, intercept),
  );
  const y = addNoise(clean, { noise, randomState: seeds.integer(0, Number.MAX_SAFE_INTEGER) }).values;
  const featureNames = coef.map((_, j) => `x${j + 1}`);
  const feature = (j: number): Float64Array => clean.map((_, i) => data[i * coef.length + j]!);
  const table = new Table([...featureNames.map((name, j) => [name, feature(j)] as const), ['y', y]]);
  return { table, featureNames, X, y, truth: { coef: [...coef], intercept, noise, clean } };
}
