import { join } from 'node:path';
import { saveTransformer, SelectKBest } from 'labmill/preprocessing';
import { step } from './options.ts';
import { readLabelled } from './rows.ts';

/**
 * Step 4: picks the features that tell malignant from benign best, each looked at alone, and keeps the choice in
 * `selector.json`. It comes after the split: a feature picked with the help of the test rows has seen their answers.
 */
await step(({ out, k }) => {
  const { X, y } = readLabelled(out, 'train.csv');
  const selector = new SelectKBest({ k }).fit(X, y);
  saveTransformer(join(out, 'selector.json'), selector);
  console.error(`select-features: ${selector.featureNamesOut.join(', ')}`);
});
