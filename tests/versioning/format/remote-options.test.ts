import { describe, expect, test } from 'vitest';
import { checkRemoteOption } from '../../../src/versioning/format/remote-options.ts';

describe('checkRemoteOption', () => {
  test.each([
    ['/mnt/store', 'jobs', '4', true],
    ['C:\\store', 'type', 'copy', true],
    ['webdavs://example.com', 'user', 'me', true],
    ['webdav://example.com', 'password', 'secret', false],
    ['s3://bucket', 'whatever', 'only DVC knows', true],
  ])('accepts for %s the option %s = %s', (url, option, value, isShared) => {
    expect(() => checkRemoteOption(url, option, value, isShared)).not.toThrow();
  });

  test.each([
    ['/mnt/store', 'user', 'me', false, 'user: expected an option of a local remote'],
    ['webdav://example.com', 'profile', 'x', false, 'profile: expected an option of a webdav remote'],
    ['webdav://example.com', 'token', 'secret', true, 'token: expected --local'],
    ['/remote', 'url', 'webdav://me:hunter2@h/x', false, 'url: expected no password in it, got webdav://me:***@h/x'],
    ['s3://bucket', 'secret_access_key', 'secret', true, 'secret_access_key: expected --local'],
    ['/mnt/store', 'jobs', '0', false, 'jobs: expected a whole number from 1 on, got "0"'],
    ['/mnt/store', 'verify', 'yes', false, 'verify: expected true or false, got "yes"'],
  ])('refuses for %s the option %s = %s', (url, option, value, isShared, message) => {
    expect(() => checkRemoteOption(url, option, value, isShared)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(message) }),
    );
  });

  test('does not show a secret', () => {
    expect(() => checkRemoteOption('webdav://h', 'password', 'hunter2', true)).toThrow(/^(?!.*hunter2)/);
  });
});
