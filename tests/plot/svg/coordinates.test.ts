import { describe, expect, test } from 'vitest';
import { axisType, ruler } from '../../../src/plot/svg/coordinates.ts';

describe('axisType', () => {
  test.each([
    ['numbers', [1, null, 2], 'linear'],
    ['days', ['2024-02-29', null], 'date'],
    ['months', ['2024-02'], 'date'],
    ['instants', ['2024-02-29 12:30', '2024-02-29T12:30:01.5Z'], 'date'],
    ['numbers as text', ['1', '2.5'], 'linear'],
    ['names', ['a', 'b'], 'category'],
    ['names and numbers', ['a', 1], 'category'],
    ['nothing', [], 'linear'],
  ])('of %s', (_what, values, type) => {
    expect(axisType(values)).toBe(type);
  });
});

describe('ruler', () => {
  test('reads dates without a zone as UTC, on every machine', () => {
    const { place } = ruler({}, ['2024-02-29']);
    expect([place('2024-02-29'), place('2024-02-29 12:00'), place('2024-02-29T12:00:00Z')]).toEqual(
      [0, 12, 12].map((hour) => Date.UTC(2024, 1, 29, hour)),
    );
  });

  test('ranks categories by their first appearance', () => {
    const { place, categories } = ruler({}, ['b', 'a', 'b', null]);
    expect(categories).toEqual(['b', 'a']);
    expect([place('b'), place('a'), place(null)]).toEqual([0, 1, NaN]);
  });

  test('is logarithmic when asked, with no place for zero', () => {
    const { place } = ruler({ type: 'log' }, []);
    expect([place(1000), place(0)]).toEqual([3, NaN]);
  });
});
