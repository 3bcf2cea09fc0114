import { dayTemperature, loadIris, parseCsv, Table } from 'labmill/data';
import { expect, test } from 'vitest';

test('a table is columns under names', () => {
  const table = parseCsv('city,temperature\nOslo,4.5\nLima,NA\nRome,15.2\n');

  const mild = table.filter((row) => Number(row['temperature']) > 10).withColumn('kelvin', [288.35]);

  expect(mild).toEqual(Table.fromRecords([{ city: 'Rome', temperature: 15.2, kelvin: 288.35 }]));
});

test('a data set is X and y, with the table they come from', () => {
  const { X, y, table, featureNames } = loadIris();

  expect([X.rows, X.columns, y[149]]).toEqual([150, 4, 'virginica']);
  expect(table.select(featureNames).describe().numbers('petal width (cm)')[1]).toBeCloseTo(1.199, 3);
});

test('a generated series comes with the truth', () => {
  const { table, truth } = dayTemperature({ days: 30, noise: 0.5, anomalies: 3, anomalySize: 20, randomState: 1 });

  const found = [...table.numbers('temperature').entries()].filter(
    ([row, value]) => Math.abs(value - truth.clean[row]!) > 10,
  );

  expect(found.map(([row]) => row)).toEqual(truth.anomalies);
});
