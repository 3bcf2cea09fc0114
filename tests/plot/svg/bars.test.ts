import { describe, expect, test } from 'vitest';
import { placeBars } from '../../../src/plot/svg/bars.ts';
import { ruler } from '../../../src/plot/svg/coordinates.ts';

const rulers = { x: ruler({ type: 'category' }, ['a', 'b']), y: ruler({}, []) };
const bars = (...y: number[]) => ({ type: 'bar' as const, x: ['a', 'b'], y });

describe('placeBars', () => {
  test('gives a single bar eight tenths of its place, as Plotly does', () => {
    const [placed] = placeBars([bars(3, -1)], rulers);
    expect(placed!.rectangles).toEqual([
      { x0: -0.4, x1: 0.4, y0: 0, y1: 3 },
      { x0: 0.6, x1: 1.4, y0: 0, y1: -1 },
    ]);
  });

  test('puts groups side by side', () => {
    const [first, second] = placeBars([bars(1, 1), bars(2, 2)], rulers, 'group');
    expect(first!.rectangles[0]).toMatchObject({ x0: -0.4, x1: 0 });
    expect(second!.rectangles[0]).toMatchObject({ x0: 0, x1: 0.4 });
  });

  test('stacks positive and negative bars apart', () => {
    const [, second] = placeBars([bars(1, -1), bars(2, 2)], rulers, 'stack');
    expect(second!.rectangles.map(({ y0, y1 }) => [y0, y1])).toEqual([
      [1, 3],
      [0, 2],
    ]);
  });

  test('lets lying bars grow along x', () => {
    const lying = { x: ruler({}, []), y: ruler({ type: 'category' }, ['a']) };
    const [placed] = placeBars([{ type: 'bar', orientation: 'h', x: [5], y: ['a'] }], lying);
    expect(placed).toEqual({ lying: true, rectangles: [{ x0: 0, x1: 5, y0: -0.4, y1: 0.4 }] });
  });

  test('leaves gaps out', () => {
    expect(placeBars([bars(NaN, 2)], rulers)[0]!.rectangles).toHaveLength(1);
  });

  test.each([
    ['', [1, 3]],
    ['percent', [25, 75]],
    ['probability', [0.25, 0.75]],
    ['probability density', [0.125, 0.375]],
  ] as const)('norms a histogram by %j', (histnorm, heights) => {
    const xbins = { start: 0, end: 4, size: 2 };
    const [placed] = placeBars([{ type: 'histogram', x: [1, 2, 3, 3.5], xbins, histnorm }], rulers);
    expect(placed!.rectangles.map(({ y1 }) => y1)).toEqual(heights);
  });

  test('lets the bins of a histogram touch', () => {
    const [placed] = placeBars([{ type: 'histogram', x: [0, 1], xbins: { start: 0, end: 2, size: 1 } }], rulers);
    expect(placed!.rectangles.map(({ x0, x1 }) => [x0, x1])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });
});
