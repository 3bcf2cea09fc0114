import { describe, expect, test } from 'vitest';
import { outputPaths } from '../../src/runner/output-paths.ts';

const options = { outputDir: 'out', cwd: '/elsewhere', inplace: false };

describe('outputPaths', () => {
  test('keeps the folders below the current one', () => {
    expect(outputPaths(['lab1/a.ipynb', '/elsewhere/lab2/a.ipynb'], options)).toEqual([
      { notebook: 'out/lab1/a.ipynb', report: 'out/lab1/a.html' },
      { notebook: 'out/lab2/a.ipynb', report: 'out/lab2/a.html' },
    ]);
  });

  test('keeps the folders below the nearest common one when a notebook lies elsewhere', () => {
    const paths = outputPaths(['/data/x/a.ipynb', '/data/y/z/a.ipynb'], options).map(({ notebook }) => notebook);
    expect(paths).toEqual(['out/x/a.ipynb', 'out/y/z/a.ipynb']);
  });

  test('writes over the source only when told to', () => {
    expect(outputPaths(['lab1/a.ipynb'], { ...options, inplace: true })).toEqual([
      { notebook: 'lab1/a.ipynb', report: 'out/lab1/a.html' },
    ]);
  });

  test('refuses an output folder in which the source would be overwritten', () => {
    expect(() => outputPaths(['lab1/a.ipynb'], { ...options, outputDir: '.' })).toThrow(
      'lab1/a.ipynb: would be overwritten by its executed copy. Choose another --output, or say --inplace',
    );
  });
});
