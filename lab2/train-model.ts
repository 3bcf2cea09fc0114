import { join } from 'node:path';
import { loadTransformer, StandardScaler } from 'labmill/preprocessing';
import { LogisticRegression, Pipeline, saveModel } from 'labmill/training';
import { step } from './options.ts';
import { readLabelled } from './rows.ts';

/** Step 5: fits a logistic regression on the selected features of `train.csv`, scaled, and saves it to `model.json`. */
await step(({ out }) => {
  const { X: all, y } = readLabelled(out, 'train.csv');
  const X = loadTransformer(join(out, 'selector.json')).transform(all);
  const model = new Pipeline({ steps: [new StandardScaler()], estimator: new LogisticRegression() }).fit(X, y);
  const accuracy = model.score(X, y);
  saveModel(join(out, 'model.json'), model, { metrics: { accuracy }, trainingData: { X, y } });
  console.error(`train-model: fitted on ${y.length} tumours, accuracy there ${accuracy.toFixed(3)}`);
});
