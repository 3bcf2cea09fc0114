import { join } from 'node:path';
import { writeCsv } from 'labmill/data';
import { trainTestIndices } from 'labmill/preprocessing';
import { step } from './options.ts';
import { featureNames, readRows } from './rows.ts';

/** Step 3: splits the tumours into `train.csv` and `test.csv`, with the same share of malignant ones in both. */
await step(({ out, testSize, randomState }) => {
  const tumours = readRows(out, 'tumours.csv', featureNames, ['diagnosis']);
  const stratify = tumours.strings('diagnosis').map(String);
  const { train, test } = trainTestIndices(tumours.rowCount, { testSize, stratify, randomState });
  writeCsv(join(out, 'train.csv'), tumours.rows(train));
  writeCsv(join(out, 'test.csv'), tumours.rows(test));
  console.error(`split-data: ${train.length} tumours to train.csv, ${test.length} to test.csv`);
});
