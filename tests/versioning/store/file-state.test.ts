import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { enterState, forgetRecent, hasState, isSettled, stateWidth } from '../../../src/versioning/store/file-state.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function stateOf(text: string) {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, text);
  const table = new Float64Array(stateWidth);
  enterState(table, 0, statSync(path));
  return { path, table };
}

describe('hasState', () => {
  test('believes a file that has not changed', () => {
    const { path, table } = stateOf('a');
    expect(hasState(table, 0, statSync(path))).toBe(true);
  });

  test('sees a change of size', () => {
    const { path, table } = stateOf('a');
    writeFileSync(path, 'ab');
    expect(hasState(table, 0, statSync(path))).toBe(false);
  });
});

describe('forgetRecent', () => {
  test.each([
    ['after reading began', 0, false],
    ['just before', 10, false],
    ['long before', 100, true],
  ])('believes a file or not that changed %s', (_when, earlierMs, isBelieved) => {
    const { path, table } = stateOf('a');
    forgetRecent(table, statSync(path).ctimeMs + earlierMs);
    expect(hasState(table, 0, statSync(path))).toBe(isBelieved);
  });
});

describe('isSettled', () => {
  test('gives file systems that count in whole seconds two of them', () => {
    expect([isSettled(5000, 6500), isSettled(5000, 7001), isSettled(5001.5, 5100)]).toEqual([false, true, true]);
  });
});
