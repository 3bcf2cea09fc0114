import fc from 'fast-check';
import { addNoise } from 'labmill/data';
import { describe, expect, test } from 'vitest';

describe('addNoise', () => {
  // Four standard errors of the mean (1/√n) and of the variance (√(2/n)) of n = 10,000 normal values.
  test('adds noise of mean 0 and the standard deviation asked for', () => {
    const { values } = addNoise(new Float64Array(10_000), { noise: 3, randomState: 1 });
    const mean = values.reduce((sum, value) => sum + value / 3, 0) / 10_000;
    const variance = values.reduce((sum, value) => sum + (value / 3) ** 2, 0) / 10_000;
    expect(Math.abs(mean)).toBeLessThan(0.04);
    expect(Math.abs(variance - 1)).toBeLessThan(0.057);
  });

  test('tells the truth: the clean values and the noise', () => {
    const input = [1, 2, NaN];
    const { values, truth } = addNoise(input, { noise: 0.5 });
    expect(truth).toEqual({ clean: Float64Array.of(1, 2, NaN), noise: 0.5 });
    expect(values[2]).toBeNaN();
    expect(input).toEqual([1, 2, NaN]);
  });

  test('draws the same for the same randomState, scaled by the noise', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1000, noNaN: true }), (randomState, noise) => {
        const unit = addNoise([0, 0, 0], { noise: 1, randomState }).values;
        expect(addNoise([0, 0, 0], { noise, randomState }).values).toEqual(unit.map((value) => 0 + noise * value));
      }),
    );
  });

  test.each([-1, NaN, Infinity])('refuses the noise %d', (noise) => {
    expect(() => addNoise([1], { noise })).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARGUMENT',
        message: `addNoise: noise: expected a finite number of at least 0, got ${noise}`,
      }),
    );
  });
});
