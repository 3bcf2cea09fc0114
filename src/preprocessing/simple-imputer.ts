import { ColumnError, InvalidArgumentError } from '../base/errors.ts';
import type { Column } from '../data/column.ts';
import type { Table } from '../data/table.ts';
import { Columnwise } from './columnwise.ts';
import { noValues, numbersOf, presentNumbers } from './number-column.ts';
import type { ColumnFill, SimpleImputerState } from './transformer-state.ts';

/** Options of `SimpleImputer`. */
export interface SimpleImputerOptions {
  /** What fills the gaps of a column. Default: 'mean'. */
  readonly strategy?: 'mean' | 'median' | 'most_frequent' | 'constant';
  /** The value of the strategy 'constant'. Default: 0 in columns of numbers, 'missing_value' in columns of strings. */
  readonly fillValue?: number | string;
}

const strategies: readonly string[] = [
  'mean',
  'median',
  'most_frequent',
  'constant',
] satisfies SimpleImputerState['params']['strategy'][];

/**
 * Fills missing values (NaN, and `null` in columns of strings) with a statistic of their column, as scikit-learn does.
 * Of equally frequent values 'most_frequent' takes the smallest. Where scikit-learn drops a column without
 * any value, with a warning, `fit` throws; the strategy 'constant' fills it.
 */
export class SimpleImputer extends Columnwise<SimpleImputerState['params'], ColumnFill> {
  constructor({ strategy = 'mean', ...rest }: SimpleImputerOptions = {}) {
    super({ strategy, ...rest });
  }

  /** Returns the imputer of a state that `toJSON` returned. */
  static fromJSON({ params, schema, learned }: SimpleImputerState): SimpleImputer {
    return new SimpleImputer(params).restore(schema, learned);
  }

  /** What fills the gaps of each column. */
  get statistics(): readonly (number | string)[] {
    return this.fitted.learned.map(({ fill }) => fill);
  }

  /** Returns the options and what was learned. */
  toJSON(): SimpleImputerState {
    return { kind: 'SimpleImputer', params: this.getParams(), ...this.fitted };
  }

  protected override checkParams(_table: Table, where: string): void {
    const { strategy, fillValue } = this.getParams();
    if (!strategies.includes(strategy)) {
      throw new InvalidArgumentError(
        `${where}: expected a strategy of ${strategies.join(', ')}, got ${JSON.stringify(strategy)}`,
      );
    }
    if (typeof fillValue === 'number' && !Number.isFinite(fillValue)) {
      throw new InvalidArgumentError(`${where}: expected a finite fillValue, got ${fillValue}`);
    }
  }

  protected override learn(column: Column, where: string): ColumnFill {
    const { strategy } = this.getParams();
    if (strategy === 'constant') return { fill: this.#constant(column, where) };
    if (column.type === 'string') {
      if (strategy !== 'most_frequent') {
        throw new ColumnError(`${where}: expected numbers for the strategy ${JSON.stringify(strategy)}, got strings`);
      }
      const present = column.values.filter((value) => value !== null);
      if (present.length === 0) throw noValues(where);
      return { fill: mostFrequent(present) };
    }
    const present = presentNumbers(column, where);
    if (strategy === 'most_frequent') return { fill: mostFrequent([...present]) };
    return { fill: strategy === 'mean' ? mean(present) : median(present) };
  }

  protected override change(column: Column, { fill }: ColumnFill, where: string): readonly Column[] {
    if (column.type === 'string') {
      return [{ type: 'string', values: column.values.map((value) => value ?? String(fill)) }];
    }
    const values = numbersOf(column, where).map((value) => (Number.isNaN(value) ? Number(fill) : value));
    return [{ type: 'number', values }];
  }

  protected override namesOut(name: string): readonly string[] {
    return [name];
  }

  #constant(column: Column, where: string): number | string {
    if (column.type === 'number') numbersOf(column, where);
    const fill = this.getParams().fillValue ?? (column.type === 'number' ? 0 : 'missing_value');
    if (typeof fill === column.type) return fill;
    throw new InvalidArgumentError(`${where}: expected a ${column.type} as fillValue, got ${JSON.stringify(fill)}`);
  }
}

function mean(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function mostFrequent<Value extends number | string>(values: readonly Value[]): Value {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const top = Math.max(...counts.values());
  return [...counts.keys()].filter((value) => counts.get(value) === top).reduce((a, b) => (b < a ? b : a));
}
