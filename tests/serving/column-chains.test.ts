import fc from 'fast-check';
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
import { LinearRegression, LogisticRegression, Pipeline } from 'labmill/training';
import { describe, expect, test } from 'vitest';
import { csvInput } from '../../src/serving/csv-input.ts';
import { readInput } from '../../src/serving/read-input.ts';
import { servedModel } from '../../src/serving/served-model.ts';
import { passengers } from '../support/served-models.ts';

const numbers = ['age', 'fare'];
const table = passengers
  .withColumn('fare', [80, 7, NaN, 8, 52, 13, 16, 31])
  .withColumn('deck', ['a', null, 'b', null, 'a', 'b', 'b', null]);

const y = ['s', 'd', 's', 'd', 'd', 's', 's', 'd'];
const scaled = [new SimpleImputer(), new StandardScaler()];

const preparations: readonly (readonly [string, readonly Transformer[]])[] = [
  ['an imputer and a scaler', [new ColumnTransformer({ transformers: [{ columns: numbers, steps: scaled }] })]],
  [
    'scaling without mean, by median',
    [
      new ColumnTransformer({
        transformers: [
          {
            columns: ['fare'],
            steps: [new StandardScaler({ withMean: false }), new SimpleImputer({ strategy: 'median' })],
          },
          { columns: ['age'], steps: [new SimpleImputer({ strategy: 'constant', fillValue: -1 })] },
        ],
      }),
      new StandardScaler({ withStd: false }),
    ],
  ],
  [
    'a clipped range',
    [
      new ColumnTransformer({
        transformers: [
          { columns: ['age'], steps: [new MinMaxScaler({ featureRange: [-1, 2], clip: true }), new SimpleImputer()] },
          { columns: ['class'], steps: [new MinMaxScaler()] },
        ],
      }),
    ],
  ],
  [
    'categories, one of them missing, and what is left',
    [
      new ColumnTransformer({
        transformers: [
          { columns: ['sex', 'class'], steps: [new OneHotEncoder({ drop: 'if_binary' })] },
          { columns: ['deck'], steps: [new OneHotEncoder({ handleUnknown: 'ignore' })] },
          { columns: numbers, steps: [new SimpleImputer()] },
        ],
        remainder: 'passthrough',
      }),
    ],
  ],
  [
    'strings that are filled, then encoded, then selected',
    [
      new ColumnTransformer({
        transformers: [
          { columns: ['deck', 'sex'], steps: [new SimpleImputer({ strategy: 'most_frequent' }), new OneHotEncoder()] },
          { columns: numbers, steps: scaled },
        ],
      }),
      new SelectKBest({ k: 3 }),
      new MinMaxScaler(),
    ],
  ],
];

const passenger = fc.record({
  class: fc.constantFrom(1, 2, 3),
  sex: fc.constantFrom('female', 'male'),
  age: fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(NaN)),
  fare: fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(NaN)),
  deck: fc.constantFrom('a', 'b', null),
});

describe('a served model predicts exactly what the model itself does', () => {
  test.each(preparations)('after %s', (_, steps) => {
    const model = new Pipeline({ steps, estimator: new LogisticRegression() }).fit(table, y);
    const served = servedModel(model);
    fc.assert(
      fc.property(fc.array(passenger, { minLength: 1, maxLength: 4 }), (rows) => {
        const X = Table.fromRecords(rows).withColumn('deck', {
          type: 'string',
          values: rows.map(({ deck }) => deck),
        });
        const { predictions, probabilities } = served.predict(
          readInput(
            served.fields,
            csvInput(served.fields, () => X),
          ),
        );
        expect(predictions).toEqual(model.predict(X));
        expect(probabilities!.flatMap((row) => Object.values(row))).toEqual([...model.predictProba(X).data]);
      }),
    );
  });

  test('by place, when it was fitted on a matrix', () => {
    const X = { data: Float64Array.of(1, 2, NaN, 4, 5, 5), rows: 3, columns: 2 };
    const steps = [new SimpleImputer(), new MinMaxScaler()];
    const model = new Pipeline({ steps, estimator: new LinearRegression() }).fit(X, [1, 2, 4]);
    const served = servedModel(model);
    expect(served.predict({ rowCount: 3, cells: [1, 2, null, 4, 5, 5] }).predictions).toEqual([...model.predict(X)]);
  });

  test('when parts that were fitted apart are put together', () => {
    const X = Table.fromColumns({ a: [1, 2, 3], b: [5, 4, 9] });
    const estimator = new LinearRegression().fit(X.select(['b', 'a']), [1, 2, 4]);
    const model = new Pipeline({ steps: [new StandardScaler().fit(X)], estimator });
    const served = servedModel(model);
    expect(served.predict({ rowCount: 1, cells: [2, 4] }).predictions).toEqual([...model.predict(X.rows([1]))]);
  });
});
