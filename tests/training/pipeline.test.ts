import { loadIris, Table } from 'labmill/data';
import { ColumnTransformer, OneHotEncoder, SelectKBest, SimpleImputer, StandardScaler } from 'labmill/preprocessing';
import { LinearRegression, LogisticRegression, Pipeline } from 'labmill/training';
import { describe, expect, test } from 'vitest';
import { misses } from '../support/misses.ts';

const passengers = Table.fromColumns({
  Age: [22, NaN, 26, 35, 54, 4],
  Sex: ['male', 'female', 'female', 'male', 'male', 'female'],
  Fare: [7.25, 71.3, 7.9, 8.05, 51.9, 16.7],
});
const survived = ['no', 'yes', 'yes', 'no', 'no', 'yes'];
const bySex = () =>
  new Pipeline({
    steps: [
      new ColumnTransformer({
        transformers: [
          { columns: ['Age'], steps: [new SimpleImputer(), new StandardScaler()] },
          { columns: ['Sex'], steps: [new OneHotEncoder()] },
        ],
      }),
    ],
    estimator: new LogisticRegression<string>(),
  });

describe('Pipeline', () => {
  test('predicts from columns with gaps and categories', () => {
    const model = bySex().fit(passengers, survived);
    expect(model.predict(Table.fromRecords([{ Sex: 'female', Age: null }]))).toEqual(['yes']);
    expect(model.score(passengers, survived)).toBe(1);
  });

  test('does the same as its parts, one after the other', () => {
    const { X, y } = loadIris();
    const scaler = new StandardScaler();
    const alone = new LogisticRegression().fit(scaler.fitTransform(X), y);
    const model = new Pipeline({ steps: [new StandardScaler()], estimator: new LogisticRegression() }).fit(X, y);
    expect(model.predictProba(X)).toEqual(alone.predictProba(scaler.transform(X)));
  });

  test('hands y to a step that learns from it', () => {
    const { X, y } = loadIris();
    const steps = [new StandardScaler(), new SelectKBest({ k: 2 })];
    const model = new Pipeline({ steps, estimator: new LogisticRegression() }).fit(X, y);
    expect(model.steps[1]!.featureNamesOut).toEqual(['x2', 'x3']);
    expect(model.estimator.schema.features).toHaveLength(2);
  });

  test('puts parts together that are fitted already', () => {
    const scaler = new StandardScaler().fit([[0], [10]]);
    const estimator = new LinearRegression().fit(scaler.transform([[0], [10]]), [1, 3]);
    expect(misses(new Pipeline({ steps: [scaler], estimator }).predict([[5]]), [2])).toEqual([]);
  });

  test('is its estimator when it has no steps', () => {
    expect(
      misses(new Pipeline({ estimator: new LinearRegression() }).fit([[1], [2]], [2, 4]).predict([[3]]), [6]),
    ).toEqual([]);
  });

  test('names the columns it expects, before any step', () => {
    expect(bySex().fit(passengers, survived).schema.features).toEqual([
      { name: 'Age', type: 'number' },
      { name: 'Sex', type: 'string' },
    ]);
  });

  const regression = new Pipeline({ estimator: new LinearRegression() });
  test.each([
    [
      'a y of another length',
      () => bySex().fit(passengers, ['no']),
      'ERR_SHAPE',
      'LogisticRegression.fit: expected y of length 6',
    ],
    [
      'a missing column',
      () =>
        bySex()
          .fit(passengers, survived)
          .predict(passengers.drop(['Sex'])),
      'ERR_COLUMN',
      'got none named "Sex"',
    ],
    [
      'probabilities of a regressor',
      () => regression.fit([[1], [2]], [1, 2]).predictProba([[1]]),
      'ERR_INVALID_ARGUMENT',
      'expected a classifier, got a regressor',
    ],
    ['no fit of its steps', () => bySex().predict(passengers), 'ERR_NOT_FITTED', 'ColumnTransformer: expected fit(X)'],
    [
      'no fit of its estimator',
      () => new Pipeline({ estimator: new LinearRegression() }).predict([[1]]),
      'ERR_NOT_FITTED',
      'LinearRegression: expected fit',
    ],
  ])('refuses %s', (_what, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
