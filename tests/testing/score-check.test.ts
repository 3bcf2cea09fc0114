import { scoreCheck } from 'labmill/testing';
import { describe, expect, test } from 'vitest';
import { echoData, echoModel, lineData, lineModel } from '../support/line-data.ts';

const clean = { ...lineData(200, 1), name: 'clean' };

describe('scoreCheck', () => {
  test('passes when the whole interval reaches the threshold', async () => {
    const result = await scoreCheck(lineModel, { metric: 'r2', on: clean, min: 0.95 });
    expect(result).toMatchObject({
      check: 'score',
      measure: 'r2',
      data: 'clean',
      verdict: 'pass',
      passed: true,
      n: 200,
    });
    expect(result.ci[0]).toBeGreaterThan(0.95);
  });

  test('fails when no part of the interval reaches the threshold', async () => {
    const result = await scoreCheck(lineModel, { metric: 'rmse', on: clean, max: 0.5 });
    expect(result).toMatchObject({ verdict: 'fail', passed: false, threshold: 0.5, bound: 'max' });
    expect(result.ci[0]).toBeGreaterThan(0.5);
  });

  test('is inconclusive when the interval holds the threshold, and says how many rows would decide', async () => {
    const result = await scoreCheck(echoModel, { metric: 'accuracy', on: echoData(40, 2), min: 0.9 });
    expect(result).toMatchObject({ verdict: 'inconclusive', passed: false, value: 0.95 });
    expect(result.reason).toMatch(/n = 40 rows cannot decide it\. About \d+ rows like these would\./);
  });

  test('does not pass a small sample only because all of it is right', async () => {
    const { verdict } = await scoreCheck(echoModel, { metric: 'accuracy', on: echoData(10, 0), min: 0.95 });
    expect(verdict).toBe('inconclusive');
  });

  test('advises to move the threshold when the score lies right on it', async () => {
    const { reason } = await scoreCheck(echoModel, { metric: 'accuracy', on: echoData(40, 4), min: 0.9 });
    expect(reason).toContain('Move the threshold.');
  });

  test('needs stronger evidence at higher confidence', async () => {
    const at = (ci: number) => scoreCheck(lineModel, { metric: 'r2', on: clean, min: 0.986, ci });
    expect((await at(0.5)).verdict).toBe('pass');
    expect((await at(0.9999)).verdict).toBe('inconclusive');
  });

  test('takes a model that predicts asynchronously', async () => {
    const model = { predict: async (X: typeof clean.X) => lineModel.predict(X) };
    expect(await scoreCheck(model, { metric: 'mae', on: clean, max: 2 })).toMatchObject({ passed: true });
  });
});

describe('scoreCheck refuses', () => {
  test.each([
    [
      'a maximum of a score',
      { metric: 'r2', max: 1 } as const,
      'expected a finite min and nothing else for r2, got {"max":1}',
    ],
    ['a minimum of an error', { metric: 'mae', min: 1 } as const, 'expected a finite max and nothing else for mae'],
    ['both', { metric: 'mae', min: 1, max: 2 } as const, 'got {"min":1,"max":2}'],
    ['NaN as threshold', { metric: 'r2', min: NaN } as const, 'expected a finite min'],
    [
      'a confidence of 95',
      { metric: 'r2', min: 0, ci: 95 } as const,
      'score: ci: expected a number between 0 and 1, got 95',
    ],
  ])('%s', async (_case, options, message) => {
    const check = scoreCheck(lineModel, { ...options, on: clean });
    await expect(check).rejects.toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
    await expect(check).rejects.toThrow(message);
  });

  test('an unknown metric, and lists those there are', async () => {
    const check = scoreCheck(lineModel, { metric: 'R2' as 'r2', on: clean, min: 0 });
    await expect(check).rejects.toThrow(
      'score: expected a metric of r2, mae, mse, rmse, accuracy, precision, recall, f1, got "R2"',
    );
  });

  test('what is not a model', async () => {
    const check = scoreCheck({ fit: 1 } as never, { metric: 'r2', on: clean, min: 0 });
    await expect(check).rejects.toThrow('score: expected a model with a method predict(X), got an object with ["fit"]');
  });

  test('what is not a data set', async () => {
    const check = scoreCheck(lineModel, { metric: 'r2', on: undefined as never, min: 0 });
    await expect(check).rejects.toThrow('score: expected a data set { X, y }, got undefined');
  });

  test('X and y of different lengths', async () => {
    const check = scoreCheck(lineModel, { metric: 'r2', on: { X: [[1], [2]], y: [1], name: 'odd' }, min: 0 });
    await expect(check).rejects.toThrow(expect.objectContaining({ code: 'ERR_SHAPE' }));
    await expect(check).rejects.toThrow('score on "odd": expected y of length 2 (rows of X), got 1');
  });

  test('a data set without rows', async () => {
    const check = scoreCheck(lineModel, { metric: 'r2', on: { X: [], y: [] }, min: 0 });
    await expect(check).rejects.toThrow(expect.objectContaining({ code: 'ERR_EMPTY_DATA' }));
  });

  test('a model that predicts NaN, and says where', async () => {
    const model = { predict: () => Array.from(clean.y, (_, i) => (i === 3 ? NaN : 0)) };
    const check = scoreCheck(model, { metric: 'r2', on: clean, min: 0 });
    await expect(check).rejects.toThrow(expect.objectContaining({ code: 'ERR_NOT_FINITE' }));
    await expect(check).rejects.toThrow('r2: expected finite numbers, got NaN in predicted[3]');
  });

  test('a model that predicts too few values', async () => {
    const check = scoreCheck({ predict: () => [1] }, { metric: 'r2', on: clean, min: 0 });
    await expect(check).rejects.toThrow('score: predict: expected 200 predictions (rows of y), got 1');
  });
});
