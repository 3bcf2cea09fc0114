import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { aTestNotebook } from '../../../support/test-notebook.ts';

function aFile(text: string): string {
  const path = join(temporaryFolder(), 'a.ts');
  writeFileSync(path, text);
  return path;
}

describe('%load', () => {
  test('puts the text of a file into the cell', async () => {
    const path = aFile('const a = 1\n');
    const { outcome } = await aTestNotebook().run(`%load ${path}`);
    expect(outcome).toMatchObject({
      payloads: [{ source: 'set_next_input', text: `// %load ${path}\nconst a = 1\n`, replace: true }],
    });
  });

  test.each([
    ['2-3', '2\n3'],
    ['3-', '3\n4'],
    ['-2', '1\n2'],
    ['4', '4'],
  ])('-r %s takes these lines', async (range, text) => {
    const path = aFile('1\n2\r\n3\n4');
    const { outcome } = await aTestNotebook().run(`%load -r ${range} ${path}`);
    expect(outcome).toMatchObject({ payloads: [{ text: `// %load -r ${range} ${path}\n${text}` }] });
  });

  test.each([
    ['nothing', '%load', 'expected a file: %load [-r 5-10] file'],
    ['a file that is not there', '%load /no/such.ts', '"/no/such.ts" is not a file'],
    ['a folder', '%load /', '"/" is not a file'],
    ['an address', '%load https://example.org/a.ts', 'is not a file'],
  ])('refuses %s', async (_what, cell, error) => {
    expect(await aTestNotebook().show(cell)).toContain(error);
  });

  test.each([
    ['what is no text', 'a\0b', 'is not a text file'],
    ['what no cell should hold', 'a'.repeat(1_000_001), 'has 1000001 bytes; a cell takes at most 1000000'],
  ])('refuses %s', async (_what, text, error) => {
    expect(await aTestNotebook().show(`%load ${aFile(text)}`)).toContain(error);
  });

  test('refuses lines that the file does not have', async () => {
    expect(await aTestNotebook().show(`%load -r 5-7 ${aFile('1\n2')}`)).toContain(
      'lines 5-7 are not in the file, which has 2',
    );
  });
});
