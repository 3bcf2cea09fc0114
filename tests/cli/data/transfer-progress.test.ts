import { describe, expect, test } from 'vitest';
import { createTransferProgress, progressText } from '../../../src/cli/data/transfer-progress.ts';

const halfway = { done: 5000, total: 10_000, bytes: 20 * 2 ** 20, totalBytes: 40 * 2 ** 20 };

/** Returns what is written when progress comes at these times. */
function writtenAt(times: readonly number[], terminal: { isTTY?: boolean; columns?: number }): string[] {
  const written: string[] = [];
  let now = 0;
  const progress = createTransferProgress(
    (text) => written.push(text),
    terminal,
    () => now,
  );
  for (now of times) progress.onProgress(halfway);
  progress.end();
  return written;
}

describe('progressText', () => {
  test('tells files, bytes, rate and the time left', () => {
    expect(progressText(halfway, 4000)).toBe('5,000 of 10,000 files  20.0 MB of 40.0 MB  5.0 MB/s  4.0 s left');
  });

  test('judges by files where nobody knows the bytes', () => {
    expect(progressText({ ...halfway, done: 2500, totalBytes: undefined }, 1000)).toBe(
      '2,500 of 10,000 files  20.0 MB  20.0 MB/s  3.0 s left',
    );
  });

  test('promises nothing before the first byte and after the last', () => {
    expect(progressText({ ...halfway, bytes: 0 }, 1000)).toBe('5,000 of 10,000 files  0 B of 40.0 MB  0 B/s');
    expect(progressText({ ...halfway, bytes: halfway.totalBytes }, 1000)).not.toContain('left');
  });
});

describe('createTransferProgress', () => {
  test('writes nothing where there is no terminal, and for what is over at once', () => {
    expect(writtenAt([0, 500, 5000], {})).toEqual([]);
    expect(writtenAt([0, 100, 299], { isTTY: true })).toEqual([]);
  });

  test('writes one line over itself, ten times a second, and takes it away', () => {
    const written = writtenAt([300, 350, 400, 401], { isTTY: true, columns: 200 });
    expect(written).toHaveLength(3);
    expect(written[0]).toMatch(/^\r\x1b\[K5,000 of 10,000 files.*left$/);
    expect(written[2]).toBe('\r\x1b[K');
  });

  test('cuts a line that would wrap', () => {
    expect(writtenAt([300], { isTTY: true, columns: 20 })[0]).toHaveLength('\r\x1b[K'.length + 19);
  });
});
