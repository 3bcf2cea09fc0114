import { join } from 'node:path';
import { Table, writeCsv } from 'labmill/data';
import { mae } from 'labmill/testing';
import { loadModel } from 'labmill/training';
import { step } from './options.ts';
import { readFolder, scaledColumns, stack } from './series.ts';

/**
 * Step 4: forecasts every day of `test/` and prints the accuracy: the share of days whose forecast is at most
 * `--tolerance` °C off. The forecasts go to `forecasts.csv`.
 */
await step(({ out, tolerance }) => {
  const { model } = loadModel(join(out, 'model.json'));
  const forecasts = [...readFolder(join(out, 'scaled', 'test'), scaledColumns)].map(([series, rows]) => {
    const temperature = rows.numbers('temperature');
    const forecast = model.predict(rows) as Float64Array;
    const accuracy = shareWithin(temperature, forecast, tolerance);
    console.error(
      `model-testing: ${series}: accuracy ${accuracy.toFixed(3)}, mean error ${mae(temperature, forecast).toFixed(2)} °C`,
    );
    return Table.fromColumns({
      series: rows.records().map(() => series),
      day: rows.numbers('day'),
      temperature,
      forecast,
    });
  });
  const all = stack(forecasts);
  writeCsv(join(out, 'forecasts.csv'), all);
  const accuracy = shareWithin(all.numbers('temperature'), all.numbers('forecast'), tolerance);
  console.log(`Model test accuracy is: ${accuracy.toFixed(3)}`);
});

/** Returns the share of days whose forecast is at most `tolerance` °C off. */
function shareWithin(actual: Float64Array, forecast: Float64Array, tolerance: number): number {
  return actual.filter((value, i) => Math.abs(value - forecast[i]!) <= tolerance).length / actual.length;
}
