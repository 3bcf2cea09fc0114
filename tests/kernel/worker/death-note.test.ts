import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DeathNote } from '../../../src/kernel/worker/death-note.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const connectionFile = (): string => join(temporaryFolder(), 'kernel-abc.json');
const notesBeside = (file: string): string[] => readdirSync(join(file, '..'));

describe('DeathNote', () => {
  test('tells who starts next which cell ran', () => {
    const file = connectionFile();
    new DeathNote(file).write([7]);
    expect(new DeathNote(file).takeOver()).toMatch(/^The kernel before this one died while Cell \[7\] ran; .*\n.*\n$/);
  });

  test('tells which cells ran at the same time', () => {
    const file = connectionFile();
    new DeathNote(file).write([7, 9]);
    expect(new DeathNote(file).takeOver()).toContain('while Cell [7] and Cell [9] ran');
  });

  test('tells which cell had ended last', () => {
    const file = connectionFile();
    const note = new DeathNote(file);
    for (const running of [[100, 101], [101], []]) note.write(running);
    expect(new DeathNote(file).takeOver()).toContain('died after Cell [101] had ended');
  });

  test('is told once', () => {
    const file = connectionFile();
    new DeathNote(file).write([7]);
    new DeathNote(file).takeOver();
    expect(new DeathNote(file).takeOver()).toBeUndefined();
  });

  test('is gone when a kernel has ended in good order, and does not come back', () => {
    const file = connectionFile();
    const note = new DeathNote(file);
    note.write([7]);
    note.close();
    note.write([]);
    expect(notesBeside(file)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')(
    'is for the user’s eyes, under a name that no client takes for a kernel’s',
    () => {
      const file = connectionFile();
      new DeathNote(file).write([7]);
      const [name] = notesBeside(file);
      expect(name).toMatch(/^labmill-[0-9a-f]{20}\.note$/);
      expect(statSync(join(file, '..', name!)).mode & 0o777).toBe(0o600);
    },
  );

  test.each(['', '{', '{"running":7}', 'null'])('is nothing when it is damaged: %j', (content) => {
    const file = connectionFile();
    new DeathNote(file).write([7]);
    writeFileSync(join(file, '..', notesBeside(file)[0]!), content);
    expect(new DeathNote(file).takeOver()).toBeUndefined();
  });

  test('goes unwritten where the folder is not there', () => {
    const note = new DeathNote('/nowhere/kernel.json');
    expect(() => note.write([7])).not.toThrow();
    expect(note.takeOver()).toBeUndefined();
  });
});
