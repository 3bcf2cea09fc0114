import { join } from 'node:path';
import { dayTemperature, loadSeattleWeather, Table, writeCsv } from 'labmill/data';
import { step } from './options.ts';

/** Three years are for training, the fourth is for the test: a forecast may not look into the future. */
const trainDays = 3 * 365;
const testDays = 365;

/**
 * Step 1: makes four series of daily temperatures. Three are synthetic (clean, noisy, with anomalies);
 * the fourth is real: the daily maxima of Seattle, 2012–2015. The first three years of each go to `train/`, the
 * fourth to `test/`.
 */
await step(({ out, randomState, noise, anomalies }) => {
  const climate = { days: trainDays + testDays, samplesPerDay: 1, mean: 12, trend: 0.3, season: 9, diurnal: 0 };
  const series = {
    clean: dayTemperature({ ...climate, noise: 0.5, randomState }).table,
    noisy: dayTemperature({ ...climate, noise, randomState: randomState + 1 }).table,
    disturbed: dayTemperature({ ...climate, noise: 0.5, anomalies: 4 * anomalies, randomState: randomState + 2 }).table,
    seattle: seattle(),
  };
  for (const [name, table] of Object.entries(series)) {
    const days = table.select(['day', 'temperature']);
    writeCsv(join(out, 'train', `${name}.csv`), days.slice(0, trainDays));
    writeCsv(join(out, 'test', `${name}.csv`), days.slice(trainDays, trainDays + testDays));
    console.error(`data-creation: ${name}: ${trainDays} days to train/, ${testDays} to test/`);
  }
});

/** Returns the real series in the form of the others: days since 1 January 2012, and °C. */
function seattle(): Table {
  const { table } = loadSeattleWeather();
  const temperature = table.numbers('temp_max');
  return Table.fromColumns({ day: Float64Array.from(temperature, (_, day) => day), temperature });
}
