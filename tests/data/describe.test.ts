import fc from 'fast-check';
import { Table } from 'labmill/data';
import { describe, expect, test } from 'vitest';
import { describeNumbers } from '../../src/data/describe.ts';

describe('describeNumbers', () => {
  // pandas 3.1.1: pd.Series([3, nan, 1, 4, 1, 5, 9, 2.5, 6.25]).describe()
  test('gives what pandas gives, leaving out missing values', () => {
    const { mean, std, ...exact } = describeNumbers(Float64Array.of(3, NaN, 1, 4, 1, 5, 9, 2.5, 6.25));
    expect(exact).toEqual({ count: 8, min: 1, '25%': 2.125, '50%': 3.5, '75%': 5.3125, max: 9 });
    expect(mean).toBeCloseTo(3.96875, 14);
    expect(std).toBeCloseTo(2.7335138950233477, 14);
  });

  test('gives NaN where there are too few values', () => {
    const nothing = { mean: NaN, std: NaN, min: NaN, '25%': NaN, '50%': NaN, '75%': NaN, max: NaN };
    expect(describeNumbers(Float64Array.of(NaN))).toEqual({ count: 0, ...nothing });
    expect(describeNumbers(Float64Array.of(7))).toMatchObject({ count: 1, mean: 7, std: NaN, '50%': 7 });
  });

  test('gives a standard deviation of 0 for a constant column', () => {
    expect(describeNumbers(Float64Array.of(2, 2, 2))).toMatchObject({ std: 0, min: 2, max: 2 });
  });

  test('moves with a shift of the values', () => {
    const whole = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2 });
    fc.assert(
      fc.property(whole, fc.integer({ min: -1000, max: 1000 }), (values, shift) => {
        const before = describeNumbers(Float64Array.from(values));
        const after = describeNumbers(Float64Array.from(values, (value) => value + shift));
        expect(after['25%'] - before['25%']).toBeCloseTo(shift, 9);
        expect(after.std).toBeCloseTo(before.std, 9);
      }),
    );
  });
});

describe('Table.describe', () => {
  test('has a row per statistic and a column per number column', () => {
    const described = Table.fromColumns({ name: ['a', 'b'], x: [1, 3], y: [NaN, 5] }).describe();
    expect(described.columnNames).toEqual(['statistic', 'x', 'y']);
    expect(described.strings('statistic')).toEqual(['count', 'mean', 'std', 'min', '25%', '50%', '75%', 'max']);
    expect([...described.numbers('y')]).toEqual([1, 5, NaN, 5, 5, 5, 5, 5]);
  });
});
