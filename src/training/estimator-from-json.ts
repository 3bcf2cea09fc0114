import type { Estimator } from './estimator.ts';
import type { EstimatorState } from './estimator-state.ts';
import { ExponentialRegression } from './exponential-regression.ts';
import { LinearRegression } from './linear-regression.ts';
import { LogisticRegression } from './logistic-regression.ts';
import { PolynomialRegression } from './polynomial-regression.ts';
import { PowerRegression } from './power-regression.ts';
import { TheilSenRegression } from './theil-sen-regression.ts';

/** Returns the fitted estimator of a state that `toJSON` returned. */
export function estimatorFromJSON(state: EstimatorState): Estimator {
  switch (state.kind) {
    case 'LinearRegression':
      return LinearRegression.fromJSON(state);
    case 'LogisticRegression':
      return LogisticRegression.fromJSON(state);
    case 'PolynomialRegression':
      return PolynomialRegression.fromJSON(state);
    case 'ExponentialRegression':
      return ExponentialRegression.fromJSON(state);
    case 'PowerRegression':
      return PowerRegression.fromJSON(state);
    case 'TheilSenRegression':
      return TheilSenRegression.fromJSON(state);
  }
}
