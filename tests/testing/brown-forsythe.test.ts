import { expect, test } from 'vitest';
import { brownForsythe, rowsFactor } from '../../src/testing/brown-forsythe.ts';
import fixture from '../fixtures/sklearn-metrics.json' with { type: 'json' };

const { from, to, statistic, pvalue } = fixture.levene;

test("brownForsythe's t² and two-sided p are those of SciPy's levene(center='median')", () => {
  const { t, df, p } = brownForsythe(from, to);
  expect(t ** 2).toBeCloseTo(statistic, 10);
  expect(2 * p).toBeCloseTo(pvalue, 10);
  expect(df).toBe(93);
});

test('brownForsythe looks at one side: samples exchanged, p becomes 1 - p', () => {
  expect(brownForsythe(to, from).p).toBeCloseTo(1 - brownForsythe(from, to).p, 12);
});

test('brownForsythe does not see a shift', () => {
  expect(
    brownForsythe(
      from,
      from.map((value) => value + 100),
    ).p,
  ).toBeCloseTo(0.5, 9);
});

test('brownForsythe decides for certain where deviations do not vary', () => {
  const steady = [1, -1, 1, -1];
  expect(brownForsythe(steady, steady).p).toBe(0.5);
  expect(brownForsythe(steady, [2, -2, 2, -2]).p).toBe(0);
});

test('rowsFactor falls with the number of rows and with the ratio to be found', () => {
  const few = rowsFactor(from, 40, 3, 0.04);
  expect(rowsFactor(from, 400, 3, 0.04)).toBeLessThan(few);
  expect(rowsFactor(from, 40, 6, 0.04)).toBeLessThan(few);
});
