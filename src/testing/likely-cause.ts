import { interquartileRange, mean, median, sampleVariance } from 'simple-statistics';
import { formatNumber } from './show.ts';

/**
 * Returns, in a sentence, what most likely made the errors `to` worse than the errors `from`:
 * a shift of all, a few outliers, noise in every row, or none of these. A hint to start looking, not a test.
 */
export function likelyCause(from: readonly number[], to: readonly number[]): string {
  const shift = mean(to) - mean(from);
  const varianceFrom = sampleVariance(from);
  const varianceTo = sampleVariance(to);
  if (Math.abs(shift) > 4 * Math.sqrt(varianceFrom / from.length + varianceTo / to.length)) {
    return (
      `Likely cause: a shift. The mean error went from ${formatNumber(mean(from))} to ${formatNumber(mean(to))}: ` +
      'compare units, calibration and date of the two data sets.'
    );
  }
  if (varianceTo < 1.2 * varianceFrom) {
    return 'Likely cause: the rows, not the errors, which are no larger: the targets vary differently here.';
  }
  if (interquartileRange(to) < 1.25 * interquartileRange(from)) {
    const far = 4 * Math.sqrt(varianceFrom);
    const centre = median(to);
    const outliers = to.filter((error) => Math.abs(error - centre) > far).length;
    return (
      `Likely cause: outliers. ${outliers} of ${to.length} errors lie beyond 4 standard deviations of the reference, ` +
      'the rest are as before: look at those rows.'
    );
  }
  return (
    'Likely cause: noise in all rows. Errors grew throughout ' +
    `(standard deviation ${formatNumber(Math.sqrt(varianceFrom))} → ${formatNumber(Math.sqrt(varianceTo))}): ` +
    'noisy targets, or inputs measured less exactly.'
  );
}
