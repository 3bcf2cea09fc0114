import { describe, expect, test } from 'vitest';
import type { RemoteSettings } from '../../../src/versioning/remote/remote.ts';
import { webdavSettings } from '../../../src/versioning/remote/webdav-settings.ts';

const url = 'webdav://host:8080/data store';
/** `lab:correct` in base64, by coreutils. */
const basic = { authorization: 'Basic bGFiOmNvcnJlY3Q=' };

/** Reads settings without an environment, unless one is given. */
function read(settings: Partial<RemoteSettings>, environment: Record<string, string> = {}) {
  return webdavSettings('storage', { url, ...settings }, environment);
}

describe('webdavSettings', () => {
  test.each([
    ['webdav://host:8080/data store', 'http://host:8080/data%20store/'],
    ['webdavs://host/ä/b//', 'https://host/%C3%A4/b/'],
    ['WEBDAVS://host', 'https://host/'],
    ['webdavs://host/a%20b?x=1#y', 'https://host/a%20b/'],
  ])('turns %s into %s', (text, root) => {
    expect(read({ url: text }).root.href).toBe(root);
  });

  test('has the defaults of dvc, and 16 transfers at the same time', () => {
    expect(read({})).toMatchObject({ timeoutMs: 30_000, jobs: 16, isCertificateChecked: true, credentials: {} });
  });

  test('reads numbers and truth values', () => {
    const settings = read({ timeout: '2.5', jobs: '4', ssl_verify: 'False' });
    expect(settings).toMatchObject({ timeoutMs: 2500, jobs: 4, isCertificateChecked: false });
  });

  test.each([
    ['a token before a user', { token: 't0k', user: 'lab', password: 'correct' }, {}, { authorization: 'Bearer t0k' }],
    ['user and password', { user: 'lab', password: 'correct' }, {}, basic],
    ['the user of the URL', { url: 'webdav://lab@host/', password: 'correct' }, {}, basic],
    ['a header of one’s own', { custom_auth_header: 'X-Key', password: 'k' }, {}, { 'X-Key': 'k' }],
    ['the environment', {}, { LABMILL_WEBDAV_USER: 'lab', LABMILL_WEBDAV_PASSWORD: 'correct' }, basic],
    ['the environment for what is open', { user: 'lab' }, { LABMILL_WEBDAV_PASSWORD: 'correct' }, basic],
    ['the config before the environment', { user: 'lab', password: 'correct' }, { LABMILL_WEBDAV_TOKEN: 'x' }, basic],
    ['a token of the environment', {}, { LABMILL_WEBDAV_TOKEN: 't0k' }, { authorization: 'Bearer t0k' }],
  ])('lets us in by %s', (_, settings, environment, credentials) => {
    expect(read(settings, environment).credentials).toEqual(credentials);
  });

  test.each([
    [{ url: 'webdav://' }, 'remote "storage": expected a URL, got "webdav://"'],
    [{ timeout: 'soon' }, 'expected "timeout" to be a number above 0, got "soon"'],
    [{ jobs: '0' }, 'expected "jobs" to be a number above 0, got "0"'],
    [{ ssl_verify: 'maybe' }, 'expected "ssl_verify" to be true or false, got "maybe"'],
    [{ cert_path: 'me.pem' }, 'expected no option "cert_path": it is not supported'],
    [{ user: 'lab', ask_password: 'true' }, 'Set LABMILL_WEBDAV_PASSWORD, or: labmill data remote modify --local'],
    [{ custom_auth_header: 'X-Key' }, 'expected a password for the header "custom_auth_header", got none'],
  ])('refuses %o', (settings, message) => {
    expect(() => read(settings)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(message) }),
    );
  });

  test('refuses a URL with a password, without showing it', () => {
    const refused = () => read({ url: 'webdavs://lab:c0rrect@host/data' });
    expect(refused).toThrow('expected a URL without a password, got webdavs://lab:***@host/data');
    expect(refused).not.toThrow('c0rrect');
  });

  test.each([{ token: 's3cret\n' }, { custom_auth_header: 'X Key', password: 's3cret' }])(
    'refuses credentials that no header can hold, without showing them: %o',
    (settings) => {
      expect(() => read(settings)).toThrow('expected credentials that fit into an HTTP header, got other characters');
    },
  );
});
