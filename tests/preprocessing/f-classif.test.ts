import fc from 'fast-check';
import { loadBreastCancer, loadIris, loadWine, Table } from 'labmill/data';
import { fClassif } from 'labmill/preprocessing';
import { describe, expect, test } from 'vitest';
import { fixture } from '../support/fixture.ts';

interface Expected {
  readonly F: (number | string)[];
  readonly pvalues: (number | string)[];
}

// Expected values: scikit-learn, see tests/fixtures/sklearn-selection.py.
const { datasets, odd } = fixture('sklearn-selection') as {
  datasets: Record<string, Expected>;
  odd: Expected & { X: number[][]; y: number[] };
};
/** How far numbers are off, in units of the expected ones: p-values go down to 1e-100. */
const relativeErrors = (got: Float64Array, expected: readonly (number | string)[]) =>
  expected.map((value, j) => Math.abs(got[j]! / Number(value) - 1));

describe('fClassif', () => {
  test.each([loadIris(), loadWine(), loadBreastCancer()])(
    'gives F and p of scikit-learn on $name',
    ({ name, X, y }) => {
      const { F, pvalues } = fClassif(X, y);
      expect(Math.max(...relativeErrors(F, datasets[name]!.F))).toBeLessThan(1e-10);
      expect(Math.max(...relativeErrors(pvalues, datasets[name]!.pvalues))).toBeLessThan(1e-10);
    },
  );

  test('gives NaN for a constant column, and Infinity for one that is constant in each class, as scikit-learn does', () => {
    const { F, pvalues } = fClassif(odd.X, odd.y);
    expect([...F].map((value) => value.toPrecision(10))).toEqual(odd.F.map((value) => Number(value).toPrecision(10)));
    expect([...pvalues].map((value) => value.toPrecision(10))).toEqual(
      odd.pvalues.map((value) => Number(value).toPrecision(10)),
    );
  });

  test('finds no spread in equal values that have no exact binary form, where scikit-learn divides rounding errors', () => {
    expect([...fClassif([[0.1], [0.1], [0.1], [0.1]], [0, 1, 0, 1]).F]).toEqual([NaN]);
    expect([...fClassif([[0.1], [0.3], [0.1], [0.3], [0.1]], [0, 1, 0, 1, 0]).F]).toEqual([Infinity]);
  });

  test('does not change when a column is moved and scaled, and the rows are reversed', () => {
    const value = fc.integer({ min: -1000, max: 1000 });
    const rows = fc.array(fc.tuple(value, fc.constantFrom('a', 'b', 'c')), { minLength: 6, maxLength: 30 });
    fc.assert(
      fc.property(rows, (labelled) => {
        const all = [...labelled, [1, 'a'], [2, 'b']] as const;
        const { F } = fClassif(
          all.map(([x]) => [x, 7 - 2 * x]),
          all.map(([, label]) => label),
        );
        const reversed = all.toReversed();
        const again = fClassif(
          reversed.map(([x]) => [x]),
          reversed.map(([, label]) => label),
        );
        expect(F[1]).toBeCloseTo(F[0]!, 6);
        expect(again.F[0]).toBeCloseTo(F[0]!, 6);
      }),
    );
  });

  test.each([
    ['a y of another length', [[1], [2], [3]], ['a', 'b'], 'ERR_SHAPE', 'fClassif: expected y of length 3 (rows of X)'],
    ['a single class', [[1], [2]], ['a', 'a'], 'ERR_CONSTANT_DATA', 'expected at least 2 classes in y, got only "a"'],
    ['as many classes as rows', [[1], [2]], [0.1, 0.2], 'ERR_INVALID_ARGUMENT', 'y has to be a class, not a measure'],
    ['labels of two types', [[1], [2]], ['a', 2], 'ERR_INVALID_ARGUMENT', 'expected strings in y, got 2 in row 1'],
    ['NaN in X', [[1], [NaN], [3]], ['a', 'b', 'b'], 'ERR_NOT_FINITE', 'got NaN in row 1, column 0'],
    ['no rows', [], [], 'ERR_EMPTY_DATA', 'expected at least one row'],
  ])('refuses %s', (_what, X, y, code, message) => {
    const act = () => fClassif(X, y);
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });

  test('names the column of a table that holds strings, or a gap', () => {
    const table = Table.fromColumns({ a: ['x', 'y', 'z'], b: [1, null, 2] });
    expect(() => fClassif(table, [0, 1, 1])).toThrow('expected numbers, got strings in column "a"');
    expect(() => fClassif(table.select(['b']), [0, 1, 1])).toThrow('got NaN in row 1, "b"');
  });
});
