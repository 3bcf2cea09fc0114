import { EmptyDataError, InvalidArgumentError, NotFiniteError, ShapeError } from '../base/errors.ts';

/** A class: a number or a string. */
export type Label = string | number;

/** True or predicted values, one per row: numbers, or labels of classes. */
export type Targets = ArrayLike<number> | readonly Label[];

/** Throws unless `y` and `predicted` have the same length, of at least one. */
export function requirePairs(y: ArrayLike<unknown>, predicted: ArrayLike<unknown>, where: string): void {
  if (y.length !== predicted.length) {
    throw new ShapeError(`${where}: expected ${y.length} predictions (rows of y), got ${predicted.length}`);
  }
  if (y.length === 0) throw new EmptyDataError(`${where}: expected at least one row, got none`);
}

/**
 * Returns `values` as numbers.
 *
 * @throws InvalidArgumentError for a value that is not a number, NotFiniteError for NaN and infinities
 */
export function requireNumbers(values: Targets, name: string, where: string): Float64Array {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number') {
      throw new InvalidArgumentError(`${where}: expected numbers, got ${JSON.stringify(value)} in ${name}[${i}]`);
    }
    if (!Number.isFinite(value)) {
      throw new NotFiniteError(`${where}: expected finite numbers, got ${String(value)} in ${name}[${i}]`);
    }
    numbers[i] = value;
  }
  return numbers;
}

/**
 * Returns the different labels of all `lists`, sorted: numbers by value, strings by code point.
 *
 * @throws NotFiniteError for NaN and infinities, InvalidArgumentError when numbers and strings are mixed
 */
export function distinctLabels(lists: readonly Targets[], where: string): Label[] {
  const distinct = new Set<Label>();
  for (const list of lists) for (let i = 0; i < list.length; i++) distinct.add(list[i]!);
  const labels = [...distinct];
  const odd = labels.find((label) => typeof label !== typeof labels[0]);
  if (odd !== undefined) {
    throw new InvalidArgumentError(
      `${where}: expected labels of one type in y and predictions, ` +
        `got ${JSON.stringify(labels[0])} (${typeof labels[0]}) and ${JSON.stringify(odd)} (${typeof odd})`,
    );
  }
  const bad = labels.find((label) => typeof label === 'number' && !Number.isFinite(label));
  if (bad !== undefined) throw new NotFiniteError(`${where}: expected labels, got ${String(bad)}`);
  return labels.sort((a, b) => (a < b ? -1 : 1));
}
