import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dotPath, linePath } from '../../../src/plot/svg/path.ts';

const count = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('linePath', () => {
  test('rounds to a tenth of a pixel', () => {
    expect(linePath({ x: [0.04, 1.25], y: [-0.04, 2] })).toBe('M0,0L1.3,2');
  });

  test('breaks at a gap in either coordinate', () => {
    expect(linePath({ x: [0, 1, 2, NaN, 4], y: [0, NaN, 2, 3, 4] })).toBe('M0,0M2,2M4,4');
  });

  test('keeps first, lowest, highest and last of each column of pixels when there are many points', () => {
    const x = count(3000).map((i) => Math.floor(i / 1000));
    const y = count(3000).map((i) => ({ 10: 50, 20: -50 })[i % 1000] ?? 0);
    expect(linePath({ x, y })).toBe('M0,0L0,50L0,-50L0,0L1,0L1,50L1,-50L1,0L2,0L2,50L2,-50L2,0');
  });

  test('keeps gaps when there are many points', () => {
    const y = count(3000).map((i) => (i === 1500 ? NaN : 0));
    expect(linePath({ x: count(3000).map(() => 7), y }).match(/M/g)).toHaveLength(2);
  });

  test('reaches the same extremes with and without thinning', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 2001, maxLength: 2500 }), (y) => {
        const path = linePath({ x: y.map((_, i) => i / 10), y });
        const drawn = [...path.matchAll(/,(-?[\d.]+)/g)].map((match) => Number(match[1]));
        expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([Math.min(...y), Math.max(...y)]);
      }),
      { numRuns: 20 },
    );
  });
});

describe('dotPath', () => {
  test('draws dots on one pixel once and leaves gaps out', () => {
    expect(dotPath({ x: [1, 1.2, 3, NaN], y: [2, 1.8, 4, 5] })).toBe('M1,2h0M3,4h0');
  });
});
