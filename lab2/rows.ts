import { join } from 'node:path';
import { FileReadError } from 'labmill';
import { readCsv, type Table } from 'labmill/data';

/** What was measured of the cell nuclei of each tumour; the columns are called `mean radius`, `radius error`, … */
const properties = [
  'radius',
  'texture',
  'perimeter',
  'area',
  'smoothness',
  'compactness',
  'concavity',
  'concave points',
  'symmetry',
  'fractal dimension',
];

/** The columns of the download: mean and standard error over all nuclei of the image. */
export const measurementNames: readonly string[] = [
  ...properties.map((property) => `mean ${property}`),
  ...properties.map((property) => `${property} error`),
];

/** The columns of the database: the mean of the three nuclei with the largest values. */
export const worstNames: readonly string[] = properties.map((property) => `worst ${property}`);

/** The features, in the order of the bundled data set. */
export const featureNames: readonly string[] = [...measurementNames, ...worstNames];

/**
 * Returns the rows that an earlier step has written. The columns must be there and hold what they should: anything else
 * is a damaged file, and is named with line and column.
 */
export function readRows(out: string, file: string, numberNames: readonly string[], stringNames: string[] = []): Table {
  const types = Object.fromEntries([
    ...['id', ...numberNames].map((name) => [name, 'number'] as const),
    ...stringNames.map((name) => [name, 'string'] as const),
  ]);
  try {
    return readCsv(join(out, file), { types }).select(Object.keys(types));
  } catch (cause) {
    if (!(cause instanceof FileReadError)) throw cause;
    throw new FileReadError(`${cause.message}. Run the steps before this one first.`, { cause });
  }
}

/** Returns rows that are ready to learn from: the features and the diagnosis of each tumour. */
export function readLabelled(out: string, file: string): { X: Table; y: string[] } {
  const rows = readRows(out, file, featureNames, ['diagnosis']);
  return { X: rows.select(featureNames), y: rows.strings('diagnosis').map(String) };
}
