import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ChecksumError, FileReadError } from '../base/errors.ts';
import { sha256 } from '../base/sha256.ts';
import { parseCsv } from './parse-csv.ts';
import type { Table } from './table.ts';

/** The folder of the bundled CSV files: `datasets/` of the package, two floors up from `src/data/` and `dist/data/`. */
const bundledFolder = '../../datasets/';

/** A CSV file of the package's `datasets/`, and the sha256 its bytes must have. */
export interface BundledFile {
  readonly name: string;
  readonly sha256: string;
}

/**
 * Returns the table of a bundled file.
 *
 * @throws ChecksumError when its bytes are not the published ones
 * @throws FileReadError when it is missing
 */
export function bundledTable(file: BundledFile, folder: URL = new URL(bundledFolder, import.meta.url)): Table {
  const path = fileURLToPath(new URL(file.name, folder));
  const bytes = readBundled(path);
  const found = sha256(bytes);
  if (found !== file.sha256) {
    throw new ChecksumError(
      `${path}: expected sha256 ${file.sha256}, got ${found}. The file was changed or damaged: install labmill again.`,
    );
  }
  return parseCsv(bytes, { file: path });
}

function readBundled(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new FileReadError(`${path}: expected a bundled data set, could not read it. Install labmill again.`, {
      cause,
    });
  }
}
