import fc from 'fast-check';
import { addAnomalies } from 'labmill/data';
import { describe, expect, test } from 'vitest';

describe('addAnomalies', () => {
  test('moves exactly the values it names, by exactly the size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 5 }), fc.nat(5), fc.nat(), (values, anomalies, randomState) => {
        const result = addAnomalies(values, { anomalies, size: 7, randomState });
        const moved = values.flatMap((value, i) => (result.values[i] === value ? [] : [i]));
        expect(result.truth).toEqual({ clean: Float64Array.from(values), anomalies: moved });
        expect(moved).toHaveLength(anomalies);
        expect(new Set(moved.map((i) => Math.abs(result.values[i]! - values[i]!)))).toEqual(
          new Set(anomalies > 0 ? [7] : []),
        );
      }),
    );
  });

  // 400 fair coins: four standard deviations are 40.
  test('moves up about as often as down', () => {
    const { values } = addAnomalies(new Float64Array(400), { anomalies: 400, size: 1 });
    expect(Math.abs(values.filter((value) => value > 0).length - 200)).toBeLessThan(40);
  });

  test.each([
    [{ anomalies: 3 }, 'addAnomalies: anomalies: expected a whole number of at least 0 and at most 2, got 3'],
    [{ anomalies: 0.5 }, 'addAnomalies: anomalies: expected a whole number of at least 0 and at most 2, got 0.5'],
    [{ size: -1 }, 'addAnomalies: size: expected a finite number of at least 0, got -1'],
  ])('refuses %o', (options, message) => {
    expect(() => addAnomalies([1, 2], options)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message }),
    );
  });
});
