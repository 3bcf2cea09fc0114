import { readFileSync } from 'node:fs';
import { sha256 } from 'labmill';
import { parseCsv } from 'labmill/data';

/** What a data file holds, so that two of them can be compared and a report can tell. */
export interface Content {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly rows: number;
  readonly columns: readonly string[];
  readonly missingAges: number;
  /** Mean and standard deviation of the ages that are there, in years. */
  readonly meanAge: number;
  readonly stdAge: number;
}

/** Returns what the bytes of a data file hold. Throws as `parseCsv` does, and a `ColumnError` without ages. */
export function contentOf(bytes: Uint8Array): Content {
  const table = parseCsv(bytes);
  const [count, meanAge, stdAge] = table.select(['Age']).describe().numbers('Age');
  return {
    sha256: sha256(bytes),
    sizeBytes: bytes.length,
    rows: table.rowCount,
    columns: table.columnNames,
    missingAges: table.rowCount - count!,
    meanAge: meanAge!,
    stdAge: stdAge!,
  };
}

/** Returns a sentence for each part of a data file that is not as it should be; none when all is. */
export function problemsOf(path: string, expected: Content): string[] {
  let found: Content;
  try {
    found = contentOf(readFileSync(path));
  } catch (error) {
    return [(error as Error).message];
  }
  const parts = Object.keys(expected) as (keyof Content)[];
  return parts.flatMap((part) => {
    const [wanted, got] = [JSON.stringify(expected[part]), JSON.stringify(found[part])];
    return wanted === got ? [] : [`${part}: expected ${wanted}, got ${got}`];
  });
}
