import { histogram, palette } from 'labmill/plot';
import { describe, expect, test } from 'vitest';

describe('histogram', () => {
  test('keeps the numbers and says the bins, so that plotly.js counts alike', () => {
    const { data, layout } = histogram({ x: [0.3, 1.7, NaN, 2.2, 4.9], bins: 5 });
    expect(data).toMatchObject([
      {
        type: 'histogram',
        x: [0.3, 1.7, 2.2, 4.9],
        xbins: { start: 0, end: 5, size: 1 },
        marker: { color: palette[0] },
      },
    ]);
    expect(layout).toMatchObject({ barmode: 'overlay', yaxis: { title: { text: 'Count' } } });
  });

  test('puts several series into the same bins, over each other', () => {
    const { data } = histogram({
      series: [
        { name: 'a', x: [0, 1] },
        { name: 'b', x: [10] },
      ],
      bins: 10,
    });
    expect(data.map((trace) => trace['xbins'])).toEqual([0, 1].map(() => ({ start: 0, end: 11, size: 1 })));
    expect(data.map(({ opacity }) => opacity)).toEqual([0.65, 0.65]);
  });

  test('names the norm on the axis, unless told another title', () => {
    expect(histogram({ x: [1], histnorm: 'percent' }).layout.yaxis?.title).toEqual({ text: 'Share (%)' });
    expect(histogram({ x: [1], yTitle: 'Days' }).layout.yaxis?.title).toEqual({ text: 'Days' });
  });

  test.each([
    ['nothing', { x: [NaN] }, 'ERR_EMPTY_DATA', 'histogram: expected at least one number in x, got none'],
    [
      'infinity',
      { series: [{ name: 'a', x: [Infinity] }] },
      'ERR_NOT_FINITE',
      'histogram: series "a": x[0]: expected a finite number (or NaN for a gap), got Infinity',
    ],
    ['text', { x: ['a'] as never }, 'ERR_INVALID_ARGUMENT', 'histogram: x[0]: expected a number, got "a"'],
  ])('refuses %s', (_what, options, code, message) => {
    expect(() => histogram(options)).toThrow(expect.objectContaining({ code, message }));
  });
});
