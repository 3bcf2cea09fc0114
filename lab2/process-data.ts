import { join } from 'node:path';
import { ColumnError, EmptyDataError } from 'labmill';
import { type Row, Table, writeCsv } from 'labmill/data';
import { step } from './options.ts';
import { featureNames, measurementNames, readRows, worstNames } from './rows.ts';

/**
 * Step 2: joins the three parts by the id of the tumour into `tumours.csv`. A tumour that is not in all three, or lacks
 * a value, is left out and counted.
 */
await step(({ out }) => {
  const [measurements, diagnoses, worst] = [
    byId(readRows(out, 'raw/measurements.csv', measurementNames), 'measurements.csv'),
    byId(readRows(out, 'raw/diagnoses.csv', [], ['diagnosis']), 'diagnoses.csv'),
    byId(readRows(out, 'raw/worst-values.csv', worstNames), 'worst-values.csv'),
  ] as const;
  const everywhere = [...measurements.keys()].filter((id) => diagnoses.has(id) && worst.has(id)).sort((a, b) => a - b);
  const complete = everywhere
    .map((id) => ({ ...measurements.get(id), ...worst.get(id), ...diagnoses.get(id) }))
    .filter((row) => Object.values(row).every((value) => value !== null && !Number.isNaN(value)));
  if (complete.length === 0)
    throw new EmptyDataError('process-data: expected tumours that all three sources know, got none');
  writeCsv(join(out, 'tumours.csv'), Table.fromRecords(complete).select(['id', ...featureNames, 'diagnosis']));
  const known = new Set([...measurements.keys(), ...diagnoses.keys(), ...worst.keys()]).size;
  console.error(
    `process-data: ${complete.length} tumours to tumours.csv, ${known - complete.length} incomplete ones left out`,
  );
});

/** Returns the rows by their id. Throws a `ColumnError` for an id that is there twice: nothing tells which is meant. */
function byId(table: Table, file: string): Map<number, Row> {
  const rows = new Map<number, Row>();
  for (const row of table.records()) {
    const id = Number(row['id']);
    if (rows.has(id)) throw new ColumnError(`process-data: expected each id once in ${file}, got ${id} twice`);
    rows.set(id, row);
  }
  return rows;
}
