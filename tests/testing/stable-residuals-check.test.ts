import { stableResidualsCheck } from 'labmill/testing';
import { sampleVariance } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { residuals } from '../../src/testing/regression-metrics.ts';
import { lineData, lineModel } from '../support/line-data.ts';

const from = lineData(100, 1);
const check = (to: typeof from, options = {}) => stableResidualsCheck(lineModel, { from, to, ...options });
const varianceOfErrors = ({ X, y }: typeof from) => sampleVariance(residuals(y, lineModel.predict(X), 'test').errors);

describe('stableResidualsCheck', () => {
  test('passes on another clean sample of 100 rows', async () => {
    const to = lineData(100, 2);
    const result = await check({ ...to, name: 'other' });
    expect(result).toMatchObject({ check: 'stable residuals', data: 'other', verdict: 'pass', n: 100, threshold: 1.5 });
    expect(result.value).toBeCloseTo(varianceOfErrors(to) / varianceOfErrors(from), 10);
  });

  test('fails on labels with twice the noise, which R² hardly sees', async () => {
    const result = await check(lineData(100, 3, { sd: 2 }));
    expect(result.verdict).toBe('fail');
    expect(result.ci[0]).toBeGreaterThan(1.5);
    expect(result.reason).toMatch(
      /^Brown–Forsythe p = .*\(level 0\.04; n = 100 and 100\)\. Likely cause: noise in all rows/,
    );
  });

  test('blames outliers where only a few rows are far off', async () => {
    const { verdict, reason } = await check(lineData(400, 5, { outliers: 40 }));
    expect(verdict).toBe('fail');
    expect(reason).toContain('Likely cause: outliers. 40 of 400 errors');
  });

  test('is inconclusive, not passed, when a single outlier makes the ratio', async () => {
    const { value, verdict } = await check(lineData(100, 2, { outliers: 1 }));
    expect(value).toBeGreaterThan(1.5);
    expect(verdict).toBe('inconclusive');
  });

  test('is inconclusive when the rows are too few to find twice the tolerated ratio', async () => {
    const { verdict, reason } = await check(lineData(10, 8));
    expect(verdict).toBe('inconclusive');
    expect(reason).toContain('n = 10 rows cannot decide it. About');
  });

  test('does not mind a shift or a smaller spread', async () => {
    expect((await check(lineData(100, 2, { shift: 50 }))).verdict).toBe('pass');
    expect((await check(lineData(100, 2, { sd: 0.1 }))).verdict).toBe('pass');
  });

  test('passes when the model predicts the second data set exactly', async () => {
    expect(await check(lineData(100, 2, { sd: 0 }))).toMatchObject({ value: 0, ci: [0, 0], verdict: 'pass' });
  });

  test('refuses errors without spread to compare with', async () => {
    const exact = lineData(50, 1, { sd: 0 });
    const result = stableResidualsCheck(lineModel, { from: exact, to: from });
    await expect(result).rejects.toThrow(expect.objectContaining({ code: 'ERR_CONSTANT_DATA' }));
    await expect(result).rejects.toThrow('expected errors that vary on from, got 50 times 0');
  });

  test.each([
    [{ maxVarianceRatio: 1 }, 'stable residuals: maxVarianceRatio: expected a number above 1, got 1'],
    [{ alpha: 0.5 }, 'stable residuals: alpha: expected a number between 0 and 0.5, got 0.5'],
  ])('refuses %j', async (options, message) => {
    await expect(check(from, options)).rejects.toThrow(message);
  });

  test('refuses fewer than three rows', async () => {
    await expect(check(lineData(2, 1))).rejects.toThrow('stable residuals: to: expected at least 3 rows, got 2');
  });

  test('refuses labels', async () => {
    const labels = { X: [[1], [2], [3]], y: ['a', 'b', 'c'] };
    await expect(check(labels)).rejects.toThrow('stable residuals: to: expected numbers, got "a" in y[0]');
  });
});
