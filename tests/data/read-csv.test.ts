import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Table, readCsv, writeCsv } from 'labmill/data';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('readCsv', () => {
  test('reads what writeCsv wrote', () => {
    const path = join(temporaryFolder(), 'new', 'a.csv');
    const table = Table.fromColumns({ city: ['Oslo', null], temperature: [4.5, NaN] });
    writeCsv(path, table);
    expect(readCsv(path)).toEqual(table);
  });

  test('names the file in errors', () => {
    const path = join(temporaryFolder(), 'a.csv');
    writeFileSync(path, 'a,b\n1,2\n3\n');
    expect(() => readCsv(path)).toThrow(expect.objectContaining({ code: 'ERR_CSV', file: path, line: 3, column: 'b' }));
  });

  test('refuses a file above the size cap before reading it', () => {
    const path = join(temporaryFolder(), 'a.csv');
    writeFileSync(path, 'a\n1\n');
    expect(() => readCsv(path, { maxBytes: 3, file: 'a.csv' })).toThrow(
      expect.objectContaining({
        code: 'ERR_CSV',
        message: 'a.csv:1: expected at most 3 bytes, got 4. Raise maxBytes to read it.',
      }),
    );
  });

  test.each([
    ['is missing', 'nothing.csv', 'ENOENT'],
    ['is a folder', '', 'EISDIR'],
  ])('refuses a file that %s', (_, name, reason) => {
    const path = join(temporaryFolder(), name);
    expect(() => readCsv(path)).toThrow(
      expect.objectContaining({
        code: 'ERR_FILE_READ',
        message: expect.stringContaining(`${path}: could not be read: ${reason}`) as string,
      }),
    );
  });
});
