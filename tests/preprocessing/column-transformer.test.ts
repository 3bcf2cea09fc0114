import { Table } from 'labmill/data';
import { type Category, ColumnTransformer, OneHotEncoder, SimpleImputer, StandardScaler } from 'labmill/preprocessing';
import { describe, expect, test } from 'vitest';
import { matrixMisses } from '../support/misses.ts';
import { fixture } from '../support/fixture.ts';

// Expected values: scikit-learn, see tests/fixtures/sklearn-preprocessing.py.
const { mixed } = fixture('sklearn-preprocessing') as { mixed: { X: Category[][]; transformed: number[][] } };
const names = ['age', 'sex', 'fare'] as const;
const table = Table.fromRecords(mixed.X.map((row) => Object.fromEntries(names.map((name, j) => [name, row[j]!]))));

const byName = (remainder: 'drop' | 'passthrough' = 'passthrough') =>
  new ColumnTransformer({
    transformers: [
      { columns: ['age'], steps: [new SimpleImputer(), new StandardScaler()] },
      { columns: ['sex'], steps: [new OneHotEncoder()] },
    ],
    remainder,
  });

describe('ColumnTransformer', () => {
  test('puts the results side by side as scikit-learn does', () => {
    expect(matrixMisses(byName().fitTransform(table).toMatrix(), mixed.transformed)).toEqual([]);
  });

  test('calls the columns of rows x0, x1, …', () => {
    const transformer = new ColumnTransformer({
      transformers: [
        { columns: ['x0'], steps: [new SimpleImputer(), new StandardScaler()] },
        { columns: ['x1'], steps: [new OneHotEncoder()] },
      ],
      remainder: 'passthrough',
    });
    expect(matrixMisses(transformer.fitTransform(mixed.X), mixed.transformed)).toEqual([]);
  });

  test('names what it returns', () => {
    expect(byName().fit(table).featureNamesOut).toEqual(['age', 'sex_female', 'sex_male', 'fare']);
  });

  test('drops the remainder unless told to pass it through', () => {
    expect(byName('drop').fitTransform(table).columnNames).toEqual(['age', 'sex_female', 'sex_male']);
  });

  test('transforms later rows by what it learned', () => {
    const later = Table.fromColumns({ fare: [1], sex: ['male'], age: [NaN] });
    const expected = { age: 0, sex_female: 0, sex_male: 1, fare: 1 };
    expect(byName().fit(table).transform(later).records()).toEqual([expected]);
  });

  test('does not ask for columns that it drops', () => {
    const later = Table.fromColumns({ sex: ['male'], age: [NaN] });
    expect(byName('drop').fit(table).transform(later).records()).toEqual([{ age: 0, sex_female: 0, sex_male: 1 }]);
  });

  const twice = new ColumnTransformer({
    transformers: [
      { columns: ['age'], steps: [] },
      { columns: ['age'], steps: [] },
    ],
  });
  test.each([
    [
      'a missing column',
      () => byName().fit(table.drop(['sex'])),
      'ERR_COLUMN',
      'ColumnTransformer.fit: expected the columns "sex", got none named "sex"',
    ],
    ['results of the same name', () => twice.fit(table), 'ERR_COLUMN', 'expected distinct names, got "age" twice'],
    ['another remainder', () => byName('keep' as 'drop').fit(table), 'ERR_INVALID_ARGUMENT', 'got "keep"'],
    ['no fit', () => byName().transform(table), 'ERR_NOT_FITTED', 'ColumnTransformer: expected fit(X)'],
  ])('refuses %s', (_what, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
