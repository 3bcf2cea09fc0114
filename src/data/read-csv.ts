import { readFileSync, statSync } from 'node:fs';
import { CsvError, FileReadError } from '../base/errors.ts';
import { type CsvOptions, defaultMaxBytes, parseCsv, tooLarge } from './parse-csv.ts';
import type { Table } from './table.ts';

/**
 * Returns the table of a CSV file; see `parseCsv` for what is accepted and thrown.
 *
 * @throws FileReadError when the file is missing, a folder, or may not be read
 */
export function readCsv(path: string, options: CsvOptions = {}): Table {
  const { file = path, maxBytes = defaultMaxBytes } = options;
  return parseCsv(readAtMost(path, maxBytes, file), { ...options, file });
}

function readAtMost(path: string, maxBytes: number, file: string): Uint8Array {
  try {
    // The size is asked first: a file that is far too large must not be read into memory to find that out.
    const { size } = statSync(path);
    if (size > maxBytes) throw tooLarge(size, maxBytes, file);
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof CsvError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileReadError(`${path}: could not be read: ${reason}`, { cause });
  }
}
