import { describe, expect, test } from 'vitest';
import { type Progress, runBatches } from '../../../src/versioning/store/run-batches.ts';
import { ObjectCache } from '../../../src/versioning/store/object-cache.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeTree } from '../../support/data-repository.ts';

const files = (count: number, size: number) => Array.from({ length: count }, () => ({ size }));

describe('runBatches', () => {
  test('does all files once, in order, and tells how far it is', async () => {
    const seen: number[] = [];
    const progress: Progress[] = [];
    const work = (batch: readonly unknown[], at: number) => void seen.push(at, batch.length);
    await runBatches(files(600, 1), work, { onProgress: (now) => progress.push(now) });
    expect(seen).toEqual([0, 256, 256, 256, 512, 88]);
    expect(progress.at(-1)).toEqual({ done: 600, total: 600, bytes: 600, totalBytes: 600 });
  });

  test('makes small batches of large files', async () => {
    const sizes: number[] = [];
    await runBatches(files(5, 10 * 2 ** 20), (batch) => void sizes.push(batch.length), {});
    expect(sizes).toEqual([2, 2, 1]);
  });

  test('uses threads for much, and they do what is done here', async () => {
    const folder = temporaryFolder();
    writeTree(folder, { a: 'foo' });
    const cache = new ObjectCache({ directory: temporaryFolder() });
    let ids: readonly string[] = [];
    await runBatches(
      files(2, 40 * 2 ** 20),
      async (_batch, _at, pool) => {
        ids = (await pool!.run('read', { folder, paths: ['a'], cache: cache.settings })).ids;
      },
      {},
    );
    // md5 of "foo", by md5sum.
    expect(ids).toEqual(['acbd18db4cc2f85cedef654fccc4a4d8']);
    expect(cache.has(ids[0]!)).toBe(true);
  });

  test('stops between batches', async () => {
    const stop = new AbortController();
    const work = () => stop.abort(new Error('enough'));
    await expect(runBatches(files(600, 1), work, { signal: stop.signal })).rejects.toThrow('enough');
  });
});
