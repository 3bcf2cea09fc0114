import { Table } from 'labmill/data';
import {
  ColumnTransformer,
  MinMaxScaler,
  OneHotEncoder,
  SelectKBest,
  SimpleImputer,
  StandardScaler,
  type Transformer,
  transformerFromJSON,
} from 'labmill/preprocessing';
import { describe, expect, test } from 'vitest';

const table = Table.fromColumns({ a: [1 / 3, 2, NaN, 1e-300], s: ['x', null, 'y', 'x'], b: [0.1 + 0.2, 7, 5, 3] });
const numbers = table.select(['a', 'b']);
const labels = ['no', 'yes', 'yes', 'no'];
const copy = (transformer: Transformer) => transformerFromJSON(JSON.parse(JSON.stringify(transformer.toJSON())));

describe('transformerFromJSON', () => {
  test.each([
    ['StandardScaler', new StandardScaler({ withMean: false }), numbers],
    ['MinMaxScaler', new MinMaxScaler({ featureRange: [-1, 2], clip: true }), numbers],
    ['SimpleImputer', new SimpleImputer({ strategy: 'constant', fillValue: 4 }), numbers],
    ['OneHotEncoder', new OneHotEncoder({ drop: 'first', handleUnknown: 'ignore' }), table],
    ['SelectKBest', new SelectKBest({ k: 1 }), table.select(['b'])],
    [
      'ColumnTransformer',
      new ColumnTransformer({
        transformers: [
          { columns: ['a'], steps: [new SimpleImputer(), new StandardScaler()] },
          { columns: ['s'], steps: [new OneHotEncoder()] },
        ],
        remainder: 'passthrough',
      }),
      table,
    ],
  ] as const)('makes a %s that is equal to the last digit', (_kind, transformer: Transformer, X) => {
    const restored = copy(transformer.fit(X, labels));
    expect(restored).toBeInstanceOf(transformer.constructor);
    expect(restored.transform(X).records()).toEqual(transformer.transform(X).records());
    expect(restored.toJSON()).toEqual(transformer.toJSON());
  });

  const state = new StandardScaler().fit(numbers).toJSON();
  test.each([
    ['nothing', null],
    ['another kind', { ...state, kind: 'RobustScaler' }],
    ['a negative scale', { ...state, learned: state.learned.map((column) => ({ ...column, scale: -1 })) }],
    ['a field too many', { ...state, code: 'process.exit()' }],
    ['fewer learned columns than features', { ...state, learned: state.learned.slice(1) }],
  ])('refuses %s', (_what, value) => {
    expect(() => transformerFromJSON(value)).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARGUMENT',
        message: expect.stringContaining("not a transformer's state"),
      }),
    );
  });

  test('needs a fitted transformer', () => {
    expect(() => new MinMaxScaler().toJSON()).toThrow(expect.objectContaining({ code: 'ERR_NOT_FITTED' }));
  });
});
