import fc from 'fast-check';
import { expect, test } from 'vitest';
import { betaCdf, betaQuantile } from '../../src/base/beta.ts';
import fixture from '../fixtures/sklearn-metrics.json' with { type: 'json' };

test.each(fixture.betaCdf)('betaCdf(%d, %d, %d) is the value of SciPy', (x, a, b, expected) => {
  expect(betaCdf(x, a, b)).toBeCloseTo(expected, 11);
});

test.each(fixture.betaQuantile)('betaQuantile(%d, %d, %d) is the value of SciPy', (p, a, b, expected) => {
  expect(betaQuantile(p, a, b)).toBeCloseTo(expected, 11);
});

test('betaCdf is 0 up to 0 and 1 from 1', () => {
  expect([-1, 0, 1, 2].map((x) => betaCdf(x, 2, 3))).toEqual([0, 0, 1, 1]);
});

test('betaCdf is NaN at NaN', () => {
  expect(betaCdf(NaN, 2, 3)).toBeNaN();
});

test('betaQuantile undoes betaCdf', () => {
  const shape = fc.double({ min: 0.5, max: 200, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), shape, shape, (p, a, b) => {
      expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 9);
    }),
  );
});
