import { InvalidArgumentError } from '../base/errors.ts';

/** Throws an `InvalidArgumentError` unless `low < value < high`. */
export function requireBetween(value: number, low: number, high: number, where: string): void {
  if (value > low && value < high) return;
  const range = high === Infinity ? `above ${low}` : `between ${low} and ${high}`;
  throw new InvalidArgumentError(`${where}: expected a number ${range}, got ${JSON.stringify(value)}`);
}
