import { InvalidArgumentError } from '../base/errors.ts';

/** The numbers an option may have; any finite number unless limited. */
export interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
}

/** Throws an `InvalidArgumentError` that names the option unless `value` is a finite number within the limits. */
export function requireNumber(option: string, value: number, limits: NumberLimits = {}): void {
  const { min = -Infinity, max = Infinity, whole = false } = limits;
  if (Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value))) return;
  const kind = whole ? 'a whole number' : 'a finite number';
  const low = min === -Infinity ? '' : ` of at least ${min}`;
  const high = max === Infinity ? '' : `${low === '' ? ' of' : ' and'} at most ${max}`;
  throw new InvalidArgumentError(`${option}: expected ${kind}${low}${high}, got ${String(value)}`);
}
