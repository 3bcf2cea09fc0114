import type { Matrix } from '../base/matrix.ts';
import type { Table } from './table.ts';

/** A real data set with its origin. `X` and `y` are what estimators take; `table` holds both under their names. */
export interface Dataset {
  readonly name: string;
  /** What the data are, in a sentence or two, with units. */
  readonly description: string;
  /** Where the data come from. */
  readonly source: string;
  readonly licence: string;
  /** The features, the target, and whatever else the file holds. */
  readonly table: Table;
  /** The names of the columns of `X`. */
  readonly featureNames: readonly string[];
  /** The name of the column of `y`. */
  readonly targetColumn: string;
  /** The features, n × p. */
  readonly X: Matrix;
}

/** A data set whose target is a number. */
export interface RegressionDataset extends Dataset {
  readonly y: Float64Array;
}

/** A data set whose target is a class. */
export interface ClassificationDataset extends Dataset {
  /** The name of each row's class. */
  readonly y: readonly string[];
  /** The classes in scikit-learn's order: the index of a name is the code that scikit-learn uses for it. */
  readonly targetNames: readonly string[];
}

/** The part of a data set that is told, not computed. */
export type DatasetNotes = Pick<Dataset, 'name' | 'description' | 'source' | 'licence' | 'targetColumn'>;

/** Returns the regression data set of a table: the features are `featureNames`, or every column but the target. */
export function regressionDataset(
  table: Table,
  notes: DatasetNotes,
  featureNames?: readonly string[],
): RegressionDataset {
  return { ...dataset(table, notes, featureNames), y: table.numbers(notes.targetColumn) };
}

/** Returns the classification data set of a table whose features are all columns but the target. */
export function classificationDataset(
  table: Table,
  notes: DatasetNotes,
  targetNames: readonly string[],
): ClassificationDataset {
  const y = table.strings(notes.targetColumn).map(String);
  return { ...dataset(table, notes), y, targetNames };
}

function dataset(table: Table, notes: DatasetNotes, features?: readonly string[]): Dataset {
  const featureNames = features ?? table.drop([notes.targetColumn]).columnNames;
  return { ...notes, table, featureNames, X: table.toMatrix(featureNames) };
}
