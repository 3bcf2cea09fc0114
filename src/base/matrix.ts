import { NotFiniteError, ShapeError } from './errors.ts';

/** A dense n × p matrix in row-major order: the value of row i, column j is `data[i * columns + j]`. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** What estimators and transformers take as `X`: a `Matrix`, or an array of n rows with p numbers each. */
export type MatrixLike = Matrix | ReadonlyArray<ArrayLike<number>>;

/**
 * Returns `X` as a `Matrix`; a `Matrix` is returned as it is, without a copy.
 *
 * @throws ShapeError when rows differ in length or `data` does not have rows × columns values
 */
export function toMatrix(X: MatrixLike, name = 'X'): Matrix {
  if ('data' in X) {
    if (X.data.length !== X.rows * X.columns) {
      throw new ShapeError(
        `${name}: expected ${X.rows} × ${X.columns} = ${X.rows * X.columns} values, got ${X.data.length}`,
      );
    }
    return X;
  }
  const rows = X.length;
  const columns = X[0]?.length ?? 0;
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const row = X[i]!;
    if (row.length !== columns) {
      throw new ShapeError(`${name}: expected ${columns} values in row ${i} (as in row 0), got ${row.length}`);
    }
    data.set(row, i * columns);
  }
  return { data, rows, columns };
}

/** Throws a `NotFiniteError` that names the first NaN or infinite value of `X`, if there is one. */
export function requireFinite(X: Matrix, where: string, columnNames?: readonly string[]): void {
  const index = firstNotFinite(X.data);
  if (index === -1) return;
  const column = index % X.columns;
  const name = columnNames?.[column] === undefined ? `column ${column}` : JSON.stringify(columnNames[column]);
  throw new NotFiniteError(
    `${where}: expected finite numbers, got ${String(X.data[index])} in row ${Math.floor(index / X.columns)}, ${name}. ` +
      'Fill gaps (SimpleImputer) or drop those rows first.',
  );
}

/** A plain loop: many times faster than `findIndex`, and every `fit` waits for it. */
function firstNotFinite(values: Float64Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return i;
  return -1;
}
