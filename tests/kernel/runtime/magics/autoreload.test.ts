import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { aTestNotebook } from '../../../support/test-notebook.ts';

describe('%autoreload', () => {
  test('tells the state, which is on', async () => {
    const { printed } = await aTestNotebook().run('%autoreload');
    expect(printed).toMatch(/^autoreload is on: an edited module/);
  });

  test('turns reloading off and on', async () => {
    const folder = temporaryFolder();
    const notebook = aTestNotebook(folder);
    writeFileSync(join(folder, 'a.ts'), 'export const a = 1');
    const cell = "import { a } from './a.ts'\na";
    await notebook.run(cell);
    writeFileSync(join(folder, 'a.ts'), 'export const a = 2');
    expect((await notebook.run('%autoreload off')).printed).toMatch(/^autoreload is off/);
    expect(await notebook.show(cell)).toBe('1');
    expect(await notebook.show('%autoreload on', cell)).toBe('2');
  });

  test('knows no other state', async () => {
    expect(await aTestNotebook().show('%autoreload 2')).toBe('UsageError: %autoreload: expected on or off, got "2"');
  });
});
