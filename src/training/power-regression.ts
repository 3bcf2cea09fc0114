import { CurveRegression, requirePositive } from './curve-regression.ts';
import type { PowerCurve, PowerRegressionState } from './estimator-state.ts';
import { mlRegression } from './ml-regression.ts';

/**
 * The curve y = factor · x^exponent, by a line through log y over log x (ml-regression). All of X and y must be
 * above 0.
 */
export class PowerRegression extends CurveRegression<object, PowerCurve> {
  constructor() {
    super({});
  }

  /** Returns the model of a state that `toJSON` returned. */
  static fromJSON({ schema, learned }: PowerRegressionState): PowerRegression {
    return new PowerRegression().restore(schema, learned);
  }

  /** The value at x = 1. */
  get factor(): number {
    return this.fitted.learned.factor;
  }

  /** The power of x. */
  get exponent(): number {
    return this.fitted.learned.exponent;
  }

  /** Returns what was learned. */
  toJSON(): PowerRegressionState {
    return { kind: 'PowerRegression', params: {}, ...this.fitted };
  }

  protected override learn(x: readonly number[], y: readonly number[], where: string): PowerCurve {
    requirePositive(x, 'X', where);
    requirePositive(y, 'y', where);
    const { PowerRegression: Fit } = mlRegression();
    const { A: factor, B: exponent } = new Fit(x, y);
    return { factor, exponent };
  }

  protected override evaluate(x: Float64Array, { factor, exponent }: PowerCurve, where: string): Float64Array {
    requirePositive(x, 'X', where);
    return x.map((value) => factor * value ** exponent);
  }
}
