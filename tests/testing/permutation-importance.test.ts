import { type MatrixLike, toMatrix } from 'labmill';
import { loadIris } from 'labmill/data';
import { StandardScaler } from 'labmill/preprocessing';
import { type Metric, permutationImportance } from 'labmill/testing';
import { LogisticRegression, Pipeline } from 'labmill/training';
import { describe, expect, test } from 'vitest';
import { importanceUnder } from '../../src/testing/permutation-importance.ts';
import { fixture } from '../support/fixture.ts';
import { displayed } from '../support/displayed.ts';
import { matrixMisses, misses } from '../support/misses.ts';

interface Case {
  readonly coef: number[][];
  readonly intercept: number[];
  readonly X: number[][];
  readonly y: number[];
  readonly permutations: number[][];
  readonly results: Record<string, { mean: number[]; std: number[]; values: number[][] }>;
}

// Expected values: scikit-learn, with its models and its permutations; see tests/fixtures/sklearn-selection.py.
const { classification, regression } = fixture('sklearn-selection') as { classification: Case; regression: Case };

/** The scores of a linear model, one row for each row of X. */
const linearScores = ({ coef, intercept }: Case, X: MatrixLike) => {
  const { data, rows, columns } = toMatrix(X);
  return Array.from({ length: rows }, (_, i) =>
    coef.map((weights, k) => weights.reduce((sum, w, j) => sum + w * data[i * columns + j]!, intercept[k]!)),
  );
};
const classifier = {
  predict: (X: MatrixLike) => linearScores(classification, X).map((row) => row.indexOf(Math.max(...row))),
};
const regressor = { predict: (X: MatrixLike) => linearScores(regression, X).map((row) => row[0]!) };

const iris = loadIris();
const flowers = iris.table.select(iris.featureNames);
const model = new Pipeline({ steps: [new StandardScaler()], estimator: new LogisticRegression() }).fit(flowers, iris.y);

describe('permutationImportance', () => {
  test.each([
    ['accuracy', classifier, classification],
    ['f1', classifier, classification],
    ['r2', regressor, regression],
    ['mae', regressor, regression],
    ['rmse', regressor, regression],
  ] as const)('under the permutations of scikit-learn gives its importances of %s', async (metric, linear, given) => {
    const { X, y, permutations, results } = given;
    const { features } = await importanceUnder(permutations, linear, X, y, { metric });
    const inOrder = features.toSorted((a, b) => (a.feature < b.feature ? -1 : 1));
    const { mean, std, values } = results[metric]!;
    expect(
      misses(
        inOrder.map((feature) => feature.mean),
        mean,
      ),
    ).toEqual([]);
    expect(
      misses(
        inOrder.map((feature) => feature.std),
        std,
      ),
    ).toEqual([]);
    expect(matrixMisses(toMatrix(inOrder.map((feature) => feature.values)), values)).toEqual([]);
  });

  test('lists the most important column first, by its name in a table', async () => {
    const { features, score } = await permutationImportance(model, flowers, iris.y, { metric: 'accuracy' });
    expect(features[0]).toMatchObject({ feature: 'petal width (cm)', values: { length: 5 } });
    expect(features.map(({ mean }) => mean)).toEqual(features.map(({ mean }) => mean).toSorted((a, b) => b - a));
    expect(score).toBe(model.score(flowers, iris.y));
  });

  test('gives the same for a matrix as for the table, under x0, x1, …', async () => {
    const options = { metric: 'accuracy', nRepeats: 3, randomState: 4 } as const;
    const byName = await permutationImportance(model, flowers, iris.y, options);
    const byPlace = await permutationImportance(model, iris.X, iris.y, options);
    expect(byPlace.features.map(({ values }) => values)).toEqual(byName.features.map(({ values }) => values));
    expect(byPlace.features[0]!.feature).toBe('x3');
  });

  test('leaves X as it is, and waits for a model that answers later', async () => {
    const X = iris.X.data.slice();
    const later = { predict: (rows: MatrixLike) => Promise.resolve(model.predict(rows)) };
    await permutationImportance(later, iris.X, iris.y, { metric: 'accuracy' });
    expect(iris.X.data).toEqual(X);
  });

  test('is 0 for a column that the model does not use', async () => {
    const firstOnly = { predict: (X: MatrixLike) => Array.from({ length: 4 }, (_, i) => toMatrix(X).data[2 * i]!) };
    const X = [1, 2, 3, 4].map((value) => [value, 10 * value]);
    const { features } = await permutationImportance(firstOnly, X, [1, 2, 3, 4], { metric: 'mae', randomState: 1 });
    expect(features).toMatchObject([{ feature: 'x0' }, { feature: 'x1', mean: 0, std: 0 }]);
  });

  test('draws the same permutations for the same randomState, others for another', async () => {
    const importance = async (randomState: number) =>
      (await permutationImportance(model, flowers, iris.y, { metric: 'accuracy', randomState })).features;
    expect(await importance(7)).toEqual(await importance(7));
    expect(await importance(8)).not.toEqual(await importance(7));
  });

  test('shows itself as a table', async () => {
    const result = await permutationImportance(model, flowers, iris.y, { metric: 'accuracy' });
    const { 'text/plain': text, 'text/html': html } = displayed(result);
    expect(text).toMatch(/^feature +fall of accuracy +standard deviation\npetal width \(cm\) +0\.\d+ +0\.\d+\n/);
    expect(html).toContain('<th>fall of accuracy</th>');
  });

  const [X, y] = [
    [[1], [2]],
    [1, 2],
  ];
  const echo = { predict: (rows: MatrixLike) => toMatrix(rows).data };
  const mae = { metric: 'mae' } as const;
  test.each([
    [
      'no model',
      () => permutationImportance({} as typeof echo, X, y, mae),
      'ERR_INVALID_ARGUMENT',
      'a model with a method predict(X)',
    ],
    [
      'an unknown metric',
      () => permutationImportance(echo, X, y, { metric: 'auc' as Metric }),
      'ERR_INVALID_ARGUMENT',
      'got "auc"',
    ],
    [
      'no repeats',
      () => permutationImportance(echo, X, y, { ...mae, nRepeats: 0 }),
      'ERR_INVALID_ARGUMENT',
      'a whole nRepeats of at least 1, got 0',
    ],
    [
      'a y of another length',
      () => permutationImportance(echo, X, [1], mae),
      'ERR_SHAPE',
      'expected y of length 2 (rows of X), got 1',
    ],
    [
      'too few predictions',
      () => permutationImportance({ predict: () => [1] }, X, y, mae),
      'ERR_SHAPE',
      'predict: expected 2 predictions',
    ],
    ['no rows', () => permutationImportance(echo, [], [], mae), 'ERR_EMPTY_DATA', 'expected at least one row'],
  ])('refuses %s', async (_what, act, code, message) => {
    await expect(act()).rejects.toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
