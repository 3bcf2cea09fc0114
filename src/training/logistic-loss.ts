import type { Matrix } from '../base/matrix.ts';
import type { Objective } from './lbfgs.ts';

/** The data and penalty of a logistic regression. */
export interface LogisticProblem {
  readonly X: Matrix;
  /** The index of each row's class. */
  readonly classIndices: Int32Array;
  /** How much the losses weigh against the penalty. */
  readonly C: number;
  readonly fitIntercept: boolean;
}

/**
 * Returns scikit-learn's objective for two classes, C · Σ log loss + ½ ‖coef‖², over the coefficients of the
 * second class followed by its intercept, which is not penalised.
 */
export function binaryLoss({ X, classIndices, C, fitIntercept }: LogisticProblem): Objective {
  const { data, rows, columns: p } = X;
  return (weights, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let i = 0, row = 0; i < rows; i++, row += p) {
      let z = weights[p]!;
      for (let j = 0; j < p; j++) z += data[row + j]! * weights[j]!;
      // log(1 + e^z) and its derivative, without overflow for large |z|.
      const e = Math.exp(-Math.abs(z));
      const target = classIndices[i]!;
      loss += Math.log1p(e) + Math.max(z, 0) - target * z;
      const residual = (z >= 0 ? 1 : e) / (1 + e) - target;
      for (let j = 0; j < p; j++) gradient[j]! += residual * data[row + j]!;
      gradient[p]! += residual;
    }
    return penalised(loss, weights, gradient, { p, C, fitIntercept });
  };
}

/**
 * Returns scikit-learn's objective for K classes, C · Σ cross-entropy + ½ ‖coef‖², over the coefficients and the
 * intercept of each class in turn; the intercepts are not penalised.
 */
export function multinomialLoss({ X, classIndices, C, fitIntercept }: LogisticProblem, K: number): Objective {
  const { data, rows, columns: p } = X;
  const scores = new Float64Array(K);
  return (weights, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let i = 0, row = 0; i < rows; i++, row += p) {
      const target = classIndices[i]!;
      for (let k = 0, w = 0; k < K; k++, w += p + 1) {
        let z = weights[w + p]!;
        for (let j = 0; j < p; j++) z += data[row + j]! * weights[w + j]!;
        scores[k] = z;
      }
      const targetScore = scores[target]!;
      loss += logSumExpAndSoftmax(scores) - targetScore;
      for (let k = 0, w = 0; k < K; k++, w += p + 1) {
        const residual = scores[k]! - (k === target ? 1 : 0);
        for (let j = 0; j < p; j++) gradient[w + j]! += residual * data[row + j]!;
        gradient[w + p]! += residual;
      }
    }
    return penalised(loss, weights, gradient, { p, C, fitIntercept });
  };
}

/** Replaces scores by their softmax and returns log Σ e^score. */
export function logSumExpAndSoftmax(scores: Float64Array): number {
  let max = -Infinity;
  for (let k = 0; k < scores.length; k++) max = Math.max(max, scores[k]!);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = Math.exp(scores[k]! - max);
    sum += scores[k]!;
  }
  for (let k = 0; k < scores.length; k++) scores[k]! /= sum;
  return max + Math.log(sum);
}

/** Returns C · loss + penalty, and makes the gradient of the losses the gradient of that. */
function penalised(
  loss: number,
  weights: Float64Array,
  gradient: Float64Array,
  { p, C, fitIntercept }: { p: number; C: number; fitIntercept: boolean },
): number {
  let squares = 0;
  for (let w = 0; w < weights.length; w++) {
    const isIntercept = w % (p + 1) === p;
    gradient[w] = isIntercept && !fitIntercept ? 0 : C * gradient[w]!;
    if (isIntercept) continue;
    squares += weights[w]! ** 2;
    gradient[w]! += weights[w]!;
  }
  return C * loss + squares / 2;
}
