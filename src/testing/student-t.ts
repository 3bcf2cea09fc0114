import { betaCdf, betaQuantile } from '../base/beta.ts';

/** Returns the distribution function of Student's t with `df` degrees of freedom at `t`. */
export function studentTCdf(t: number, df: number): number {
  const tail = betaCdf(df / (df + t * t), df / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** Returns the `p`-quantile of Student's t with `df` degrees of freedom, for 0 < p < 1. */
export function studentTQuantile(p: number, df: number): number {
  const w = betaQuantile(Math.abs(2 * p - 1), 0.5, df / 2);
  return Math.sign(p - 0.5) * Math.sqrt((df * w) / (1 - w));
}
