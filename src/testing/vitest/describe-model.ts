import { describe, test, type TestAPI } from 'vitest';
import { InvalidArgumentError } from '../../base/errors.ts';
import type { LabelledData } from '../dataset.ts';
import { isRegressionMetric, type Metric } from '../metric.ts';
import type { Model } from '../model.ts';

/** The data sets of a suite by name. */
export type NamedData = Readonly<Record<string, LabelledData>>;

/** What a suite is about, and the thresholds of the default suite. */
export interface DescribeModelOptions<M extends Model, D extends NamedData> {
  /** The model, or what makes it; made once, when the first test asks for it. */
  readonly model: M | (() => M | Promise<M>);
  /** The data sets by name, or what makes them; made once. A set without a name gets its key as name. */
  readonly data: D | (() => D | Promise<D>);
  /** The metric of the default suite. Default: `r2` when the targets are numbers, else `accuracy`. */
  readonly metric?: Metric;
  /** The `maxDrop` of the default suite. Default: 0.05. */
  readonly maxDrop?: number;
  /** The `maxVarianceRatio` of the default suite. Default: 1.5. */
  readonly maxVarianceRatio?: number;
}

/** What a suite's tests receive besides Vitest's own context. */
export interface ModelFixtures<M extends Model, D extends NamedData> {
  readonly model: M;
  readonly data: D;
}

/** What the callback of `describeModel` receives: `it`, whose tests get `model` and `data`. */
export interface ModelSuite<M extends Model, D extends NamedData> {
  readonly it: TestAPI<ModelFixtures<M, D>>;
}

/**
 * Registers a suite of tests about one model and its data sets.
 *
 * Without a callback the default suite runs: `clean` (or else the first data set that is not `train`) sets the
 * standard, and on every other one but `train` quality must hold and, for numbers, residuals must be stable.
 *
 * @throws InvalidArgumentError from the default suite when there are no two data sets to compare
 */
export function describeModel<M extends Model, D extends NamedData>(
  name: string,
  options: DescribeModelOptions<M, D>,
  callback?: (suite: ModelSuite<M, D>) => void,
): void {
  const model = once(options.model);
  const data = once(async () => named(await once(options.data)()));
  const it = test.extend('model', () => model()).extend('data', () => data()) as TestAPI<ModelFixtures<M, D>>;
  // oxlint-disable-next-line vitest/valid-title -- the caller's title, not a test of ours
  describe(name, async () => {
    if (callback === undefined) defaultSuite(it, await data(), options);
    else callback({ it });
  });
}

function defaultSuite<M extends Model, D extends NamedData>(
  it: TestAPI<ModelFixtures<M, D>>,
  data: D,
  { metric, maxDrop = 0.05, maxVarianceRatio = 1.5 }: DescribeModelOptions<M, D>,
): void {
  const compared = Object.entries<LabelledData>(data).filter(([key]) => key !== 'train');
  const standard = compared.find(([key]) => key === 'clean') ?? compared[0];
  if (standard === undefined || compared.length < 2) {
    const names = JSON.stringify(Object.keys(data));
    throw new InvalidArgumentError(`describeModel: expected two data sets besides "train" to compare, got ${names}`);
  }
  const [fromName, from] = standard;
  const chosen = metric ?? (typeof from.y[0] === 'number' ? 'r2' : 'accuracy');
  for (const [toName, to] of compared.filter(([key]) => key !== fromName)) {
    it(`holds its ${chosen} from ${fromName} to ${toName}`, async ({ expect, model }) => {
      await expect(model).toHoldQuality({ metric: chosen, from, to, maxDrop });
    });
    if (!isRegressionMetric(chosen)) continue;
    it(`keeps its residuals stable from ${fromName} to ${toName}`, async ({ expect, model }) => {
      await expect(model).toHaveStableResiduals({ from, to, maxVarianceRatio });
    });
  }
}

/** Returns what gives `source`, or what it makes, made at the first call. */
function once<T extends object>(source: T | (() => T | Promise<T>)): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= Promise.resolve(typeof source === 'function' ? source() : source));
}

function named<D extends NamedData>(data: D): D {
  return Object.fromEntries(Object.entries(data).map(([key, set]) => [key, { name: key, ...set }])) as D;
}
