import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { importMeta } from '../../../src/kernel/runtime/import-meta.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('importMeta tells where a cell is', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'cell-1.ts');
  expect(importMeta(file)).toMatchObject({
    url: pathToFileURL(file).href,
    filename: file,
    dirname: folder,
    main: true,
  });
});

test.each([
  ['./values.ts', 'values.ts'],
  ['../values.ts?x', '../values.ts?x'],
])('importMeta resolves %s against the notebook, there or not', (specifier, path) => {
  const folder = temporaryFolder();
  expect(importMeta(join(folder, 'cell-1.ts')).resolve(specifier)).toBe(
    new URL(path, `${pathToFileURL(folder).href}/`).href,
  );
});

test.each([
  ['fs', 'node:fs'],
  ['node:fs', 'node:fs'],
  ['https://example.org/a.js', 'https://example.org/a.js'],
])('importMeta resolves %s to %s', (specifier, url) => {
  expect(importMeta('/cell-1.ts').resolve(specifier)).toBe(url);
});

test('importMeta resolves a package as `import` does', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules/both'), { recursive: true });
  writeFileSync(
    join(folder, 'node_modules/both/package.json'),
    '{ "exports": { "import": "./a.mjs", "require": "./a.cjs" } }',
  );
  for (const name of ['a.mjs', 'a.cjs']) writeFileSync(join(folder, 'node_modules/both', name), '');
  expect(importMeta(join(folder, 'cell-1.ts')).resolve('both')).toMatch(/node_modules\/both\/a\.mjs$/);
});

test('importMeta says which package is not there', () => {
  expect(() => importMeta('/cell-1.ts').resolve('nowhere')).toThrow("Cannot find module 'nowhere'");
});
