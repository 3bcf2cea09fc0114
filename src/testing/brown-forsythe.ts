import { mean, median, sampleVariance } from 'simple-statistics';
import { studentTCdf, studentTQuantile } from './student-t.ts';

/** The outcome of a one-sided Brown–Forsythe test. */
export interface BrownForsythe {
  /** The t statistic of the absolute deviations from the medians; positive when `to` is spread wider. */
  readonly t: number;
  /** Degrees of freedom. */
  readonly df: number;
  /** The probability of such a `t`, or a larger one, if both samples are spread alike. */
  readonly p: number;
}

/**
 * Tests whether `to` is spread wider than `from`: Brown and Forsythe, "Robust tests for the equality of variances"
 * (JASA 69, 1974), on one side. Its F for two samples is t². Unlike the F test of variances it keeps its level when
 * errors have heavy tails.
 */
export function brownForsythe(from: readonly number[], to: readonly number[]): BrownForsythe {
  const a = deviations(from);
  const b = deviations(to);
  const df = a.length + b.length - 2;
  const pooled = ((a.length - 1) * sampleVariance(a) + (b.length - 1) * sampleVariance(b)) / df;
  const difference = mean(b) - mean(a);
  const t = difference === 0 ? 0 : difference / Math.sqrt(pooled * (1 / a.length + 1 / b.length));
  return { t, df, p: studentTCdf(-t, df) };
}

/**
 * Returns by which factor the rows must grow for the test at level `alpha` to find a variance ratio of `ratio`
 * in 80 % of samples, when the errors are shaped like `from`; 1 or less when there are enough rows.
 */
export function rowsFactor(from: readonly number[], nTo: number, ratio: number, alpha: number): number {
  const a = deviations(from);
  const df = a.length + nTo - 2;
  const shift = (Math.sqrt(ratio) - 1) * mean(a);
  const standardError = Math.sqrt(sampleVariance(a) * (1 / a.length + ratio / nTo));
  const needed = studentTQuantile(1 - alpha, df) + studentTQuantile(0.8, df);
  return ((needed * standardError) / shift) ** 2;
}

function deviations(values: readonly number[]): number[] {
  const centre = median(values);
  return values.map((value) => Math.abs(value - centre));
}
