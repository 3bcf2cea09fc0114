import { holdQualityCheck } from 'labmill/testing';
import { describe, expect, test } from 'vitest';
import { echoData, echoModel, lineData, lineModel } from '../support/line-data.ts';

const clean = { ...lineData(200, 1), name: 'clean' };
const againstClean = (to: typeof clean | ReturnType<typeof lineData>, maxDrop = 0.05) =>
  holdQualityCheck(lineModel, { metric: 'r2', from: clean, to, maxDrop });

describe('holdQualityCheck', () => {
  test('passes on another clean sample', async () => {
    expect(await againstClean({ ...lineData(200, 2), name: 'other' })).toMatchObject({
      check: 'hold quality',
      measure: 'drop of r2',
      data: 'other',
      verdict: 'pass',
      n: 200,
    });
  });

  test('fails when labels are noisy, names both scores and blames noise', async () => {
    const result = await againstClean(lineData(200, 3, { sd: 4 }));
    expect(result.verdict).toBe('fail');
    expect(result.ci[0]).toBeGreaterThan(0);
    expect(result.reason).toMatch(/^r2 went from 0\.98\d \(n = 200\) to 0\.8\d\d\. Likely cause: noise in all rows/);
  });

  test('blames a shift when all errors lean to one side', async () => {
    expect((await againstClean(lineData(200, 3, { shift: 5 }))).reason).toContain('Likely cause: a shift.');
  });

  test('is inconclusive when the rows are too few to find twice the tolerated drop', async () => {
    const result = await againstClean(lineData(12, 2), 0.001);
    expect(result.verdict).toBe('inconclusive');
    expect(result.reason).toContain('n = 12 rows cannot decide it.');
  });

  test('is inconclusive when the drop is too large, but may be chance', async () => {
    const options = { metric: 'accuracy', from: echoData(30, 3), to: echoData(30, 6), maxDrop: 0.05 } as const;
    const result = await holdQualityCheck(echoModel, options);
    expect(result.value).toBeCloseTo(0.1, 12);
    expect(result.verdict).toBe('inconclusive');
  });

  test('measures the rise of an error', async () => {
    const to = lineData(200, 3, { sd: 4 });
    const result = await holdQualityCheck(lineModel, { metric: 'rmse', from: clean, to, maxDrop: 0.5 });
    expect(result).toMatchObject({ measure: 'rise of rmse', verdict: 'fail' });
    expect(result.value).toBeGreaterThan(2);
  });

  test('fails on wrong labels', async () => {
    const options = { metric: 'f1', from: echoData(300, 3, 3), to: echoData(300, 90, 3), maxDrop: 0.05 } as const;
    expect(await holdQualityCheck(echoModel, options)).toMatchObject({ measure: 'drop of f1', verdict: 'fail' });
  });

  test('averages alike on both sides, even where a class is missing on one', async () => {
    const to = { X: [[0], [1], [0], [1]], y: [0, 1, 0, 1] };
    const options = { metric: 'recall', from: echoData(300, 0, 3), to, maxDrop: 0.05 } as const;
    expect((await holdQualityCheck(echoModel, options)).value).toBe(0);
  });

  test.each([0, -1, NaN, Infinity])('refuses a tolerated drop of %d', async (maxDrop) => {
    const check = againstClean(clean, maxDrop);
    await expect(check).rejects.toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
    await expect(check).rejects.toThrow('hold quality: maxDrop: expected a number above 0, got');
  });

  test('says which data set is at fault', async () => {
    const check = holdQualityCheck(lineModel, { metric: 'r2', from: { X: [[1]], y: [] }, to: clean, maxDrop: 0.1 });
    await expect(check).rejects.toThrow('hold quality: from: expected y of length 1 (rows of X), got 0');
  });
});
