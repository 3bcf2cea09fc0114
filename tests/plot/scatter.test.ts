import { line, palette, scatter } from 'labmill/plot';
import { describe, expect, test } from 'vitest';

describe('scatter', () => {
  test('is one Plotly trace per series, in the colours of the palette', () => {
    const { data } = scatter({
      series: [
        { name: 'a', x: [1], y: [2] },
        { name: 'b', x: [3], y: [4] },
      ],
    });
    expect(data).toMatchObject([
      { type: 'scatter', mode: 'markers', name: 'a', x: [1], y: [2], marker: { color: palette[0] } },
      { type: 'scatter', mode: 'markers', name: 'b', x: [3], y: [4], marker: { color: palette[1] } },
    ]);
  });

  test('draws a fit as a line through the points', () => {
    const { data } = scatter({ series: [{ y: [1, 2] }, { mode: 'lines', y: [1, 2], color: '#123456' }] });
    expect(data[1]).toMatchObject({ mode: 'lines', line: { color: '#123456', dash: 'solid' } });
  });

  test('turns half widths into Plotly’s error bars', () => {
    const { data } = scatter({ x: [1], y: [2], errorX: [0.1], errorY: Float64Array.of(0.2) });
    expect(data[0]).toMatchObject({ error_x: { array: [0.1] }, error_y: { array: [0.2], visible: true } });
  });

  test('draws many points smaller', () => {
    expect(scatter({ y: new Float64Array(2000) }).data[0]).toMatchObject({ marker: { size: 3.5 } });
  });
});

describe('line', () => {
  test('numbers the values when there is no x', () => {
    expect(line({ y: [5, 6, 7] }).data[0]).toMatchObject({ mode: 'lines', x: [0, 1, 2], y: [5, 6, 7] });
  });

  test('writes dates as days, and NaN as a gap that breaks the line', () => {
    const { data } = line({ x: [new Date('2012-01-01'), new Date('2012-01-02')], y: [NaN, 1] });
    expect(data[0]).toMatchObject({ x: ['2012-01-01', '2012-01-02'], y: [null, 1] });
  });
});

describe('titles and legend', () => {
  test('are plain text: markup is escaped for plotly.js', () => {
    const { layout } = scatter({ title: 'a < b & c', xTitle: 'x <i>', yTitle: '°C', y: [1] });
    expect(layout).toMatchObject({
      title: { text: 'a &lt; b &amp; c' },
      xaxis: { title: { text: 'x &lt;i&gt;' } },
      yaxis: { title: { text: '°C' } },
    });
  });

  test('break a long title into lines', () => {
    const title = 'word '.repeat(30).trim();
    expect(scatter({ title, y: [1] }).layout.title).toMatchObject({ text: expect.stringContaining('<br>') });
  });

  test.each([
    ['one series', { name: 'a', y: [1] }, false],
    [
      'two series',
      {
        series: [
          { name: 'a', y: [1] },
          { name: 'b', y: [2] },
        ],
      },
      true,
    ],
    ['a named line', { y: [1], lines: [{ y: 1, name: 'limit' }] }, true],
    ['a nameless line', { y: [1], lines: [{ y: 1 }] }, false],
  ])('show a legend for %s as it is needed', (_what, options, shown) => {
    expect(scatter(options).layout.showlegend).toBe(shown);
  });
});

describe('a series that cannot be drawn', () => {
  test.each([
    [
      'unequal lengths',
      { name: 'a', x: [1, 2], y: [1] },
      'ERR_SHAPE',
      'scatter: series "a": expected x and y of one length, got 2 and 1',
    ],
    ['no values', { y: [] }, 'ERR_EMPTY_DATA', 'scatter: expected at least one value in y, got none'],
    ['only gaps', { y: [NaN, NaN] }, 'ERR_EMPTY_DATA', 'scatter: expected at least one value in y, got 2 gaps'],
    ['no series', { series: [] }, 'ERR_EMPTY_DATA', 'scatter: expected at least one series, got none'],
    ['no y', { x: [1] }, 'ERR_INVALID_ARGUMENT', 'scatter: expected y, got x'],
    [
      'infinity in x',
      { x: [Infinity], y: [1] },
      'ERR_NOT_FINITE',
      'scatter: x[0]: expected a finite number (or NaN for a gap), got Infinity',
    ],
    ['too many error bars', { y: [1], errorY: [1, 2] }, 'ERR_SHAPE', 'scatter: expected 1 error bars (as y), got 2'],
  ])('is refused for %s', (_what, options, code, message) => {
    expect(() => scatter(options)).toThrow(expect.objectContaining({ code, message }));
  });
});
