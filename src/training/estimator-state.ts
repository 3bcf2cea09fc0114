import type { Label } from '../preprocessing/class-targets.ts';
import type { FeatureSchema } from '../preprocessing/features.ts';

interface State<Kind extends string, Params, Learned> {
  readonly kind: Kind;
  readonly params: Params;
  readonly schema: FeatureSchema;
  readonly learned: Learned;
}

/** What `LinearRegression.toJSON` returns. */
export type LinearRegressionState = State<
  'LinearRegression',
  { readonly fitIntercept: boolean; readonly tol: number },
  { readonly coef: readonly number[]; readonly intercept: number }
>;

/** What `LogisticRegression.toJSON` returns. */
export type LogisticRegressionState = State<
  'LogisticRegression',
  { readonly C: number; readonly tol: number; readonly maxIter: number; readonly fitIntercept: boolean },
  {
    readonly classes: readonly Label[];
    /** One row for two classes (that of the second), else one for each class. */
    readonly coef: readonly (readonly number[])[];
    readonly intercept: readonly number[];
    readonly nIter: number;
    readonly converged: boolean;
  }
>;

/** What `PolynomialRegression.toJSON` returns. */
export type PolynomialRegressionState = State<'PolynomialRegression', { readonly degree: number }, PolynomialCurve>;

/** What `ExponentialRegression.toJSON` returns. */
export type ExponentialRegressionState = State<'ExponentialRegression', object, ExponentialCurve>;

/** What `PowerRegression.toJSON` returns. */
export type PowerRegressionState = State<'PowerRegression', object, PowerCurve>;

/** What `TheilSenRegression.toJSON` returns. */
export type TheilSenRegressionState = State<'TheilSenRegression', object, Line>;

/** y = Σ coef[k] · t^k with t = (x - centre) / halfRange. */
export interface PolynomialCurve {
  readonly coef: readonly number[];
  readonly centre: number;
  readonly halfRange: number;
}

/** y = level · e^(rate · (x - centre)). */
export interface ExponentialCurve {
  readonly level: number;
  readonly rate: number;
  readonly centre: number;
}

/** y = factor · x^exponent. */
export interface PowerCurve {
  readonly factor: number;
  readonly exponent: number;
}

/** y = slope · x + intercept. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** A fitted regressor as plain JSON. */
export type RegressorState =
  | LinearRegressionState
  | PolynomialRegressionState
  | ExponentialRegressionState
  | PowerRegressionState
  | TheilSenRegressionState;

/** A fitted classifier as plain JSON. */
export type ClassifierState = LogisticRegressionState;

/** A fitted estimator as plain JSON: every number is finite and keeps all its digits. */
export type EstimatorState = RegressorState | ClassifierState;
