import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Estimator, type Pipeline, saveModel } from 'labmill/training';
import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { passengerModel, planeModel } from '../support/served-models.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Outcome {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

async function predict(model: Pipeline | Estimator, csv: string, ...flags: string[]): Promise<Outcome> {
  const [path, input] = ['model.json', 'rows.csv'].map((name) => join(temporaryFolder(), name)) as [string, string];
  saveModel(path, model);
  writeFileSync(input, csv);
  let [out, err] = ['', ''];
  const exitCode = await runCommandLine(['predict', path, input, ...flags], {
    writeOut: (text) => void (out += text),
    writeErr: (text) => void (err += text),
  });
  return { exitCode, out, err: err.replaceAll(input, 'rows.csv') };
}

const passengers = 'age,ticket,sex,class\n29,x,female,1\n,y,male,3\n';

describe('labmill predict', () => {
  test('prints a prediction for each row, as CSV', async () => {
    const { exitCode, out } = await predict(passengerModel(), passengers);
    expect([exitCode, out]).toEqual([0, 'prediction\nsurvived\ndied\n']);
  });

  test('prints numbers of a regressor', async () => {
    const { out } = await predict(planeModel(), 'b,a\n1,0\n0,0.5\n');
    expect(out.split('\n').map(Number)).toEqual([NaN, expect.closeTo(4, 9), expect.closeTo(2, 9), 0]);
  });

  test('adds the probability of each class with --proba', async () => {
    const { out } = await predict(passengerModel(), passengers, '--proba');
    const [head, first] = out.split('\n').map((line) => line.split(','));
    expect(head).toEqual(['prediction', 'probability_died', 'probability_survived']);
    expect(Number(first![1]) + Number(first![2])).toBeCloseTo(1, 12);
  });

  test('prints JSON like the server with --json', async () => {
    const { out } = await predict(passengerModel(), passengers, '--json', '--proba');
    expect(JSON.parse(out)).toEqual({
      predictions: ['survived', 'died'],
      probabilities: [{ died: expect.any(Number), survived: expect.any(Number) }, expect.anything()],
      model: { name: 'model', version: expect.stringMatching(/^[0-9a-f]{12}$/) },
    });
  });

  test('writes a file with --output', async () => {
    const path = join(temporaryFolder(), 'predictions.csv');
    expect(await predict(passengerModel(), passengers, '--output', path)).toMatchObject({ exitCode: 0, out: '' });
    expect(readFileSync(path, 'utf8')).toBe('prediction\nsurvived\ndied\n');
  });

  test.each([
    [
      'missing columns',
      'sex\nmale\n',
      'ERR_COLUMN: input: expected the columns "class", "sex", "age", got none named "class"',
    ],
    ['a wrong value', 'class,sex\n1,male\nx,male\n', 'ERR_CSV: rows.csv:3, column "class": expected a number, got "x"'],
    [
      'an unknown category',
      'class,sex\n1,F\n',
      'ERR_INPUT: row 1, column "sex": expected one of "female", "male", got "F"',
    ],
    ['a gap', 'class,sex\n,male\n', 'ERR_INPUT: row 1, column "class": expected one of 1, 2, 3, got nothing'],
    ['no rows', 'class,sex\n', 'ERR_INPUT: rows: expected at least one row, got none'],
  ])('ends with 1 for %s', async (_, csv, message) => {
    expect(await predict(passengerModel(), csv)).toMatchObject({ exitCode: 1, err: expect.stringContaining(message) });
  });

  test('ends with 2 when probabilities of a regressor are asked for', async () => {
    expect(await predict(planeModel(), 'a,b\n1,1\n', '--proba')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--proba: expected a classifier, got a regressor'),
    });
  });
});
