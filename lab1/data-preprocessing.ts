import { join } from 'node:path';
import { type Table, writeCsv } from 'labmill/data';
import { saveTransformer, StandardScaler } from 'labmill/preprocessing';
import { step } from './options.ts';
import { featureNames, forecastRows, rawColumns, readFolder, stack } from './series.ts';

/**
 * Step 2: turns each series into rows to learn from and scales their features to mean 0 and variance 1.
 * The scaler learns from `train/` alone, transforms both, and is kept in `scaler.json`.
 */
await step(({ out }) => {
  const [train, test] = [rowsOf(join(out, 'train')), rowsOf(join(out, 'test'))];
  const scaler = new StandardScaler().fit(stack(train.values()).select(featureNames));
  for (const [part, tables] of [
    ['train', train],
    ['test', test],
  ] as const) {
    for (const [name, rows] of tables) writeCsv(join(out, 'scaled', part, `${name}.csv`), scaled(rows, scaler));
  }
  saveTransformer(join(out, 'scaler.json'), scaler);
  console.error(`data-preprocessing: ${train.size + test.size} series to scaled/, the scaler to scaler.json`);
});

function rowsOf(folder: string): Map<string, Table> {
  return new Map([...readFolder(folder, rawColumns)].map(([name, series]) => [name, forecastRows(series)]));
}

/** Returns the rows with their features scaled; the day and the temperature, which is the target, stay as they are. */
function scaled(rows: Table, scaler: StandardScaler): Table {
  const features = scaler.transform(rows.select(featureNames));
  return featureNames.reduce((table, name) => table.withColumn(name, features.numbers(name)), rows);
}
