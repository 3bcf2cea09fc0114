import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Table } from 'labmill/data';
import { loadTransformer, saveTransformer, StandardScaler } from 'labmill/preprocessing';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const table = Table.fromColumns({ temperature: [1 / 3, 20, -4.2] });
const scaler = new StandardScaler().fit(table);

function saved(): string {
  const path = join(temporaryFolder(), 'scaler.json');
  saveTransformer(path, scaler);
  return path;
}

describe('loadTransformer', () => {
  test('returns a transformer that does the same to the last digit', () => {
    const loaded = loadTransformer(saved());
    expect(loaded.transform(table).records()).toEqual(scaler.transform(table).records());
  });

  test('refuses a file in which one digit was changed', () => {
    const path = saved();
    writeFileSync(path, readFileSync(path, 'utf8').replace('"mean": 5', '"mean": 6'));
    expect(() => loadTransformer(path)).toThrow(
      expect.objectContaining({
        code: 'ERR_MODEL_FILE',
        message: expect.stringContaining('does not match its sha256'),
      }),
    );
  });

  test('refuses a file that is too large', () => {
    const path = saved();
    expect(() => loadTransformer(path, { maxBytes: 100 })).toThrow(
      expect.objectContaining({
        code: 'ERR_MODEL_FILE',
        message: expect.stringContaining('expected at most 100 bytes'),
      }),
    );
  });

  test('reports a file that is not there', () => {
    expect(() => loadTransformer('no-such-file.json')).toThrow(expect.objectContaining({ code: 'ERR_FILE_READ' }));
  });
});
