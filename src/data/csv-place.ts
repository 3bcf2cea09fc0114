import type { CsvError as CsvSyntaxError, Options } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { CsvError, InvalidArgumentError } from '../base/errors.ts';

/** A CSV text, its name, and how csv-parse reads it. */
export interface CsvSource {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly syntax: Options;
}

/** Returns the line, counted from 1, in which the byte at `offset` stands. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  const before = new TextDecoder().decode(bytes.subarray(0, offset));
  return (before.match(/\r\n|\n|\r/g)?.length ?? 0) + 1;
}

/**
 * Returns the line in which the record of that index begins. The text is read once more for this: keeping
 * the place of every record would make reading a sound file twice as slow.
 */
export function lineOfRecord({ bytes, syntax }: CsvSource, index: number): number {
  const before = index === 0 ? [] : parse(bytes, { ...syntax, info: true, to: index });
  let offset = (before.at(-1) as { info: { bytes: number } } | undefined)?.info.bytes ?? 0;
  while (bytes[offset] === 0x0a || bytes[offset] === 0x0d) offset++;
  return lineAt(bytes, offset);
}

/** Returns an error of csv-parse as one of ours. */
export function syntaxError(cause: CsvSyntaxError, source: CsvSource): CsvError | InvalidArgumentError {
  const { records, index, record } = cause;
  if (typeof records !== 'number') {
    return new InvalidArgumentError(`${source.file}: expected options that CSV can be read with: ${cause.message}`, {
      cause,
    });
  }
  const header: readonly string[] = records === 0 ? [] : parse(source.bytes, { ...source.syntax, to: 1 })[0]!;
  const error = (message: string, field: number): CsvError => {
    const place = { file: source.file, line: lineOfRecord(source, records), column: header[field] ?? field + 1 };
    return new CsvError(message, place, { cause });
  };
  if (Array.isArray(record)) {
    const expected = `expected ${header.length} fields (as in the first line)`;
    return error(`${expected}, got ${record.length}`, Math.min(record.length, header.length));
  }
  return cause.code === 'CSV_QUOTE_NOT_CLOSED'
    ? error('expected a closing quote, got the end of the text', Number(index))
    : error('expected quotes around the whole field and "" for each quote in it, got a quote elsewhere', Number(index));
}
