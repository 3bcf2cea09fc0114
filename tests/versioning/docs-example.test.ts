import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataRepository } from 'labmill/versioning';
import { expect, test } from 'vitest';

test('data goes to a remote and comes back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'titanic-'));
  const repository = await DataRepository.init(folder, { noScm: true });
  writeFileSync(join(folder, 'titanic.csv'), 'Age\n22\n');

  await repository.add(['titanic.csv']);
  repository.remotes.add('backup', join(folder, 'backup'), { default: true });
  const { transferred } = await repository.push();

  writeFileSync(join(folder, 'titanic.csv'), 'Age\n99\n');
  const changed = await repository.status();
  await repository.checkout([], { force: true });

  expect(transferred).toBe(1);
  expect(changed).toEqual({ 'titanic.csv.dvc': [{ 'changed outs': { 'titanic.csv': 'modified' } }] });
  expect(readFileSync(join(folder, 'titanic.csv'), 'utf8')).toBe('Age\n22\n');
  rmSync(folder, { recursive: true });
});
