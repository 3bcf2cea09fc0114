import { loadIris } from 'labmill/data';
import { StandardScaler } from 'labmill/preprocessing';
import { startPredictionServer } from 'labmill/serving';
import { LogisticRegression, Pipeline } from 'labmill/training';
import { expect, test } from 'vitest';

test('a model is served, called and stopped', async () => {
  const { table, featureNames, y } = loadIris();
  const model = new Pipeline({ steps: [new StandardScaler()], estimator: new LogisticRegression() });
  model.fit(table.select(featureNames), y);

  const server = await startPredictionServer(model, { name: 'iris', port: 0 });
  const answer = await fetch(`${server.url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rows: table.select(featureNames).head(2).records() }),
  });

  expect(await answer.json()).toMatchObject({ predictions: ['setosa', 'setosa'], model: { name: 'iris' } });
  await server.close();
});
