import { InvalidArgumentError } from '../base/errors.ts';
import { CurveRegression } from './curve-regression.ts';
import type { Line, TheilSenRegressionState } from './estimator-state.ts';
import { mlRegression } from './ml-regression.ts';

// The slopes of all pairs are kept: for so many rows 12.5 million.
const maxRows = 5000;

/**
 * The line whose slope is the median of the slopes between all pairs of rows (ml-regression): up to 29 % of the
 * rows may be arbitrarily wrong. Where the number of pairs is even the median is the lower middle slope, not the mean
 * of both. Takes O(n²) time and memory, hence at most 5,000 rows.
 */
export class TheilSenRegression extends CurveRegression<object, Line> {
  constructor() {
    super({});
  }

  /** Returns the model of a state that `toJSON` returned. */
  static fromJSON({ schema, learned }: TheilSenRegressionState): TheilSenRegression {
    return new TheilSenRegression().restore(schema, learned);
  }

  /** The rise of y for each unit of x. */
  get slope(): number {
    return this.fitted.learned.slope;
  }

  /** The median of y - slope · x. */
  get intercept(): number {
    return this.fitted.learned.intercept;
  }

  /** Returns what was learned. */
  toJSON(): TheilSenRegressionState {
    return { kind: 'TheilSenRegression', params: {}, ...this.fitted };
  }

  protected override learn(x: readonly number[], y: readonly number[], where: string): Line {
    if (x.length > maxRows) {
      throw new InvalidArgumentError(
        `${where}: expected at most ${maxRows} rows (memory grows with their square), got ${x.length}. Fit a sample.`,
      );
    }
    const { TheilSenRegression: Fit } = mlRegression();
    const { slope, intercept } = new Fit(x, y);
    return { slope, intercept };
  }

  protected override evaluate(x: Float64Array, { slope, intercept }: Line): Float64Array {
    return x.map((value) => slope * value + intercept);
  }
}
