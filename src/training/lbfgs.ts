/** Writes the gradient at `x` into `gradient` and returns the value there. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** Options of `minimise`. */
export interface MinimiseOptions {
  /** Stop when no component of the gradient is larger than this. */
  readonly tol: number;
  readonly maxIter: number;
}

/** Where `minimise` ended. */
export interface Minimum {
  readonly x: Float64Array;
  readonly nIter: number;
  /** Whether the gradient met `tol`, or the value could not be improved any more within rounding. */
  readonly converged: boolean;
}

interface Point {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

interface Step {
  readonly dx: Float64Array;
  readonly dGradient: Float64Array;
  /** dx · dGradient. */
  readonly curvature: number;
}

const memory = 10;
const maxLineSteps = 50;
const leastDecrease = 64 * Number.EPSILON;

/**
 * Returns a minimum of a smooth function near `start`: L-BFGS with the last ten steps and a line search by
 * bisection for the weak Wolfe conditions (Nocedal and Wright, "Numerical Optimization", algorithm 7.4;
 * Lewis and Overton, "Nonsmooth optimization via quasi-Newton methods", 2013).
 */
export function minimise(objective: Objective, start: Float64Array, { tol, maxIter }: MinimiseOptions): Minimum {
  const steps: Step[] = [];
  let point = evaluate(objective, start);
  for (let nIter = 0; nIter < maxIter; nIter++) {
    if (largest(point.gradient) <= tol) return { x: point.x, nIter, converged: true };
    const next = lineSearch(objective, point, descentDirection(point.gradient, steps));
    if (next === undefined) return { x: point.x, nIter, converged: true };
    const dx = next.x.map((value, i) => value - point.x[i]!);
    const dGradient = next.gradient.map((value, i) => value - point.gradient[i]!);
    const curvature = dot(dx, dGradient);
    if (curvature > 0) steps.push({ dx, dGradient, curvature });
    if (steps.length > memory) steps.shift();
    const decrease = point.value - next.value;
    const size = Math.max(Math.abs(point.value), Math.abs(next.value), 1);
    point = next;
    if (decrease <= leastDecrease * size) return { x: point.x, nIter: nIter + 1, converged: true };
  }
  return { x: point.x, nIter: maxIter, converged: largest(point.gradient) <= tol };
}

/** Returns minus the gradient times the inverse Hessian as the steps so far suggest it (two-loop recursion). */
function descentDirection(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const last = steps.at(-1);
  if (last === undefined) {
    multiply(direction, 1 / Math.sqrt(dot(gradient, gradient)));
    return direction;
  }
  const weights = steps.map(() => 0);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { dx, dGradient, curvature } = steps[i]!;
    weights[i] = dot(dx, direction) / curvature;
    addMultiple(direction, dGradient, -weights[i]!);
  }
  multiply(direction, last.curvature / dot(last.dGradient, last.dGradient));
  steps.forEach(({ dx, dGradient, curvature }, i) => {
    addMultiple(direction, dx, weights[i]! - dot(dGradient, direction) / curvature);
  });
  return direction;
}

/** Returns a point along `direction` that meets the weak Wolfe conditions; undefined when rounding hides any descent. */
function lineSearch(objective: Objective, from: Point, direction: Float64Array): Point | undefined {
  const slope = dot(from.gradient, direction);
  let low = 0;
  let high = Infinity;
  let length = 1;
  let best: Point | undefined;
  for (let i = 0; i < maxLineSteps; i++) {
    const x = from.x.slice();
    addMultiple(x, direction, length);
    const next = evaluate(objective, x);
    // A value that is not a number is too far out, like one that is too large.
    if (!(next.value <= from.value + 1e-4 * length * slope)) high = length;
    else {
      best = next;
      if (dot(next.gradient, direction) >= 0.9 * slope) return next;
      low = length;
    }
    length = high === Infinity ? 2 * low : (low + high) / 2;
  }
  return best;
}

function evaluate(objective: Objective, x: Float64Array): Point {
  const gradient = new Float64Array(x.length);
  return { x, value: objective(x, gradient), gradient };
}

function largest(vector: Float64Array): number {
  return vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function multiply(vector: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i]! *= factor;
}

function addMultiple(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!;
}
