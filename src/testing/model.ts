import type { MatrixLike } from '../base/matrix.ts';
import { InvalidArgumentError } from '../base/errors.ts';
import { checkedData, type LabelledData } from './dataset.ts';
import { requirePairs, type Targets } from './targets.ts';

/** Anything that predicts a value for each row of X, at once or as a promise. */
export interface Model {
  predict(X: MatrixLike): Targets | Promise<Targets>;
}

/**
 * Returns the model's predictions for a data set, one per row; `where` names the caller in messages.
 *
 * @throws InvalidArgumentError when `model` has no `predict` or `data` is not `{ X, y }`
 * @throws ShapeError when X, y and the predictions differ in length, EmptyDataError when there are no rows
 */
export async function predictionsOn(model: Model, data: LabelledData, where: string): Promise<Targets> {
  requireModel(model, where);
  const { X, y } = (data ?? {}) as Partial<LabelledData>;
  if (X === undefined || y === undefined) {
    throw new InvalidArgumentError(`${where}: expected a data set { X, y }, got ${typeName(data)}`);
  }
  checkedData(data, where);
  const predicted = await model.predict(X);
  requirePairs(y, predicted, `${where}: predict`);
  return predicted;
}

/** Throws an `InvalidArgumentError` unless `model` is an object with a method `predict`. */
export function requireModel(model: unknown, where: string): void {
  if (typeof (model as Partial<Model> | null | undefined)?.predict === 'function') return;
  throw new InvalidArgumentError(`${where}: expected a model with a method predict(X), got ${typeName(model)}`);
}

function typeName(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? typeof value;
  return `an object with ${JSON.stringify(Object.keys(value)).slice(0, 80)}`;
}
