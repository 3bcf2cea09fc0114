import { createHash } from 'node:crypto';
import type { Label } from '../preprocessing/class-targets.ts';
import { type Features, schemaOf, toTable } from '../preprocessing/features.ts';

/** The data a model learned from. */
export interface TrainingData {
  readonly X: Features;
  readonly y: ArrayLike<Label>;
}

/**
 * Returns the sha256 of a data set: of the JSON of its schema, then column by column and at last y, numbers as
 * 64-bit floats in the machine's byte order and strings as JSON.
 *
 * @throws EmptyDataError when there are no rows or no columns
 */
export function dataHash({ X, y }: TrainingData): string {
  const table = toTable(X, 'dataHash');
  const hash = createHash('sha256').update(JSON.stringify(schemaOf(X, table)));
  for (const name of table.columnNames) hash.update(bytes(table.column(name).values));
  return hash.update(bytes(y)).digest('hex');
}

function bytes(values: ArrayLike<string | number | null>): string | Uint8Array {
  const list = Array.from(values);
  if (!list.every((value) => typeof value === 'number')) return JSON.stringify(list);
  return new Uint8Array(Float64Array.from(list).buffer);
}
