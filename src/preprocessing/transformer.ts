import type { Matrix } from '../base/matrix.ts';
import type { Table } from '../data/table.ts';
import type { Features, FeatureSchema } from './features.ts';
import type { TransformerState } from './transformer-state.ts';

/**
 * Learns from X how to change columns, and changes them. A table becomes a table, a matrix or rows become a matrix.
 * A transformer learns from every column separately and never looks at y.
 */
export interface Transformer {
  /** Learns from X; a second `fit` forgets the first. */
  fit(X: Features): this;
  /** Returns X changed as learned. */
  transform(X: Table): Table;
  transform(X: Exclude<Features, Table>): Matrix;
  transform(X: Features): Table | Matrix;
  /** Learns from X and returns it changed. */
  fitTransform(X: Table): Table;
  fitTransform(X: Exclude<Features, Table>): Matrix;
  fitTransform(X: Features): Table | Matrix;
  /** The names and types of the columns that `fit` saw. */
  readonly schema: FeatureSchema;
  /** The names of the columns that `transform` returns. */
  readonly featureNamesOut: readonly string[];
  /** Returns everything `transformerFromJSON` needs to make an equal transformer. */
  toJSON(): TransformerState;
}
