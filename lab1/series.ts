import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EmptyDataError, FileReadError } from 'labmill';
import { readCsv, Table } from 'labmill/data';

/** The features of a forecast: what is known on the evening before. */
export const featureNames = ['yesterday', 'sinOfYear', 'cosOfYear'];

/** The types of the columns, which the reader insists on: anything else is a damaged file. */
export const rawColumns = { day: 'number', temperature: 'number' } as const;
export const scaledColumns = { ...rawColumns, yesterday: 'number', sinOfYear: 'number', cosOfYear: 'number' } as const;

/** Returns the tables of a folder by name; a damaged file is named with line and column. */
export function readFolder(folder: string, types: Readonly<Record<string, 'number'>>): Map<string, Table> {
  const files = listCsv(folder);
  if (files.length === 0) {
    throw new EmptyDataError(`${folder}: expected CSV files, got none. Run the step before this one first.`);
  }
  return new Map(files.map((file) => [basename(file, '.csv'), readCsv(join(folder, file), { types })]));
}

/** Returns the rows of several tables of the same columns, one table after the other. */
export function stack(tables: Iterable<Table>): Table {
  return Table.fromRecords([...tables].flatMap((table) => table.records()));
}

/**
 * Returns a series as rows to learn from: the temperature of a day (°C), that of the day before, and the season as a
 * point on the circle of the year. The first day has no day before and is left out.
 */
export function forecastRows(series: Table): Table {
  const temperature = series.numbers('temperature');
  const angle = series.numbers('day').map((day) => (2 * Math.PI * day) / 365.25);
  return Table.fromColumns({
    day: series.numbers('day'),
    yesterday: temperature.map((_, i) => temperature[i - 1] ?? NaN),
    sinOfYear: angle.map(Math.sin),
    cosOfYear: angle.map(Math.cos),
    temperature,
  }).slice(1);
}

function listCsv(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.csv'))
      .toSorted();
  } catch (cause) {
    throw new FileReadError(`${folder}: could not be read. Run the step before this one first.`, { cause });
  }
}
