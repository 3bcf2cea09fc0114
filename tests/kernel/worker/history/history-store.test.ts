import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HistoryStore, IN_MEMORY } from '../../../../src/kernel/worker/history/history-store.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function aFile(): string {
  return join(temporaryFolder(), 'state', 'history.sqlite');
}

function aStore(file: string = IN_MEMORY, maxInputs?: number): HistoryStore {
  const store = new HistoryStore(file, maxInputs);
  onTestFinished(() => store.close());
  return store;
}

function inputs(...sources: string[]): Array<{ line: number; source: string }> {
  return sources.map((source, index) => ({ line: index + 1, source }));
}

describe('HistoryStore', () => {
  test('gives each kernel a session of its own, and everything to all', () => {
    const file = aFile();
    const [first, second] = [aStore(file), aStore(file)];
    first.add(inputs('a', 'b'));
    second.add(inputs('c'));
    expect([first.session, second.session]).toEqual([1, 2]);
    expect(second.range(1, 1, 0).map(({ source }) => source)).toEqual(['a', 'b']);
    expect(first.range(2, 1, 0).map(({ source }) => source)).toEqual(['c']);
  });

  test('ends its tail with its own session, whatever other kernels have added since', () => {
    const file = aFile();
    const [own, other] = [aStore(file), aStore(file)];
    own.add(inputs('mine 1', 'mine 2'));
    other.add(inputs('theirs'));
    expect(own.tail(3).map(({ source }) => source)).toEqual(['theirs', 'mine 1', 'mine 2']);
  });

  test.each([
    ['from the start', 1, 0, ['a', 'b', 'c']],
    ['without the stop', 1, 3, ['a', 'b']],
    ['from the end', -1, 0, ['c']],
    ['up to before the end', 1, -1, ['a', 'b']],
    ['beyond the end', 2, 99, ['b', 'c']],
  ])('returns a range %s', (_what, start, stop, sources) => {
    const store = aStore();
    store.add(inputs('a', 'b', 'c'));
    expect(store.range(store.session, start, stop).map(({ source }) => source)).toEqual(sources);
  });

  test.each([
    ['*', undefined, false, ['aa', 'b', 'aa', 'c']],
    ['a?', undefined, false, ['aa', 'aa']],
    ['*', undefined, true, ['b', 'aa', 'c']],
    ['*', 2, true, ['aa', 'c']],
    ['[bc]', undefined, false, ['b', 'c']],
  ])('finds %j (the last %j, unique: %j)', (pattern, n, unique, sources) => {
    const store = aStore();
    store.add(inputs('aa', 'b', 'aa', 'c'));
    expect(store.search(pattern, n, unique).map(({ source }) => source)).toEqual(sources);
  });

  test('forgets the oldest inputs beyond its limit, and the sessions that have none left', () => {
    const file = aFile();
    aStore(file, 3).add(inputs('a', 'b'));
    const store = aStore(file, 3);
    store.add(inputs('c', 'd', 'e'));
    expect(store.tail(99).map(({ source }) => source)).toEqual(['c', 'd', 'e']);
    const database = new DatabaseSync(file);
    onTestFinished(() => database.close());
    expect(database.prepare('SELECT session FROM sessions').all()).toEqual([{ session: 2 }]);
  });

  test.skipIf(process.platform === 'win32')('makes a file for its user alone', () => {
    const file = aFile();
    aStore(file).add(inputs('secret'));
    expect(['', '-wal', '-shm'].map((suffix) => statSync(file + suffix).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  });

  test('keeps any text', () => {
    const store = aStore();
    const source = 'const s = "😀 \u202Eعربي \u0000 \u200B"';
    store.add(inputs(source));
    expect(store.tail(1)).toEqual([{ session: 1, line: 1, source }]);
  });

  test('refuses a file that is no database', () => {
    const file = join(temporaryFolder(), 'history.sqlite');
    writeFileSync(file, 'not a database, but long enough to be taken for one'.repeat(20));
    expect(() => new HistoryStore(file)).toThrow('file is not a database');
  });

  test('refuses a file that another process keeps locked', () => {
    const file = aFile();
    aStore(file);
    const other = new DatabaseSync(file);
    onTestFinished(() => other.close());
    other.exec('BEGIN EXCLUSIVE');
    expect(() => new HistoryStore(file)).toThrow('database is locked');
  });

  test('refuses a folder that cannot be made', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => new HistoryStore(join(file, 'history.sqlite'))).toThrow(/ENOTDIR|EEXIST/);
  });
});
