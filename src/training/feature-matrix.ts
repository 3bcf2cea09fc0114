import { EmptyDataError, ShapeError } from '../base/errors.ts';
import { type Matrix, type MatrixLike, toMatrix } from '../base/matrix.ts';
import {
  type Features,
  type FeatureSchema,
  featureTable,
  isTable,
  matrixOf,
  toTable,
} from '../preprocessing/features.ts';

/**
 * Returns the numbers of X as a matrix: of the features that `schema` names, or of all columns.
 *
 * @throws ColumnError for strings and missing columns, ShapeError for another width, EmptyDataError for no rows
 */
export function featureMatrix(X: Features, where: string, schema?: FeatureSchema): Matrix {
  if (isTable(X) || !holdsNumbers(X)) {
    return matrixOf(schema === undefined ? toTable(X, where) : featureTable(X, schema, where), where);
  }
  const matrix = toMatrix(X, `${where}: X`);
  if (matrix.data.length === 0) {
    throw new EmptyDataError(
      `${where}: expected at least one row and one column, got ${matrix.rows} × ${matrix.columns}`,
    );
  }
  if (schema !== undefined && matrix.columns !== schema.features.length) {
    throw new ShapeError(`${where}: expected ${schema.features.length} columns (as in fit), got ${matrix.columns}`);
  }
  return matrix;
}

/** Returns the schema of an X that `featureMatrix` has made a matrix of `columns` columns. */
export function numericSchema(X: Features, columns: number): FeatureSchema {
  const names = isTable(X) ? X.columnNames : Array.from({ length: columns }, (_, j) => `x${j}`);
  return { isNamed: isTable(X), features: names.map((name) => ({ name, type: 'number' })) };
}

function holdsNumbers(X: Exclude<Features, { columnNames: unknown }>): X is MatrixLike {
  return 'data' in X || Array.from(X[0] ?? []).every((value) => typeof value === 'number');
}
