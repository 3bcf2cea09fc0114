import { NotFiniteError } from '../base/errors.ts';
import { type Matrix, requireFinite } from '../base/matrix.ts';
import type { FeatureSchema } from '../preprocessing/features.ts';

/** Throws a `NotFiniteError` that names the first NaN or infinite value of X by row and column, if there is one. */
export function requireFiniteFeatures(X: Matrix, { isNamed, features }: FeatureSchema, where: string): void {
  requireFinite(X, where, isNamed ? features.map(({ name }) => name) : undefined);
}

/** Returns the error for finite values whose sums or products are not. */
export function overflow(where: string): NotFiniteError {
  return new NotFiniteError(`${where}: expected values small enough to add up, got an overflow. Scale X and y first.`);
}
