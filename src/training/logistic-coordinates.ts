import type { Matrix } from '../base/matrix.ts';
import { overflow } from './finite.ts';
import type { Objective } from './lbfgs.ts';
import type { LogisticProblem } from './logistic-loss.ts';

/** Coefficients, class by class, each class's intercept after its coefficients. */
type Weights = Float64Array;

/** Coordinates for the weights in which the objective is about equally steep in all directions. */
export interface LogisticCoordinates {
  /** The problem with centred columns. */
  readonly problem: LogisticProblem;
  /** Returns the objective over the scaled weights. */
  readonly scaled: (objective: Objective) => Objective;
  /** Returns the weights of the original columns. */
  readonly original: (scaledWeights: Weights) => Weights;
}

/**
 * Returns coordinates that make L-BFGS need tens of steps where it needs thousands on columns of different size.
 *
 * The minimum is the same: centring moves what it takes off the columns into the intercepts, which are not penalised,
 * and scaling only renames the weights. The scale is the root of the largest curvature, as a class's variance
 * p (1 - p) is at most 1/4: 1 + C / 4 · Σ (x - x̄)² for a coefficient, C / 4 · n for an intercept.
 *
 * @throws NotFiniteError when the squares of a column overflow; `where` names the caller
 */
export function logisticCoordinates(problem: LogisticProblem, where: string): LogisticCoordinates {
  const { X, C, fitIntercept } = problem;
  const { rows, columns: p } = X;
  const mean = fitIntercept ? columnMeans(X) : new Float64Array(p);
  const data = X.data.map((value, i) => value - mean[i % p]!);
  const curvature = new Float64Array(p + 1).fill(1);
  data.forEach((value, i) => (curvature[i % p]! += (C / 4) * value * value));
  curvature[p] = (C / 4) * rows;
  if (!curvature.every(Number.isFinite)) throw overflow(where);
  const scale = curvature.map(Math.sqrt);

  const unscaled = (weights: Weights): Weights => weights.map((value, w) => value / scale[w % (p + 1)]!);
  return {
    problem: { ...problem, X: { data, rows, columns: p } },
    scaled: (objective) => (weights, gradient) => {
      const value = objective(unscaled(weights), gradient);
      gradient.set(unscaled(gradient));
      return value;
    },
    original: (scaledWeights) => {
      const weights = unscaled(scaledWeights);
      for (let start = 0; start < weights.length; start += p + 1) {
        for (let j = 0; j < p; j++) weights[start + p]! -= weights[start + j]! * mean[j]!;
      }
      return weights;
    },
  };
}

function columnMeans({ data, rows, columns }: Matrix): Float64Array {
  const means = new Float64Array(columns);
  data.forEach((value, i) => (means[i % columns]! += value / rows));
  return means;
}
