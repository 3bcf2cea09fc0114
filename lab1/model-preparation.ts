import { join } from 'node:path';
import { LinearRegression, saveModel } from 'labmill/training';
import { step } from './options.ts';
import { featureNames, readFolder, scaledColumns, stack } from './series.ts';

/** Step 3: fits a linear regression on the scaled rows of `train/` and saves it to `model.json`. */
await step(({ out }) => {
  const rows = stack(readFolder(join(out, 'scaled', 'train'), scaledColumns).values());
  const [X, y] = [rows.select(featureNames), rows.numbers('temperature')];
  const model = new LinearRegression().fit(X, y);
  saveModel(join(out, 'model.json'), model, { metrics: { r2: model.score(X, y) }, trainingData: { X, y } });
  console.error(`model-preparation: fitted on ${rows.rowCount} days, R² there ${model.score(X, y).toFixed(3)}`);
});
