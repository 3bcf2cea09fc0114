import { dayTemperature } from 'labmill/data';
import { describe, expect, test } from 'vitest';

const quiet = { noise: 0, trend: 0, season: 0, diurnal: 0 } as const;

describe('dayTemperature', () => {
  test('has a row for each measurement, with the day and the hour', () => {
    const { table } = dayTemperature({ days: 2, samplesPerDay: 3 });
    expect(table.columnNames).toEqual(['day', 'hour', 'temperature']);
    expect([...table.numbers('day')]).toEqual([0, 0, 0, 1, 1, 1]);
    expect([...table.numbers('hour')]).toEqual([0, 8, 16, 0, 8, 16]);
  });

  test('is hourly over a year unless told otherwise', () => {
    expect(dayTemperature().table.rowCount).toBe(365 * 24);
  });

  test('with everything else at 0 stays at the mean', () => {
    const { table } = dayTemperature({ ...quiet, days: 3, mean: 12 });
    expect(new Set(table.numbers('temperature'))).toEqual(new Set([12]));
  });

  test('rises by the trend in a year of 365.25 days', () => {
    const { table } = dayTemperature({ ...quiet, days: 1462, samplesPerDay: 1, mean: 0, trend: 2 });
    expect(table.numbers('temperature')[1461]).toBeCloseTo(8, 12);
  });

  test('is coldest in mid January and warmest half a year later, by the season', () => {
    const { truth } = dayTemperature({ ...quiet, samplesPerDay: 1, mean: 0, season: 10 });
    expect(truth.clean.indexOf(Math.min(...truth.clean))).toBe(15);
    expect(truth.clean[15]).toBe(-10);
    expect(truth.clean[198]).toBeCloseTo(10, 2);
  });

  test('is warmest at 15 h and coldest at 3 h, by the diurnal swing', () => {
    const { truth } = dayTemperature({ ...quiet, days: 1, mean: 0, diurnal: 4 });
    expect(truth.clean[15]).toBe(4);
    expect(truth.clean[3]).toBeCloseTo(-4, 12);
  });

  test('differs from the clean series by the noise alone, but at the anomalies', () => {
    const { table, truth } = dayTemperature({ days: 100, noise: 0.5, anomalies: 20, anomalySize: 30, randomState: 7 });
    const differences = table.numbers('temperature').map((value, i) => Math.abs(value - truth.clean[i]!));
    const far = Array.from(differences.keys()).filter((i) => differences[i]! > 15);
    expect(truth).toMatchObject({ noise: 0.5, anomalies: far });
    expect(far).toHaveLength(20);
  });

  test('has the same noise whether there are anomalies or not', () => {
    const without = dayTemperature({ days: 5 }).table.numbers('temperature');
    const { table, truth } = dayTemperature({ days: 5, anomalies: 1 });
    const changed = table.numbers('temperature').map((value, i) => Number(value !== without[i]));
    expect([...changed.keys()].filter((i) => changed[i] === 1)).toEqual(truth.anomalies);
  });

  test('gives the same series for the same randomState only', () => {
    expect(dayTemperature({ days: 2, randomState: 1 })).toEqual(dayTemperature({ days: 2, randomState: 1 }));
    expect(dayTemperature({ days: 2, randomState: 1 })).not.toEqual(dayTemperature({ days: 2, randomState: 2 }));
  });

  test.each([
    [{ days: 0 }, 'dayTemperature: days: expected a whole number of at least 1, got 0'],
    [{ samplesPerDay: 1.5 }, 'dayTemperature: samplesPerDay: expected a whole number of at least 1, got 1.5'],
    [{ trend: NaN }, 'dayTemperature: trend: expected a finite number, got NaN'],
    [{ noise: -1 }, 'addNoise: noise: expected a finite number of at least 0, got -1'],
    [
      { days: 1, anomalies: 25 },
      'addAnomalies: anomalies: expected a whole number of at least 0 and at most 24, got 25',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => dayTemperature(options)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message }));
  });
});
