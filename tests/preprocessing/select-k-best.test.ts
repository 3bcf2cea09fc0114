import { loadBreastCancer, loadIris, loadWine, Table } from 'labmill/data';
import {
  ColumnTransformer,
  fClassif,
  SelectKBest,
  StandardScaler,
  type Transformer,
  transformerFromJSON,
} from 'labmill/preprocessing';
import { describe, expect, test } from 'vitest';
import { fixture } from '../support/fixture.ts';

// Expected values: scikit-learn, see tests/fixtures/sklearn-selection.py.
const { datasets, odd } = fixture('sklearn-selection') as {
  datasets: Record<string, { support: Record<string, number[]> }>;
  odd: { X: number[][]; y: number[]; support: Record<string, number[]> };
};
const kept = (selector: SelectKBest) => selector.getSupport().flatMap((isKept, j) => (isKept ? [j] : []));
const loaders = { iris: loadIris, wine: loadWine, 'breast-cancer': loadBreastCancer };
const iris = loadIris();
const flowers = iris.table.select(iris.featureNames);

describe('SelectKBest', () => {
  test.each(
    Object.entries(loaders).flatMap(([name, load]) =>
      Object.entries(datasets[name]!.support).map(([k, support]) => ({ k, support, ...load() })),
    ),
  )('keeps the $k columns of $name that scikit-learn keeps', ({ k, support, X, y }) => {
    expect(kept(new SelectKBest({ k: Number(k) }).fit(X, y))).toEqual(support);
  });

  test.each(Object.entries(odd.support))(
    'breaks ties as scikit-learn does, constant columns last: k = %s',
    (k, support) => {
      expect(kept(new SelectKBest({ k: Number(k) }).fit(odd.X, odd.y))).toEqual(support);
    },
  );

  test('makes a table of a table, with the kept columns in their order', () => {
    const selector = new SelectKBest({ k: 2 }).fit(flowers, iris.y);
    expect(selector.featureNamesOut).toEqual(['petal length (cm)', 'petal width (cm)']);
    expect(selector.transform(flowers)).toEqual(flowers.select(selector.featureNamesOut));
  });

  test('makes a matrix of a matrix', () => {
    const { data, rows, columns } = new SelectKBest({ k: 1 }).fitTransform(odd.X, odd.y);
    expect({ data: [...data], rows, columns }).toEqual({ data: [2, 2, 2, 5, 5, 5], rows: 6, columns: 1 });
  });

  test('has the scores and p-values of fClassif', () => {
    const selector = new SelectKBest().fit(iris.X, iris.y);
    expect({ F: selector.scores, pvalues: selector.pvalues }).toEqual(fClassif(iris.X, iris.y));
  });

  test('keeps ten columns unless told otherwise, and all of fewer', () => {
    const { X, y } = loadBreastCancer();
    expect(kept(new SelectKBest().fit(X, y))).toHaveLength(10);
    expect(kept(new SelectKBest().fit(iris.X, iris.y))).toEqual([0, 1, 2, 3]);
  });

  test('forgets the first fit at the second, and takes new options for it', () => {
    const selector = new SelectKBest({ k: 1 }).fit(iris.X, iris.y).setParams({ k: 2 });
    expect(kept(selector)).toHaveLength(1);
    expect(kept(selector.fit(odd.X, odd.y))).toEqual([3, 4]);
    expect(selector.getParams()).toEqual({ k: 2 });
  });

  test('comes back from JSON with scores that are no finite numbers', () => {
    const selector = new SelectKBest({ k: 3 }).fit(odd.X, odd.y);
    const restored = transformerFromJSON(JSON.parse(JSON.stringify(selector.toJSON()))) as SelectKBest;
    expect(restored.scores).toEqual(selector.scores);
    expect(restored.pvalues).toEqual(selector.pvalues);
    expect(restored.getSupport()).toEqual(selector.getSupport());
  });

  test('learns from y inside a ColumnTransformer', () => {
    const columns = new ColumnTransformer({
      transformers: [{ columns: iris.featureNames, steps: [new StandardScaler(), new SelectKBest({ k: 1 })] }],
    });
    expect(columns.fit(flowers, iris.y).featureNamesOut).toEqual(['petal length (cm)']);
  });

  const fitted = () => new SelectKBest({ k: 1 }).fit(flowers, iris.y);
  const asTransformer: Transformer = new SelectKBest();
  test.each([
    [
      'a k of 0',
      () => new SelectKBest({ k: 0 }).fit([[1]], ['a']),
      'ERR_INVALID_ARGUMENT',
      'a whole k of at least 1, got 0',
    ],
    ['half a column', () => new SelectKBest({ k: 1.5 }).fit([[1]], ['a']), 'ERR_INVALID_ARGUMENT', 'got 1.5'],
    [
      'no y',
      () => asTransformer.fit([[1]]),
      'ERR_INVALID_ARGUMENT',
      'SelectKBest.fit: expected y, the class of each row',
    ],
    [
      'a y of another length',
      () => new SelectKBest().fit([[1]], []),
      'ERR_SHAPE',
      'SelectKBest.fit: expected y of length 1',
    ],
    ['no fit', () => new SelectKBest().transform([[1]]), 'ERR_NOT_FITTED', 'SelectKBest: expected fit(X, y)'],
    ['no fit before a learned value', () => new SelectKBest().scores, 'ERR_NOT_FITTED', 'expected fit(X, y)'],
    ['another width', () => fitted().transform([[1]]), 'ERR_SHAPE', 'SelectKBest.transform: expected 4 columns'],
    ['a missing column', () => fitted().transform(Table.fromColumns({ a: [1] })), 'ERR_COLUMN', 'got none named'],
  ])('refuses %s', (_what, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
