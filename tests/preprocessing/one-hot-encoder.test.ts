import { Table } from 'labmill/data';
import { type Category, OneHotEncoder, type OneHotEncoderOptions } from 'labmill/preprocessing';
import { describe, expect, test } from 'vitest';
import { matrixMisses } from '../support/misses.ts';
import { fixture } from '../support/fixture.ts';

interface Case {
  readonly name: string;
  readonly options: OneHotEncoderOptions;
  readonly categories: Category[][];
  readonly transformed: number[][];
  readonly namesOut: string[];
  readonly unknown?: number[][];
  readonly unknownInverse?: Category[][];
}

// Expected values: scikit-learn, see tests/fixtures/sklearn-preprocessing.py.
const { oneHot, rows, unknown } = fixture('sklearn-preprocessing') as {
  oneHot: Case[];
  rows: Category[][];
  unknown: Category[][];
};
const ignoring = oneHot.filter(({ options }) => options.handleUnknown === 'ignore');

describe('OneHotEncoder', () => {
  test.each(oneHot)('encodes as scikit-learn does: $name', ({ options, categories, transformed, namesOut }) => {
    const encoder = new OneHotEncoder(options).fit(rows);
    expect(encoder.categories).toEqual(categories);
    expect(encoder.featureNamesOut).toEqual(namesOut);
    expect(matrixMisses(encoder.transform(rows), transformed)).toEqual([]);
  });

  test.each(oneHot)('inverts what it encoded: $name', ({ options }) => {
    const encoder = new OneHotEncoder(options);
    expect(encoder.inverseTransform(encoder.fitTransform(rows))).toEqual(rows);
  });

  test.each(ignoring)(
    'encodes and inverts unknown categories as scikit-learn does: $name',
    ({ options, ...expected }) => {
      const encoder = new OneHotEncoder(options).fit(rows);
      expect(matrixMisses(encoder.transform(unknown), expected.unknown!)).toEqual([]);
      expect(encoder.inverseTransform(encoder.transform(unknown))).toEqual(expected.unknownInverse);
    },
  );

  test('makes a table of a table, and back', () => {
    const table = Table.fromColumns({ sex: ['male', 'female'], deck: [2, 1] });
    const encoder = new OneHotEncoder();
    const encoded = encoder.fitTransform(table);
    expect(encoded.records()[0]).toEqual({ sex_female: 0, sex_male: 1, deck_1: 0, deck_2: 1 });
    expect(encoder.inverseTransform(encoded).records()).toEqual(table.records());
  });

  test('takes a missing value for a category, sorted last', () => {
    const encoder = new OneHotEncoder().fit(Table.fromColumns({ s: ['b', null, 'a'], n: [NaN, 1, 2] }));
    expect(encoder.categories).toEqual([
      ['a', 'b', null],
      [1, 2, null],
    ]);
  });

  const fitted = new OneHotEncoder().fit(rows);
  test.each([
    [
      'a category that fit did not see',
      () => fitted.transform([['male', 2, 'S']]),
      'ERR_COLUMN',
      'column "x1", row 0: expected one of the categories [1,3,20], got 2',
    ],
    [
      'numbers and strings in one column',
      () => new OneHotEncoder().fit([['a'], [1]]),
      'ERR_COLUMN',
      'got the number 1',
    ],
    [
      'zeros that mean nothing',
      () => fitted.inverseTransform([[0, 0, 1, 0, 0, 1, 0, 0]]),
      'ERR_INVALID_ARGUMENT',
      'a category in row 0, column "x0", got only zeros',
    ],
    [
      'an encoded matrix of another width',
      () => fitted.inverseTransform([[1, 0]]),
      'ERR_SHAPE',
      'expected 8 columns (as in fit), got 2',
    ],
    [
      'a category to drop that is not there',
      () => new OneHotEncoder({ drop: ['other'] }).fit([['a']]),
      'ERR_INVALID_ARGUMENT',
      'expected to drop one of ["a"], got "other"',
    ],
    [
      'categories for fewer columns',
      () => new OneHotEncoder({ categories: [['a']] }).fit([['a', 'b']]),
      'ERR_INVALID_ARGUMENT',
      'expected categories for 2 columns, got 1',
    ],
    [
      'a category that is listed twice',
      () => new OneHotEncoder({ categories: [['a', 'a']] }).fit([['a']]),
      'ERR_INVALID_ARGUMENT',
      'expected distinct categories',
    ],
    [
      'a category that is not listed',
      () => new OneHotEncoder({ categories: [['a']] }).fit([['b']]),
      'ERR_COLUMN',
      'got "b"',
    ],
    [
      'another handleUnknown',
      () => new OneHotEncoder({ handleUnknown: 'warn' as 'error' }).fit([['a']]),
      'ERR_INVALID_ARGUMENT',
      'got "warn"',
    ],
    ['no fit', () => new OneHotEncoder().categories, 'ERR_NOT_FITTED', 'OneHotEncoder: expected fit(X)'],
  ])('refuses %s', (_what, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
