import { sampleStandardDeviation } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { jackknife, skewCorrectedInterval, studentInterval } from '../../src/testing/jackknife.ts';

const values = [2, 3, 5, 7, 11, 13];
const meanOf = (column: readonly number[]) => jackknife([column], ([sum], n) => sum! / n);

describe('jackknife', () => {
  test('of the mean has the standard error s / √n (closed form)', () => {
    const { value, standardError } = meanOf(values);
    expect(value).toBeCloseTo(41 / 6, 12);
    expect(standardError).toBeCloseTo(sampleStandardDeviation(values) / Math.sqrt(6), 12);
  });

  test('of the mean has the skewness of the sample', () => {
    expect(meanOf([-1, 0, 1]).skewness).toBeCloseTo(0, 12);
    expect(meanOf([0, 0, 1]).skewness).toBeCloseTo(Math.SQRT1_2, 12); // (1 - 2p) / √(p(1 - p)) at p = 1/3
  });

  test('has an infinite standard error where the statistic is undefined without one row', () => {
    const { standardError } = jackknife([[0, 0, 1]], ([sum]) => Math.log(sum!));
    expect(standardError).toBe(Infinity);
  });
});

describe('intervals', () => {
  test("studentInterval of the mean is the textbook's, t(0.975, 5) = 2.5706", () => {
    const [low, high] = studentInterval(meanOf(values), 0.95);
    expect((high - low) / 2 / meanOf(values).standardError).toBeCloseTo(2.5706, 4);
  });

  test('skewCorrectedInterval is that of Student without skewness, and reaches further to the long side with it', () => {
    const symmetric = { value: 0, standardError: 1, skewness: 0, n: 50 };
    expect(skewCorrectedInterval(symmetric, 0.95)).toEqual(studentInterval(symmetric, 0.95));
    const [low, high] = skewCorrectedInterval({ ...symmetric, skewness: 2 }, 0.95);
    expect(high).toBeGreaterThan(-low);
  });

  test('know nothing when the standard error is infinite', () => {
    expect(studentInterval({ value: 1, standardError: Infinity, skewness: 0, n: 9 }, 0.9)).toEqual([
      -Infinity,
      Infinity,
    ]);
  });
});
