import { describe, expect, test } from 'vitest';
// oxlint-disable-next-line import/no-unassigned-import -- importing it registers the matchers
import 'labmill/vitest';
import { echoData, echoModel, lineData, lineModel } from '../../support/line-data.ts';

const clean = { ...lineData(100, 1), name: 'clean' };
const noisy = { ...lineData(100, 3, { sd: 2 }), name: 'noisy' };
const undecided = { metric: 'accuracy', on: echoData(40, 2), min: 0.9 } as const;

describe('matchers', () => {
  test('pass where their checks do', async () => {
    await expect(lineModel).toScore({ metric: 'r2', on: clean, min: 0.95 });
    await expect(lineModel).toHoldQuality({ metric: 'r2', from: clean, to: noisy, maxDrop: 0.1 });
    await expect(lineModel).toHaveStableResiduals({ from: clean, to: lineData(100, 2) });
  });

  test('fail with verdict, value, interval, n, threshold and likely cause', async () => {
    const assertion = expect(lineModel).toHaveStableResiduals({ from: clean, to: noisy });
    await expect(assertion).rejects.toThrow(
      new RegExp(
        'expect\\(model\\)\\.toHaveStableResiduals: expected the verdict pass, got fail\\n' +
          'stable residuals on "noisy": fail\\n' +
          '  variance ratio = [\\d.]+, interval \\[[\\d.]+, [\\d.]+\\], n = 100, threshold ≤ 1\\.5\\n' +
          '  Brown–Forsythe p = .* Likely cause: noise in all rows',
      ),
    );
  });

  test('pass with .not where their checks fail', async () => {
    await expect(lineModel).not.toHaveStableResiduals({ from: clean, to: noisy });
    await expect(lineModel).not.toScore({ metric: 'r2', on: noisy, min: 0.99 });
  });

  test('fail with .not where their checks pass', async () => {
    const assertion = expect(lineModel).not.toScore({ metric: 'r2', on: clean, min: 0.5 });
    await expect(assertion).rejects.toThrow('expect(model).not.toScore: expected the verdict fail, got pass');
  });

  test('fail when inconclusive, with and without .not', async () => {
    const message = 'got inconclusive\nscore: inconclusive';
    await expect(expect(echoModel).toScore(undecided)).rejects.toThrow(`expected the verdict pass, ${message}`);
    await expect(expect(echoModel).not.toScore(undecided)).rejects.toThrow(`expected the verdict fail, ${message}`);
  });

  test('let an inconclusive verdict pass when told', async () => {
    await expect(echoModel).toScore({ ...undecided, inconclusive: 'pass' });
    await expect(echoModel).not.toScore({ ...undecided, inconclusive: 'pass' });
  });

  test('pass on what the check refuses', async () => {
    const assertion = expect(3).toScore({ metric: 'r2', on: clean, min: 0.5 });
    await expect(assertion).rejects.toThrow('score: expected a model with a method predict(X), got 3');
  });

  test('leave what they found on the task, in order', async ({ task }) => {
    await expect(lineModel).toScore({ metric: 'r2', on: clean, min: 0.95 });
    await expect(lineModel).not.toHaveStableResiduals({ from: clean, to: noisy });
    const numbers = { value: expect.any(Number), ci: [expect.any(Number), expect.any(Number)], n: 100 };
    expect(task.meta.checks).toEqual([
      { ...numbers, check: 'score', measure: 'r2', data: 'clean', threshold: 0.95, verdict: 'pass' },
      {
        ...numbers,
        check: 'stable residuals',
        measure: 'variance ratio',
        data: 'noisy',
        threshold: 1.5,
        verdict: 'fail',
      },
    ]);
  });
});
