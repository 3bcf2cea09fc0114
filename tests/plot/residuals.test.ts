import { residuals } from 'labmill/plot';
import { describe, expect, test } from 'vitest';

describe('residuals', () => {
  test('are actual − predicted over predicted, with their distribution beside', () => {
    const { data, layout } = residuals({ actual: [3, 5, NaN], predicted: [2, 7, 1] });
    expect(data).toMatchObject([
      { type: 'scatter', x: [2, 7], y: [1, -2] },
      { type: 'histogram', y: [1, -2], xaxis: 'x2', showlegend: false },
    ]);
    expect(layout).toMatchObject({ xaxis: { domain: [0, 0.77] }, xaxis2: { anchor: 'y' } });
  });

  test('have a line at zero, and what else is asked for', () => {
    const { layout } = residuals({ actual: [1], predicted: [2], lines: [{ y: 3 }] });
    expect(layout.shapes?.map(({ y0 }) => y0)).toEqual([0, 3]);
  });

  test('can stand without the distribution', () => {
    const { data, layout } = residuals({ actual: [1], predicted: [2], distribution: 'none' });
    expect(data).toHaveLength(1);
    expect(layout).not.toHaveProperty('xaxis2');
  });

  test('of two data sets share their bins and keep their colours', () => {
    const { data } = residuals({
      series: [
        { name: 'clean', actual: [1, 2], predicted: [1, 2.1] },
        { name: 'noisy', actual: [1, 2], predicted: [5, -3] },
      ],
    });
    expect(data[2]!['ybins']).toEqual(data[3]!['ybins']);
    expect(data[2]!['marker']).toEqual({ color: '#1E85C8' });
  });

  test.each([
    [
      'unequal lengths',
      { actual: [1, 2], predicted: [1] },
      'ERR_SHAPE',
      'residuals: expected predicted of length 2 (as actual), got 1',
    ],
    [
      'only gaps',
      { actual: [NaN], predicted: [1] },
      'ERR_EMPTY_DATA',
      'residuals: expected at least one pair of actual and predicted, got none',
    ],
    [
      'no predictions',
      { actual: [1] } as never,
      'ERR_INVALID_ARGUMENT',
      'residuals: predicted: expected an array, got undefined',
    ],
  ])('refuse %s', (_what, options, code, message) => {
    expect(() => residuals(options)).toThrow(expect.objectContaining({ code, message }));
  });
});
