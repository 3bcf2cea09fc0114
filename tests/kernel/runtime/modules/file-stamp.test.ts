import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { currentStamp, stampOf } from '../../../../src/kernel/runtime/modules/file-stamp.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const LONG_AGO = 1_000_000;

/** Returns a file that was written long ago. */
function anOldFile(text: string): string {
  const path = join(temporaryFolder(), 'file.ts');
  writeFileSync(path, text);
  utimesSync(path, LONG_AGO, LONG_AGO);
  return path;
}

test('an untouched file keeps its stamp', () => {
  const path = anOldFile('1');
  const stamp = stampOf(path);
  expect(currentStamp(path, stamp)).toBe(stamp);
});

test('an edited file has another digest', () => {
  const path = anOldFile('1');
  const stamp = stampOf(path);
  writeFileSync(path, '2');
  expect(currentStamp(path, stamp)?.digest).not.toBe(stamp?.digest);
});

test('a touched file has another time and the same digest', () => {
  const path = anOldFile('1');
  const stamp = stampOf(path);
  utimesSync(path, LONG_AGO + 1, LONG_AGO + 1);
  expect(currentStamp(path, stamp)).toMatchObject({ digest: stamp?.digest, mtimeMs: (LONG_AGO + 1) * 1000 });
});

test('an edit in the same instant as the one before is seen', () => {
  const path = join(temporaryFolder(), 'file.ts');
  writeFileSync(path, '1');
  const stamp = stampOf(path);
  writeFileSync(path, '2');
  utimesSync(path, new Date(), new Date(stamp!.mtimeMs));
  expect(currentStamp(path, stamp)?.digest).not.toBe(stamp?.digest);
});

test('a file that is gone has no stamp', () => {
  const path = anOldFile('1');
  const stamp = stampOf(path);
  rmSync(path);
  expect([currentStamp(path, stamp), stampOf(path)]).toEqual([undefined, undefined]);
});
