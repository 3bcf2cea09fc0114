import { expect, test } from 'vitest';
import { studentTCdf, studentTQuantile } from '../../src/testing/student-t.ts';
import fixture from '../fixtures/sklearn-metrics.json' with { type: 'json' };

test.each(fixture.studentTQuantile)('studentTQuantile(%d, %d) is the value of SciPy', (p, df, expected) => {
  expect(studentTQuantile(p, df)).toBeCloseTo(expected, 8);
});

test.each(fixture.studentTCdf)('studentTCdf(%d, %d) is the value of SciPy', (t, df, expected) => {
  expect(studentTCdf(t, df)).toBeCloseTo(expected, 11);
});

test('studentTQuantile of one half is 0', () => {
  expect(studentTQuantile(0.5, 5)).toBe(0);
});
