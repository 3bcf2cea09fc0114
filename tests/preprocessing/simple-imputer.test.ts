import { Table } from 'labmill/data';
import { SimpleImputer, type SimpleImputerOptions } from 'labmill/preprocessing';
import { describe, expect, test } from 'vitest';
import { misses, matrixMisses, withNaN } from '../support/misses.ts';
import { fixture } from '../support/fixture.ts';

interface Case {
  readonly strategy: NonNullable<SimpleImputerOptions['strategy']>;
  readonly fillValue: number | null;
  readonly statistics: number[];
  readonly transformed: number[][];
}

// Expected values: scikit-learn, see tests/fixtures/sklearn-preprocessing.py.
const { imputer, gaps, words } = fixture('sklearn-preprocessing') as {
  imputer: Case[];
  gaps: (number | null)[][];
  words: { values: (string | null)[]; imputed: string[] };
};

describe('SimpleImputer', () => {
  test.each(imputer)(
    'fills gaps as scikit-learn does: $strategy',
    ({ strategy, fillValue, statistics, transformed }) => {
      const fitted = new SimpleImputer({ strategy, ...(fillValue === null ? {} : { fillValue }) }).fit(withNaN(gaps));
      expect(misses(fitted.statistics as number[], statistics)).toEqual([]);
      expect(matrixMisses(fitted.transform(withNaN(gaps)), transformed)).toEqual([]);
    },
  );

  test('fills strings with the most frequent, of equally frequent ones the smallest', () => {
    const table = Table.fromColumns({ word: words.values });
    const filled = new SimpleImputer({ strategy: 'most_frequent' }).fitTransform(table);
    expect(filled.strings('word')).toEqual(words.imputed);
  });

  test('fills with 0 and "missing_value" unless a constant is given', () => {
    const table = Table.fromColumns({ n: [1, NaN], s: ['a', null] });
    const filled = new SimpleImputer({ strategy: 'constant' }).fitTransform(table);
    expect(filled.records()[1]).toEqual({ n: 0, s: 'missing_value' });
  });

  test('fills a column of strings that comes without any value', () => {
    const fitted = new SimpleImputer({ strategy: 'most_frequent' }).fit(Table.fromColumns({ s: ['a', null] }));
    expect(fitted.transform(Table.fromRecords([{ s: null }])).strings('s')).toEqual(['a']);
  });

  test('leaves a matrix without gaps as it is', () => {
    expect([
      ...new SimpleImputer().fitTransform([
        [1, 2],
        [3, 4],
      ]).data,
    ]).toEqual([1, 2, 3, 4]);
  });

  const strings = Table.fromColumns({ s: ['a', null] });
  test.each([
    ['a column without values', () => new SimpleImputer().fit([[NaN]]), 'ERR_EMPTY_DATA', 'got only missing ones'],
    [
      'the mean of strings',
      () => new SimpleImputer().fit(strings),
      'ERR_COLUMN',
      'numbers for the strategy "mean", got strings',
    ],
    ['infinities', () => new SimpleImputer().fit([[-Infinity]]), 'ERR_NOT_FINITE', 'got -Infinity in row 0'],
    [
      'infinities at the constant',
      () => new SimpleImputer({ strategy: 'constant' }).fit([[Infinity]]),
      'ERR_NOT_FINITE',
      'got Infinity',
    ],
    [
      'another strategy',
      () => new SimpleImputer({ strategy: 'mode' as 'mean' }).fit([[1]]),
      'ERR_INVALID_ARGUMENT',
      'got "mode"',
    ],
    [
      'a fillValue of another type',
      () => new SimpleImputer({ strategy: 'constant', fillValue: 1 }).fit(strings),
      'ERR_INVALID_ARGUMENT',
      'expected a string as fillValue, got 1',
    ],
    [
      'a fillValue that is missing itself',
      () => new SimpleImputer({ strategy: 'constant', fillValue: NaN }).fit([[1]]),
      'ERR_INVALID_ARGUMENT',
      'expected a finite fillValue, got NaN',
    ],
  ])('refuses %s', (_what, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
