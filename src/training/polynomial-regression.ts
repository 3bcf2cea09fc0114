import { InvalidArgumentError } from '../base/errors.ts';
import { CurveRegression } from './curve-regression.ts';
import type { PolynomialCurve, PolynomialRegressionState } from './estimator-state.ts';
import { mlRegression } from './ml-regression.ts';

/** Options of `PolynomialRegression`. */
export interface PolynomialRegressionOptions {
  /** The highest power of x. Default: 2. */
  readonly degree?: number;
}

/**
 * A polynomial of one variable by least squares (ml-regression). X is mapped to [-1, 1] for the fit,
 * so that a far origin, such as a year or a time stamp, costs no digits.
 */
export class PolynomialRegression extends CurveRegression<Required<PolynomialRegressionOptions>, PolynomialCurve> {
  constructor({ degree = 2 }: PolynomialRegressionOptions = {}) {
    super({ degree });
  }

  /** Returns the model of a state that `toJSON` returned. */
  static fromJSON({ params, schema, learned }: PolynomialRegressionState): PolynomialRegression {
    return new PolynomialRegression(params).restore(schema, learned);
  }

  /** The coefficients of x⁰, x¹, x², … */
  get coef(): Float64Array {
    const { coef, centre, halfRange } = this.fitted.learned;
    let expanded = new Float64Array(coef.length);
    // Horner's scheme, with polynomials of x for numbers: times (x - centre) / halfRange, plus the next coefficient.
    for (const next of coef.toReversed()) {
      expanded = expanded.map((value, k) => ((expanded[k - 1] ?? 0) - centre * value) / halfRange);
      expanded[0]! += next;
    }
    return expanded;
  }

  /** Returns the options and what was learned. */
  toJSON(): PolynomialRegressionState {
    return { kind: 'PolynomialRegression', params: this.getParams(), ...this.fitted };
  }

  protected override learn(x: readonly number[], y: readonly number[], where: string): PolynomialCurve {
    const { degree } = this.getParams();
    if (!Number.isInteger(degree) || degree < 1) {
      throw new InvalidArgumentError(`${where}: expected a whole degree of at least 1, got ${degree}`);
    }
    const different = new Set(x).size;
    if (different <= degree) {
      throw new InvalidArgumentError(
        `${where}: expected more than ${degree} (degree) different values in X, got ${different}`,
      );
    }
    const [low, high] = x.reduce(([min, max], value) => [Math.min(min, value), Math.max(max, value)], [x[0]!, x[0]!]);
    const centre = low + (high - low) / 2;
    const halfRange = (high - low) / 2;
    const { PolynomialRegression: Fit } = mlRegression();
    const { coefficients } = new Fit(
      x.map((value) => (value - centre) / halfRange),
      y,
      degree,
    );
    return { coef: coefficients, centre, halfRange };
  }

  protected override evaluate(x: Float64Array, { coef, centre, halfRange }: PolynomialCurve): Float64Array {
    return x.map((value) => coef.reduceRight((sum, factor) => sum * ((value - centre) / halfRange) + factor, 0));
  }
}
