import { CurveRegression, requirePositive } from './curve-regression.ts';
import type { ExponentialCurve, ExponentialRegressionState } from './estimator-state.ts';
import { mlRegression } from './ml-regression.ts';

/**
 * The curve y = factor · e^(rate · x), by a line through log y (ml-regression): small values of y weigh as much
 * as large ones. All of y must be above 0.
 */
export class ExponentialRegression extends CurveRegression<object, ExponentialCurve> {
  constructor() {
    super({});
  }

  /** Returns the model of a state that `toJSON` returned. */
  static fromJSON({ schema, learned }: ExponentialRegressionState): ExponentialRegression {
    return new ExponentialRegression().restore(schema, learned);
  }

  /** The growth of log y for each unit of x. */
  get rate(): number {
    return this.fitted.learned.rate;
  }

  /** The value at x = 0. */
  get factor(): number {
    const { level, rate, centre } = this.fitted.learned;
    return level * Math.exp(-rate * centre);
  }

  /** Returns what was learned. */
  toJSON(): ExponentialRegressionState {
    return { kind: 'ExponentialRegression', params: {}, ...this.fitted };
  }

  protected override learn(x: readonly number[], y: readonly number[], where: string): ExponentialCurve {
    requirePositive(y, 'y', where);
    // About the mean of x, so that time stamps do not cancel and the factor at 0 need not fit into a number.
    const centre = x.reduce((sum, value) => sum + (value - x[0]!), 0) / x.length + x[0]!;
    const { ExponentialRegression: Fit } = mlRegression();
    const { A: rate, B: level } = new Fit(
      x.map((value) => value - centre),
      y,
    );
    return { level, rate, centre };
  }

  protected override evaluate(x: Float64Array, { level, rate, centre }: ExponentialCurve): Float64Array {
    return x.map((value) => level * Math.exp(rate * (value - centre)));
  }
}
