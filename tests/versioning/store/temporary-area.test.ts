import { spawnSync } from 'node:child_process';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TemporaryArea } from '../../../src/versioning/store/temporary-area.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const suffix = '0123456789abcdef-0';
/** A process that has ended, for sure. */
const gone = spawnSync(process.execPath, ['--version']).pid;

describe('TemporaryArea', () => {
  test.each([
    ['removes what a process left that is gone', `${hostname()}-${gone}-${suffix}`, []],
    ['leaves what a running process writes', `${hostname()}-${process.ppid}-${suffix}`, ['kept']],
    ['leaves what another machine writes', `elsewhere-${gone}-${suffix}`, ['kept']],
    ['leaves what it does not know', 'notes.txt', ['kept']],
  ])('%s', (_what, name, kept) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), '');
    new TemporaryArea(folder).sweep();
    expect(readdirSync(folder)).toEqual(kept.map(() => name));
  });

  test('removes what another machine left days ago', () => {
    const folder = temporaryFolder();
    const path = join(folder, `elsewhere-1-${suffix}`);
    writeFileSync(path, '');
    utimesSync(path, 1e9, 1e9);
    new TemporaryArea(folder).sweep();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('hands out each path once', () => {
    const [one, other] = [new TemporaryArea(temporaryFolder()), new TemporaryArea(temporaryFolder())];
    expect(new Set([one.next(), one.next(), other.next()]).size).toBe(3);
  });
});
