import { join } from 'node:path';
import { Table } from 'labmill/data';
import { ColumnTransformer, OneHotEncoder, SimpleImputer, StandardScaler, trainTestSplit } from 'labmill/preprocessing';
import { loadModel, LogisticRegression, Pipeline, saveModel } from 'labmill/training';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const passengers = Table.fromColumns({
  Age: [22, 38, 26, 35, null, 54, 2, 27, 14, 4, 58, 20],
  Sex: ['male', 'female', 'female', 'female', 'male', 'male', 'male', 'female', 'female', 'female', 'female', 'male'],
});
const survived = ['no', 'yes', 'yes', 'yes', 'no', 'no', 'no', 'yes', 'yes', 'yes', 'yes', 'no'];

test('gaps are filled and categories encoded by what the training rows taught', () => {
  const split = trainTestSplit(passengers, survived, { testSize: 0.25, stratify: survived, randomState: 1 });
  const columns = new ColumnTransformer({
    transformers: [
      { columns: ['Age'], steps: [new SimpleImputer({ strategy: 'median' }), new StandardScaler()] },
      { columns: ['Sex'], steps: [new OneHotEncoder({ drop: 'first' })] },
    ],
  });
  const model = new Pipeline({ steps: [columns], estimator: new LogisticRegression({ C: 10 }) });
  model.fit(split.XTrain, split.yTrain);
  expect(model.score(split.XTest, split.yTest)).toBe(1);

  const path = join(temporaryFolder(), 'model.json');
  saveModel(path, model, { metrics: { accuracy: 1 }, trainingData: { X: split.XTrain, y: split.yTrain } });

  const loaded = loadModel(path);
  expect(loaded.model.predict(Table.fromRecords([{ Sex: 'female', Age: null }]))).toEqual(['yes']);
});
