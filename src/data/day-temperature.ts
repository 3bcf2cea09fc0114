import { random } from '../base/random.ts';
import { addAnomalies } from './add-anomalies.ts';
import { addNoise } from './add-noise.ts';
import { requireNumber } from './require-number.ts';
import { Table } from './table.ts';

/** Options of `dayTemperature`; temperatures are in °C. */
export interface DayTemperatureOptions {
  /** How many days; default 365. */
  readonly days?: number;
  /** How many equally spaced measurements a day has, the first at midnight; default 24. */
  readonly samplesPerDay?: number;
  /** The mean temperature at the start; default 10. */
  readonly mean?: number;
  /** How much warmer each year is than the one before; default 0. */
  readonly trend?: number;
  /** Half the difference between the warmest and the coldest day of the year; default 10. */
  readonly season?: number;
  /** Half the difference between the warmest and the coldest hour of the day; default 4. */
  readonly diurnal?: number;
  /** The standard deviation of the measuring noise; default 1. */
  readonly noise?: number;
  /** How many measurements are anomalies; default 0. */
  readonly anomalies?: number;
  /** How far an anomaly lies from the right value, up or down; default 15. */
  readonly anomalySize?: number;
  /** Seed of noise and anomalies, which don't depend on one another; default 0. */
  readonly randomState?: number;
}

/** A generated temperature series, and the truth behind it. */
export interface DayTemperature {
  /** `day` (whole days since the start), `hour` (of the day, 0 to 24) and `temperature` (°C), a row per measurement. */
  readonly table: Table;
  readonly truth: {
    /** The temperatures without noise and anomalies, in °C. */
    readonly clean: Float64Array;
    /** The standard deviation the noise was drawn with, in °C. */
    readonly noise: number;
    /** The rows of the anomalies, ascending. */
    readonly anomalies: readonly number[];
  };
}

const daysPerYear = 365.25;
/** The series starts on 1 January; as in the north, the year is coldest in the middle of January. */
const coldestDay = 15;
const warmestHour = 15;

/**
 * Returns synthetic temperatures: mean + trend + a yearly and a daily cosine, with normal noise and anomalies.
 *
 * @throws InvalidArgumentError when an option is not a number it can use
 */
export function dayTemperature(options: DayTemperatureOptions = {}): DayTemperature {
  const { days = 365, samplesPerDay = 24, mean = 10, trend = 0, season = 10, diurnal = 4 } = options;
  const { noise = 1, anomalies = 0, anomalySize = 15, randomState = 0 } = options;
  requireNumber('dayTemperature: days', days, { min: 1, whole: true });
  requireNumber('dayTemperature: samplesPerDay', samplesPerDay, { min: 1, whole: true });
  for (const [name, value] of Object.entries({ mean, trend, season, diurnal })) {
    requireNumber(`dayTemperature: ${name}`, value);
  }
  const n = days * samplesPerDay;
  const day = Float64Array.from({ length: n }, (_, i) => Math.floor(i / samplesPerDay));
  const hour = Float64Array.from({ length: n }, (_, i) => (24 * (i % samplesPerDay)) / samplesPerDay);
  const clean = day.map((d, i) => {
    const time = d + hour[i]! / 24;
    const yearly = -season * Math.cos((2 * Math.PI * (time - coldestDay)) / daysPerYear);
    const daily = diurnal * Math.cos((2 * Math.PI * (hour[i]! - warmestHour)) / 24);
    return mean + (trend * time) / daysPerYear + yearly + daily;
  });
  const seeds = random(randomState);
  const noisy = addNoise(clean, { noise, randomState: seeds.integer(0, Number.MAX_SAFE_INTEGER) });
  const anomalous = addAnomalies(noisy.values, {
    anomalies,
    size: anomalySize,
    randomState: seeds.integer(0, Number.MAX_SAFE_INTEGER),
  });
  return {
    table: Table.fromColumns({ day, hour, temperature: anomalous.values }),
    truth: { clean, noise, anomalies: anomalous.truth.anomalies },
  };
}
