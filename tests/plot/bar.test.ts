import { bar } from 'labmill/plot';
import { describe, expect, test } from 'vitest';

describe('bar', () => {
  test('takes x as categories, also when they are numbers', () => {
    const { data, layout } = bar({ x: [1, 3], y: [5, 6] });
    expect(data).toMatchObject([{ type: 'bar', orientation: 'v', x: [1, 3], y: [5, 6] }]);
    expect(layout.xaxis).toEqual({ type: 'category' });
  });

  test('lying down has the categories in y and the grid across', () => {
    const { layout } = bar({ orientation: 'h', x: [5], y: ['a'] });
    expect(layout).toMatchObject({ xaxis: { showgrid: true }, yaxis: { type: 'category', showgrid: false } });
  });

  test('starts at zero, so that lengths compare', () => {
    expect(bar({ x: ['a', 'b'], y: [98, 99] }).toSvg()).toContain('>0</text>');
  });

  test('on a logarithmic axis begins at the edge', () => {
    expect(bar({ x: ['a', 'b'], y: [10, 1000], yScale: 'log' }).toSvg()).not.toMatch(/NaN|Infinity/);
  });
});
