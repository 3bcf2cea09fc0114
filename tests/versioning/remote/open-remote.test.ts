import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openRemote } from '../../../src/versioning/remote/open-remote.ts';

describe('openRemote', () => {
  test.each([
    ['/data/store', '/data/store'],
    ['/data/../store/', '/store/'],
    ['~/store', join(homedir(), 'store')],
    [pathToFileURL('/data/my store').href, '/data/my store'],
    ['webdavs://host/store', 'webdavs://host/store'],
  ])('opens %s', async (url, shown) => {
    expect(await openRemote('storage', { url }, {})).toMatchObject({ name: 'storage', url: shown });
  });

  test.each(['s3://bucket/path', 'ssh://host/path', 'https://host/path', 'remote://other/path', 'store', ''])(
    'refuses %j and says what it takes',
    async (url) => {
      await expect(openRemote('storage', { url }, {})).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        message: `remote "storage": expected an absolute path, webdav:// or webdavs://, got ${JSON.stringify(url)}`,
      });
    },
  );

  test('does not show the password of a URL it refuses', async () => {
    await expect(openRemote('storage', { url: 'ssh://me:s3cret@host/path' }, {})).rejects.toThrow(
      'got "ssh://me:***@host/path"',
    );
  });
});
