import { expect, test } from 'vitest';
import { compareCodePoints } from '../../../src/versioning/format/compare-code-points.ts';

test('compareCodePoints sorts as Python does, where UTF-16 units would not', () => {
  // sorted() of Python 3.11 on the same list.
  const sorted = ['', 'A', 'B', 'a', 'a b', 'aa', 'é', '\ue000', '\uffee', '😀', '😀a', '😁'];
  expect(sorted.toReversed().toSorted(compareCodePoints)).toEqual(sorted);
  expect(compareCodePoints('😀', '😀')).toBe(0);
});
