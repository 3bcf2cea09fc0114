import { createRequire } from 'node:module';

type Numbers = readonly number[];

/** The part of the package ml-regression that is used here; it ships no types. */
export interface MlRegression {
  readonly PolynomialRegression: new (x: Numbers, y: Numbers, degree: number) => { readonly coefficients: number[] };
  /** B · e^(A x), fitted as a line to log y. */
  readonly ExponentialRegression: new (x: Numbers, y: Numbers) => { readonly A: number; readonly B: number };
  /** A · x^B, fitted as a line to log y over log x. */
  readonly PowerRegression: new (x: Numbers, y: Numbers) => { readonly A: number; readonly B: number };
  readonly TheilSenRegression: new (x: Numbers, y: Numbers) => { readonly slope: number; readonly intercept: number };
}

/** Returns the package ml-regression, loaded when it is first needed: it is CommonJS and brings a matrix library. */
export function mlRegression(): MlRegression {
  return createRequire(import.meta.url)('ml-regression') as MlRegression;
}
