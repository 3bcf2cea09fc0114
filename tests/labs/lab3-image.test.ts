import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { createPredictionServer } from 'labmill/serving';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(root, 'lab3/README.md'), 'utf8');

test('the model that is built into the image answers as the README of lab 3 says, and is the notebook’s', async () => {
  const path = join(temporaryFolder(), 'iris.json');
  await execa('node', ['docker/train-model.ts', path], { cwd: root });
  const server = await createPredictionServer(path);
  onTestFinished(() => server.close());

  const [, body] = /-d '(.*)'/.exec(readme)!;
  const headers = { 'content-type': 'application/json' };
  const answer = await server.inject({ method: 'POST', url: '/predict', headers, body: body! });
  const [, shown] = /```json\n(.*?)```/s.exec(readme)!;
  expect(JSON.parse(answer.body)).toEqual(JSON.parse(shown!));
  expect(readFileSync(join(root, 'lab3/lab3.ipynb'), 'utf8')).toContain(JSON.parse(answer.body).model.version);
});
