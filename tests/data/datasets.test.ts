import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sha256 } from 'labmill';
import {
  type ClassificationDataset,
  loadBreastCancer,
  loadDiabetes,
  loadIris,
  loadSeattleWeather,
  loadWine,
} from 'labmill/data';
import { describe, expect, test } from 'vitest';
import { bundledTable } from '../../src/data/bundled-table.ts';
import fixture from '../fixtures/datasets.json' with { type: 'json' };
import { temporaryFolder } from '../support/temporary-folder.ts';

const bytesOf = (values: Float64Array): Uint8Array => new Uint8Array(values.buffer);
const codes = ({ y, targetNames }: ClassificationDataset): string =>
  y.map((label) => targetNames.indexOf(label)).join('');

// What scikit-learn 1.9.1 gives for the same sets: tests/fixtures/datasets.py.
describe.each([
  { name: 'iris', load: loadIris, expected: fixture.iris },
  { name: 'wine', load: loadWine, expected: fixture.wine },
  { name: 'breast-cancer', load: loadBreastCancer, expected: fixture['breast-cancer'] },
])('$name is what scikit-learn gives', ({ name, load, expected }) => {
  const dataset = load();

  test('in every bit of X', () => {
    expect(dataset.X).toMatchObject({ rows: expected.rows, columns: expected.columns });
    expect(sha256(bytesOf(dataset.X.data))).toBe(expected.sha256);
  });

  test('in the names and the classes', () => {
    expect(dataset.name).toBe(name);
    expect(dataset.featureNames).toEqual(expected.featureNames);
    expect(dataset.targetNames).toEqual(expected.targetNames);
    expect(codes(dataset)).toBe(expected.classCodes);
  });

  test('and the table holds both', () => {
    expect(dataset.table.toMatrix(dataset.featureNames)).toEqual(dataset.X);
    expect(dataset.table.strings(dataset.targetColumn)).toEqual(dataset.y);
  });
});

describe('diabetes is what scikit-learn gives', () => {
  test('unscaled, in every bit', () => {
    const { X, y, featureNames } = loadDiabetes({ scaled: false });
    expect(featureNames).toEqual(fixture.diabetes.featureNames);
    expect(sha256(bytesOf(X.data))).toBe(fixture.diabetes.sha256);
    expect(sha256(bytesOf(y))).toBe(fixture.diabetes.targetSha256);
  });

  test.each([
    ['first', 0, fixture.diabetes.scaledFirstRow],
    ['last', 4410, fixture.diabetes.scaledLastRow],
  ])('scaled as by default, in the %s row', (_, start, expected) => {
    const row = loadDiabetes().X.data.subarray(start, start + 10);
    const differences = expected.map((value, j) => Math.abs(value - row[j]!));
    expect(Math.max(...differences)).toBeLessThan(1e-15);
  });

  test('scaled: each feature has mean 0 and a sum of squares of 1; the target stays', () => {
    const { table, y } = loadDiabetes();
    expect(table.describe().numbers('s5')[1]).toBeCloseTo(0, 15);
    expect(table.numbers('s5').reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
    expect(y).toEqual(loadDiabetes({ scaled: false }).y);
  });
});

// What pandas 3.1.1 reads from the file of vega-datasets 3.2.1: tests/fixtures/datasets.py.
describe('seattle-weather is what vega-datasets publishes', () => {
  const expected = fixture['seattle-weather'];
  const { table, X, y } = loadSeattleWeather();

  test('in every feature, and in the sum of the target', () => {
    expect(sha256(bytesOf(X.data))).toBe(expected.sha256);
    expect(y.reduce((sum, value) => sum + value, 0)).toBeCloseTo(expected.temperatureMaxSum, 8);
  });

  test('for each day from the first to the last', () => {
    const dates = table.strings('date');
    expect([dates[0], dates.at(-1)]).toEqual(expected.dates);
    const steps = new Set(dates.slice(1).map((date, i) => Date.parse(date!) - Date.parse(dates[i]!)));
    expect(steps).toEqual(new Set([86_400_000]));
  });

  test.each(Object.entries(expected.weatherCounts))('in the number of days with %s', (weather, count) => {
    expect(table.strings('weather').filter((word) => word === weather)).toHaveLength(count);
  });
});

describe('every bundled data set', () => {
  const readme = readFileSync(new URL('../../datasets/README.md', import.meta.url), 'utf8');

  test.each([loadBreastCancer(), loadDiabetes(), loadIris(), loadSeattleWeather(), loadWine()])(
    '$name has notes, and its sha256 is in datasets/README.md',
    ({ name, description, source, licence }) => {
      const bytes = readFileSync(new URL(`../../datasets/${name}.csv`, import.meta.url));
      expect(readme).toContain(sha256(bytes));
      expect(Math.min(description.length, source.length, licence.length)).toBeGreaterThan(20);
    },
  );
});

describe('a bundled file', () => {
  const iris = { name: 'iris.csv', sha256: sha256(readFileSync(new URL('../../datasets/iris.csv', import.meta.url))) };

  test('that is damaged is refused', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'iris.csv');
    copyFileSync(new URL('../../datasets/iris.csv', import.meta.url), path);
    writeFileSync(path, readFileSync(path, 'utf8').replace('5.1', '5.2'));
    expect(() => bundledTable(iris, pathToFileURL(`${folder}/`))).toThrow(
      expect.objectContaining({
        code: 'ERR_CHECKSUM',
        message: expect.stringContaining(`${path}: expected sha256 ${iris.sha256}, got `) as string,
      }),
    );
  });

  test('that is missing is named', () => {
    const folder = temporaryFolder();
    expect(() => bundledTable(iris, pathToFileURL(`${folder}/`))).toThrow(
      expect.objectContaining({
        code: 'ERR_FILE_READ',
        message: expect.stringContaining(join(folder, 'iris.csv')) as string,
      }),
    );
  });
});
