import { mean, standardDeviation } from 'simple-statistics';
import { InvalidArgumentError } from '../base/errors.ts';
import { type MatrixLike, toMatrix } from '../base/matrix.ts';
import { random } from '../base/random.ts';
import { takeRows } from '../data/column.ts';
import type { Table } from '../data/table.ts';
import { requireLength } from '../preprocessing/class-targets.ts';
import { isTable } from '../preprocessing/features.ts';
import type { ClassificationOptions } from './classification-metrics.ts';
import { isHigherBetter, type Metric, requireMetric, score } from './metric.ts';
import { type Model, requireModel } from './model.ts';
import { formatNumber, htmlTable, shown, type Shown, textTable } from './show.ts';
import { requirePairs, type Targets } from './targets.ts';

const where = 'permutationImportance';

/** Options of `permutationImportance`. */
export interface PermutationImportanceOptions extends ClassificationOptions {
  /** The metric, by name. */
  readonly metric: Metric;
  /** How often each column is shuffled. Default: 5. */
  readonly nRepeats?: number;
  /** Seed of the shuffling. Default: 0. */
  readonly randomState?: number;
}

/** How much a model's score suffers without one column. */
export interface FeatureImportance {
  /** The column's name; x0, x1, … for those of a matrix. */
  readonly feature: string;
  readonly mean: number;
  /** The standard deviation over the repeats (of the population, ddof 0). */
  readonly std: number;
  /** The loss of each repeat. */
  readonly values: readonly number[];
}

/** The result of `permutationImportance`; shows itself as a table. */
export interface PermutationImportance extends Shown {
  readonly metric: Metric;
  /** The score on the rows as they are. */
  readonly score: number;
  /** The columns, the most important first; of equal ones the earlier. */
  readonly features: readonly FeatureImportance[];
}

/** Anything that predicts from a table. */
export interface TableModel {
  predict(X: Table): Targets | Promise<Targets>;
}

/**
 * Returns how much worse `model` predicts when the values of one column are shuffled among the rows, for each column:
 * the fall of a score, or the rise of an error (Breiman, "Random Forests", 2001). It is about this model on these
 * rows: of two columns that say the same, each may look unimportant, since the other is still there.
 *
 * The definition is scikit-learn's, with the same permutations for every column; they are drawn by this package's own
 * generator. The model predicts `nRepeats` times for each column.
 *
 * ```ts
 * const { features } = await permutationImportance(model, XTest, yTest, { metric: 'accuracy' });
 * features[0]; // { feature: 'petal width (cm)', mean: 0.42, std: 0.03, values: [...] }
 * ```
 *
 * @throws InvalidArgumentError when `model` has no `predict`, for an unknown metric, or `nRepeats` below 1
 * @throws ShapeError when X, y and the predictions differ in length, EmptyDataError when there are no rows
 * @throws what the model and the metric throw
 */
export function permutationImportance(
  model: TableModel,
  X: Table,
  y: Targets,
  options: PermutationImportanceOptions,
): Promise<PermutationImportance>;
export function permutationImportance(
  model: Model,
  X: MatrixLike,
  y: Targets,
  options: PermutationImportanceOptions,
): Promise<PermutationImportance>;
export async function permutationImportance(
  model: AnyModel,
  X: Table | MatrixLike,
  y: Targets,
  options: PermutationImportanceOptions,
): Promise<PermutationImportance> {
  const { nRepeats = 5, randomState = 0 } = options;
  if (!Number.isInteger(nRepeats) || nRepeats < 1) {
    throw new InvalidArgumentError(`${where}: expected a whole nRepeats of at least 1, got ${String(nRepeats)}`);
  }
  const rng = random(randomState);
  const rows = Array.from({ length: y.length }, (_, row) => row);
  const permutations = Array.from({ length: nRepeats }, () => rng.shuffle(rows));
  return importanceUnder(permutations, model, X, y, options);
}

/** `permutationImportance` with given permutations of the rows. */
export async function importanceUnder(
  permutations: readonly (readonly number[])[],
  model: AnyModel,
  X: Table | MatrixLike,
  y: Targets,
  options: PermutationImportanceOptions,
): Promise<PermutationImportance> {
  const { metric } = options;
  requireModel(model, where);
  requireMetric(metric, where);
  const { names, rowCount, permuted } = isTable(X) ? tableColumns(X) : matrixColumns(X);
  requireLength(y, rowCount, where);
  const scoreOn = async (columns: Table | MatrixLike) => {
    const predicted = await model.predict(columns);
    requirePairs(y, predicted, `${where}: predict`);
    return score(metric, y, predicted, options);
  };
  const baseline = await scoreOn(X);
  const sign = isHigherBetter(metric) ? 1 : -1;
  const features: FeatureImportance[] = [];
  for (const [column, feature] of names.entries()) {
    const values: number[] = [];
    for (const order of permutations) values.push(sign * (baseline - (await scoreOn(permuted(column, order)))));
    features.push({ feature, mean: mean(values), std: standardDeviation(values), values });
  }
  features.sort((a, b) => b.mean - a.mean);
  return asShown({ metric, score: baseline, features });
}

/** What the overloads make of both kinds of model. */
interface AnyModel {
  predict(X: Table | MatrixLike): Targets | Promise<Targets>;
}

/** The columns of X, and X with one of them in another order. */
interface PermutableColumns {
  readonly names: readonly string[];
  readonly rowCount: number;
  readonly permuted: (column: number, order: readonly number[]) => Table | MatrixLike;
}

function tableColumns(X: Table): PermutableColumns {
  const names = X.columnNames;
  return {
    names,
    rowCount: X.rowCount,
    permuted: (column, order) => X.withColumn(names[column]!, takeRows(X.column(names[column]!), order)),
  };
}

function matrixColumns(X: MatrixLike): PermutableColumns {
  const { data, rows, columns } = toMatrix(X, `${where}: X`);
  return {
    names: Array.from({ length: columns }, (_, j) => `x${j}`),
    rowCount: rows,
    permuted: (column, order) => {
      const changed = data.slice();
      order.forEach((from, to) => (changed[to * columns + column] = data[from * columns + column]!));
      return { data: changed, rows, columns };
    },
  };
}

function asShown(result: Omit<PermutationImportance, keyof Shown>): PermutationImportance {
  const change = isHigherBetter(result.metric) ? 'fall' : 'rise';
  const head = ['feature', `${change} of ${result.metric}`, 'standard deviation'];
  const rows = result.features.map(({ feature, mean: average, std }) => [
    feature,
    Number(formatNumber(average)),
    Number(formatNumber(std)),
  ]);
  return shown(result, { text: textTable(head, rows), html: htmlTable(head, rows) });
}
