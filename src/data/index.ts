/** The data room's door: tables, CSV, generated and bundled data sets, downloads. */
export { addAnomalies, type AddAnomaliesOptions, type AnomalousValues } from './add-anomalies.ts';
export { addNoise, type AddNoiseOptions, type NoisyValues } from './add-noise.ts';
export { cacheDirectory, type Surroundings } from './cache-directory.ts';
export type { Column, ColumnInput, NumberColumn, StringColumn } from './column.ts';
export type { ClassificationDataset, Dataset, RegressionDataset } from './dataset.ts';
export {
  loadBreastCancer,
  loadDiabetes,
  type LoadDiabetesOptions,
  loadIris,
  loadSeattleWeather,
  loadWine,
} from './datasets.ts';
export { type DayTemperature, dayTemperature, type DayTemperatureOptions } from './day-temperature.ts';
export { download, type DownloadOptions } from './download.ts';
export { formatCsv, type FormatCsvOptions, writeCsv } from './format-csv.ts';
export { linear, type LinearData, type LinearOptions } from './linear.ts';
export { type CsvOptions, missingTokens, parseCsv } from './parse-csv.ts';
export { readCsv } from './read-csv.ts';
export { type Row, Table } from './table.ts';
export type { DownloadProgress } from './transfer.ts';
