import { describe, expect, test } from 'vitest';
import { minimise, type Objective } from '../../src/training/lbfgs.ts';
import { misses } from '../support/misses.ts';

/** Rosenbrock's valley, whose minimum is 0 at (1, 1). */
const rosenbrock: Objective = ([a = 0, b = 0], gradient) => {
  gradient[0] = -400 * a * (b - a * a) - 2 * (1 - a);
  gradient[1] = 200 * (b - a * a);
  return 100 * (b - a * a) ** 2 + (1 - a) ** 2;
};

/** A bowl that is a million times steeper one way than the other. */
const bowl: Objective = ([a = 0, b = 0], gradient) => {
  gradient.set([1e6 * (a - 3), b + 2]);
  return 0.5e6 * (a - 3) ** 2 + 0.5 * (b + 2) ** 2;
};

describe('minimise', () => {
  test.each([
    ["Rosenbrock's valley", rosenbrock, [-1.2, 1], [1, 1]],
    ['a steep bowl', bowl, [100, 100], [3, -2]],
  ] as const)('finds the bottom of %s', (_name, objective, start, bottom) => {
    const { x, converged } = minimise(objective, Float64Array.from(start), { tol: 1e-8, maxIter: 200 });
    expect(converged).toBe(true);
    expect(misses(x, bottom, 1e-6)).toEqual([]);
  });

  test('stays where the gradient is zero', () => {
    expect(minimise(rosenbrock, Float64Array.of(1, 1), { tol: 1e-8, maxIter: 10 })).toMatchObject({
      nIter: 0,
      converged: true,
    });
  });

  test('stops after maxIter and says so', () => {
    const result = minimise(rosenbrock, Float64Array.of(-1.2, 1), { tol: 1e-8, maxIter: 2 });
    expect(result).toMatchObject({ nIter: 2, converged: false });
  });
});
