import { line, scatter } from 'labmill/plot';
import { describe, expect, test } from 'vitest';

describe('lines', () => {
  test('stand at a value of one axis, across the drawing area', () => {
    const { layout } = scatter({ y: [1], lines: [{ y: 0.5, name: 'limit' }, { x: new Date('2024-02-29') }] });
    expect(layout.shapes).toMatchObject([
      { type: 'line', xref: 'paper', yref: 'y', x0: 0, x1: 1, y0: 0.5, y1: 0.5, name: 'limit', showlegend: true },
      { type: 'line', xref: 'x', yref: 'paper', x0: '2024-02-29', x1: '2024-02-29', y0: 0, y1: 1 },
    ]);
  });

  test('with a slope cross the range of x', () => {
    const { layout } = scatter({ x: [4, 1, 2], y: [1, 2, 3], lines: [{ slope: 2, intercept: 1 }] });
    expect(layout.shapes).toMatchObject([{ x0: 1, y0: 3, x1: 4, y1: 9 }]);
  });

  test('widen the axis, so that they always show', () => {
    expect(scatter({ y: [1, 2], lines: [{ y: 10 }] }).toSvg()).toContain('>10</text>');
  });
});

describe('bands', () => {
  test('between two values are rectangles behind the data', () => {
    const { layout } = scatter({ y: [1], bands: [{ y: [-2, 2] }, { x: ['2024-01-01', '2024-02-01'], color: 'red' }] });
    expect(layout.shapes).toMatchObject([
      { type: 'rect', layer: 'below', xref: 'paper', yref: 'y', y0: -2, y1: 2 },
      { type: 'rect', layer: 'below', xref: 'x', yref: 'paper', x0: '2024-01-01', x1: '2024-02-01', fillcolor: 'red' },
    ]);
  });

  test('between two curves are one closed area, gaps left out, before the series', () => {
    const { data } = line({ y: [1, 1, 1], bands: [{ x: [0, 1, 2], lower: [0, NaN, 2], upper: [4, 5, 6] }] });
    expect(data[0]).toMatchObject({ fill: 'toself', x: [0, 2, 2, 0], y: [4, 6, 2, 0], showlegend: false });
    expect(data).toHaveLength(2);
  });

  test('leave the colours to the series', () => {
    const bands = [{ x: [0], lower: [0], upper: [1] }];
    expect(line({ y: [1], bands }).data[1]).toMatchObject({ line: { color: '#1E85C8' } });
  });

  test('are refused when the curves differ in length', () => {
    expect(() => line({ y: [1], bands: [{ x: [0, 1], lower: [0], upper: [1, 2] }] })).toThrow(
      expect.objectContaining({
        code: 'ERR_SHAPE',
        message: 'bands: expected x, lower and upper of one length, got 2, 1 and 2',
      }),
    );
  });
});
