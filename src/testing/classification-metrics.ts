import { mean } from 'simple-statistics';
import { InvalidArgumentError } from '../base/errors.ts';
import { distinctLabels, type Label, requirePairs, type Targets } from './targets.ts';

/** Options of `precision`, `recall` and `f1`. */
export interface ClassificationOptions {
  /** `"binary"` scores the positive class, `"macro"` is the plain mean over all classes. Default: binary up to two classes. */
  readonly average?: 'binary' | 'macro';
  /** The positive class of `"binary"`. Default: 1 when the labels are 0 and 1, else the last label in sorted order. */
  readonly positive?: Label;
}

/** A share of rows: `hits` of `n`. */
export interface Proportion {
  readonly hits: number;
  readonly n: number;
}

/**
 * Returns the share of rows whose label is predicted.
 *
 * @throws ShapeError, EmptyDataError, NotFiniteError for unequal lengths, no rows, NaN or infinities
 * @throws InvalidArgumentError when numbers and strings are mixed
 */
export function accuracy(y: Targets, predicted: Targets): number {
  return share(correctRows(y, predicted));
}

/**
 * Returns the share of true positives among the rows predicted positive.
 * A class that is never predicted counts as 0, as scikit-learn does (`zero_division`). Throws as `accuracy` does.
 */
export function precision(y: Targets, predicted: Targets, options: ClassificationOptions = {}): number {
  return mean(classProportions('precision', y, predicted, options).map(share));
}

/**
 * Returns the share of true positives among the rows that are positive.
 * A class that does not occur in `y` counts as 0, as scikit-learn does (`zero_division`). Throws as `accuracy` does.
 */
export function recall(y: Targets, predicted: Targets, options: ClassificationOptions = {}): number {
  return mean(classProportions('recall', y, predicted, options).map(share));
}

/**
 * Returns F1, the harmonic mean of precision and recall (of each class, for the macro average).
 * A class without a true positive counts as 0. Throws as `accuracy` does.
 */
export function f1(y: Targets, predicted: Targets, options: ClassificationOptions = {}): number {
  return mean(classProportions('f1', y, predicted, options).map((jaccard) => f1OfJaccard(share(jaccard))));
}

/** Returns hits and rows of the accuracy. */
export function correctRows(y: Targets, predicted: Targets): Proportion {
  requirePairs(y, predicted, 'accuracy');
  distinctLabels([y, predicted], 'accuracy');
  let hits = 0;
  for (let i = 0; i < y.length; i++) if (y[i] === predicted[i]) hits++;
  return { hits, n: y.length };
}

/**
 * Returns, for each class that is scored, the proportion that the metric rests on: of the rows predicted
 * so (precision), of the rows that are so (recall), of the rows that are either (f1: the Jaccard index).
 */
export function classProportions(
  metric: 'precision' | 'recall' | 'f1',
  y: Targets,
  predicted: Targets,
  options: ClassificationOptions,
): Proportion[] {
  requirePairs(y, predicted, metric);
  const labels = distinctLabels([y, predicted], metric);
  const classes = averageOf(labels, options) === 'macro' ? labels : [positiveOf(labels, options, metric)];
  return classes.map((label) => {
    let hits = 0;
    let n = 0;
    for (let i = 0; i < y.length; i++) {
      const isTrue = y[i] === label;
      const isPredicted = predicted[i] === label;
      if (isTrue && isPredicted) hits++;
      if ((isTrue && metric !== 'precision') || (isPredicted && metric !== 'recall')) n++;
    }
    return { hits, n };
  });
}

/** Returns F1 of a class from its Jaccard index: F1 = 2J / (1 + J), which grows with J. */
export function f1OfJaccard(jaccard: number): number {
  return (2 * jaccard) / (1 + jaccard);
}

/** Returns the options with every default filled in for these labels. */
export function resolveAverage(
  labels: readonly Label[],
  options: ClassificationOptions,
  where: string,
): ClassificationOptions {
  if (averageOf(labels, options) === 'macro') return { average: 'macro' };
  return { average: 'binary', positive: positiveOf(labels, options, where) };
}

function averageOf(labels: readonly Label[], options: ClassificationOptions): 'binary' | 'macro' {
  if (options.average !== undefined) return options.average;
  return options.positive !== undefined || labels.length <= 2 ? 'binary' : 'macro';
}

function positiveOf(labels: readonly Label[], options: ClassificationOptions, where: string): Label {
  if (options.positive !== undefined) return options.positive;
  if (labels.length > 2) {
    throw new InvalidArgumentError(
      `${where}: expected the option positive, got ${labels.length} classes and average "binary"`,
    );
  }
  return labels.every((label) => label === 0 || label === 1) ? 1 : labels.at(-1)!;
}

function share({ hits, n }: Proportion): number {
  return n === 0 ? 0 : hits / n;
}
