import { Table } from 'labmill/data';
import {
  ColumnTransformer,
  MinMaxScaler,
  OneHotEncoder,
  SelectKBest,
  SimpleImputer,
  StandardScaler,
  type Transformer,
} from 'labmill/preprocessing';
import { LogisticRegression, Pipeline } from 'labmill/training';
import { expect, test } from 'vitest';
import { servedModel } from '../../src/serving/served-model.ts';
import { passengerModel } from '../support/served-models.ts';

const y = ['no', 'no', 'yes', 'yes'];
const X = Table.fromColumns({ n: [1, 2, 3, 4], s: ['a', 'b', 'a', null] });

function fieldsAfter(...steps: Transformer[]): unknown[] {
  return servedModel(new Pipeline({ steps, estimator: new LogisticRegression() }).fit(X, y)).fields as unknown[];
}

function transformed(n: Transformer[], s: Transformer[]): Transformer {
  return new ColumnTransformer({
    transformers: [
      { columns: ['n'], steps: n },
      { columns: ['s'], steps: s },
    ],
  });
}

test('a filled number is optional, a category is one of those learned', () => {
  expect(servedModel(passengerModel()).fields).toMatchObject([
    { name: 'class', type: 'number', isOptional: false, isClosed: true, categories: [1, 2, 3], example: 1 },
    { name: 'sex', type: 'string', isOptional: false, isClosed: true, categories: ['female', 'male'] },
    { name: 'age', type: 'number', isOptional: true, isClosed: false, categories: undefined, example: 32.7 },
  ]);
});

test('a category that was missing in training is optional', () => {
  expect(fieldsAfter(transformed([], [new OneHotEncoder()]))).toMatchObject([
    { name: 'n', isOptional: false, example: 1 },
    { name: 's', isOptional: true, isClosed: true, categories: ['a', 'b'] },
  ]);
});

test('an encoder that ignores unknown categories leaves them open', () => {
  const [, s] = fieldsAfter(transformed([], [new OneHotEncoder({ handleUnknown: 'ignore' })]));
  expect(s).toMatchObject({ isOptional: true, isClosed: false, categories: ['a', 'b'] });
});

test('filled strings that are then encoded are optional', () => {
  const fill = new SimpleImputer({ strategy: 'constant', fillValue: 'none' });
  const [, s] = fieldsAfter(transformed([], [fill, new OneHotEncoder()]));
  expect(s).toMatchObject({ isOptional: true, isClosed: true, categories: ['a', 'b', 'none'] });
});

test('scaled numbers that are then encoded have no categories of their own', () => {
  const [n] = fieldsAfter(transformed([new MinMaxScaler(), new OneHotEncoder()], [new OneHotEncoder()]));
  expect(n).toMatchObject({ isOptional: false, isClosed: false, categories: undefined, example: 2.5 });
});

test('a column that goes nowhere may be missing', () => {
  const numbers = Table.fromColumns({ good: [1, 2, 3, 4], noise: [1, 0, 0, 1] });
  const steps = [new StandardScaler(), new SelectKBest({ k: 1 })];
  const model = new Pipeline({ steps, estimator: new LogisticRegression() }).fit(numbers, y);
  expect(servedModel(model).fields).toMatchObject([
    { name: 'good', isOptional: false },
    { name: 'noise', isOptional: true },
  ]);
});
