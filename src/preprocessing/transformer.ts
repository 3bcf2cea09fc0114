import type { Matrix } from '../base/matrix.ts';
import type { Table } from '../data/table.ts';
import type { Label } from './class-targets.ts';
import type { Features, FeatureSchema } from './features.ts';
import type { TransformerState } from './transformer-state.ts';

/**
 * Learns from X how to change columns, and changes them. A table becomes a table, a matrix or rows become a matrix.
 * Most transformers learn from X alone; a selector also looks at y, and throws when it gets none.
 */
export interface Transformer {
  /** Learns from X, and from y when it needs one; a second `fit` forgets the first. */
  fit(X: Features, y?: ArrayLike<Label>): this;
  /** Returns X changed as learned. */
  transform(X: Table): Table;
  transform(X: Exclude<Features, Table>): Matrix;
  transform(X: Features): Table | Matrix;
  /** Learns as `fit` does and returns X changed. */
  fitTransform(X: Table, y?: ArrayLike<Label>): Table;
  fitTransform(X: Exclude<Features, Table>, y?: ArrayLike<Label>): Matrix;
  fitTransform(X: Features, y?: ArrayLike<Label>): Table | Matrix;
  /** The names and types of the columns that `fit` saw. */
  readonly schema: FeatureSchema;
  /** The names of the columns that `transform` returns. */
  readonly featureNamesOut: readonly string[];
  /** Returns everything `transformerFromJSON` needs to make an equal transformer. */
  toJSON(): TransformerState;
}
