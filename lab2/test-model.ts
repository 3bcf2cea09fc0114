import { join } from 'node:path';
import { writeFileAtomic } from 'labmill';
import { loadTransformer, type SelectKBest } from 'labmill/preprocessing';
import { permutationImportance, recall, scoreInterval } from 'labmill/testing';
import { loadModel } from 'labmill/training';
import { step } from './options.ts';
import { readSources, type Report } from './report.ts';
import { readLabelled } from './rows.ts';

/**
 * Step 6: loads the model, scores it on `test.csv`, prints the accuracy and writes `report.json`. This is the quality
 * gate: an accuracy below `--threshold` ends it with exit code 1.
 */
await step(async ({ out, threshold, randomState }) => {
  const { X: all, y } = readLabelled(out, 'test.csv');
  const { model, trainingData } = loadModel(join(out, 'model.json'));
  const X = all.select(model.schema.features.map(({ name }) => name));
  const predicted = model.predict(X) as string[];
  const { value: score, ci } = scoreInterval('accuracy', y, predicted, 0.95);
  const { features } = await permutationImportance(model, X, y, { metric: 'accuracy', nRepeats: 20, randomState });
  const scoreOf = anovaScores(loadTransformer(join(out, 'selector.json')) as SelectKBest);
  const report: Report = {
    sources: readSources(out),
    rows: { train: trainingData?.rows, test: y.length },
    features: features.map(({ feature, mean, std }) => ({
      name: feature,
      ...scoreOf(feature),
      importance: { mean, std },
    })),
    metric: 'accuracy',
    score,
    interval: ci,
    recallOfMalignant: recall(y, predicted, { positive: 'malignant' }),
    threshold,
    passed: score >= threshold,
  };
  writeFileAtomic(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);

  console.error(`test-model: interval of the accuracy ${ci.map((bound) => bound.toFixed(3)).join('–')}`);
  console.error(`test-model: ${(100 * report.recallOfMalignant).toFixed(1)} % of the malignant tumours found`);
  console.log(`Model test accuracy is: ${score.toFixed(3)}`);
  const [verdict, relation] = report.passed ? ['passed', 'at least'] : ['failed', 'below'];
  console.error(
    `test-model: quality gate ${verdict}: accuracy ${score.toFixed(4)} is ${relation} the threshold ${threshold}`,
  );
  if (!report.passed) process.exitCode = 1;
});

/** Returns a function that gives F and p of a feature by its name. */
function anovaScores({ schema, scores, pvalues }: SelectKBest): (name: string) => { F: number; p: number } {
  const byName = new Map(schema.features.map(({ name }, j) => [name, { F: scores[j]!, p: pvalues[j]! }]));
  return (name) => byName.get(name)!;
}
