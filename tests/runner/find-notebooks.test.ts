import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findNotebooks } from '../../src/runner/find-notebooks.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function folderWith(...files: string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

describe('findNotebooks', () => {
  test('takes a file as it is and a folder as its notebooks, sorted, each once', async () => {
    const folder = folderWith('b/2.ipynb', 'a/1.ipynb', 'a/1.ts', 'x.txt');
    const [a, b] = [join(folder, 'a/1.ipynb'), join(folder, 'b/2.ipynb')];
    expect(await findNotebooks([b, folder])).toEqual([b, a]);
  });

  test('passes over hidden folders, node_modules and what an earlier run wrote', async () => {
    const folder = folderWith('a.ipynb', '.ipynb_checkpoints/a.ipynb', 'node_modules/x/a.ipynb', 'out/a.ipynb');
    expect(await findNotebooks([folder], join(folder, 'out'))).toEqual([join(folder, 'a.ipynb')]);
  });

  test('refuses a folder without notebooks', async () => {
    const folder = folderWith('a.txt');
    await expect(findNotebooks([folder])).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: `${folder}: expected a folder with notebooks (.ipynb), found none in it`,
    });
  });

  test('refuses a path that is not there', async () => {
    await expect(findNotebooks(['none.ipynb'])).rejects.toMatchObject({
      exitCode: 2,
      message: 'none.ipynb: expected a notebook or a folder with notebooks, found nothing there',
    });
  });
});
