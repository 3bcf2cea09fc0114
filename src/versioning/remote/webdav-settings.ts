import { validateHeaderName, validateHeaderValue } from 'node:http';
import { unescape } from 'node:querystring';
import { InvalidArgumentError } from '../../base/errors.ts';
import { showUrl } from '../format/show-url.ts';
import type { RemoteSettings } from './remote.ts';

/** How to talk to a WebDAV server. */
export interface WebdavSettings {
  /** The remote's root, http or https; its path ends with a slash. */
  readonly root: URL;
  /** The root as the user wrote it, without anything secret. */
  readonly shownUrl: string;
  /** The headers that let us in, `{}` without credentials. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly jobs: number;
  readonly isCertificateChecked: boolean;
}

/** Variables of the environment that fill in what the config leaves open. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Options of DVC's that change how we would be let in; leaving them out silently would end in a riddle. */
const unsupported = ['bearer_token_command', 'cert_path', 'key_path'];

/**
 * Reads the settings of a WebDAV remote: a token is sent as `Authorization: Bearer`, else user and password as basic
 * authentication, else the password in the header that `custom_auth_header` names. The password is best kept in
 * `.dvc/config.local`; what the config does not say is taken from `LABMILL_WEBDAV_USER`, `LABMILL_WEBDAV_PASSWORD`
 * and `LABMILL_WEBDAV_TOKEN`.
 *
 * @throws InvalidArgumentError when an option cannot be used as given
 */
export function webdavSettings(name: string, settings: RemoteSettings, environment: Environment): WebdavSettings {
  const where = `remote ${JSON.stringify(name)}`;
  const { root, user } = parseUrl(where, settings.url);
  for (const option of unsupported) {
    if (settings[option] === undefined) continue;
    throw new InvalidArgumentError(`${where}: expected no option "${option}": it is not supported`);
  }
  return {
    root,
    shownUrl: showUrl(settings.url),
    credentials: credentials(where, { ...settings, user: settings['user'] ?? user }, environment),
    timeoutMs: 1000 * positive(where, 'timeout', settings, 30),
    jobs: Math.ceil(positive(where, 'jobs', settings, 16)),
    isCertificateChecked: flag(where, 'ssl_verify', settings, true),
  };
}

function parseUrl(where: string, text: string): { root: URL; user: string | undefined } {
  const root = URL.parse(text.replace(/^webdav(s?):/i, 'http$1:'));
  if (root === null) throw new InvalidArgumentError(`${where}: expected a URL, got ${JSON.stringify(showUrl(text))}`);
  if (root.password !== '') {
    throw new InvalidArgumentError(
      `${where}: expected a URL without a password, got ${showUrl(text)}. The password belongs into .dvc/config.local: ` +
        'labmill data remote modify --local NAME password PASSWORD',
    );
  }
  const user = root.username === '' ? undefined : unescape(root.username);
  root.username = '';
  root.search = '';
  root.hash = '';
  root.pathname = `${root.pathname.replace(/\/+$/, '')}/`;
  return { root, user };
}

function credentials(where: string, settings: RemoteSettings, environment: Environment): Record<string, string> {
  const custom = settings['custom_auth_header'];
  const hasOwn = settings['user'] !== undefined || settings['token'] !== undefined || custom !== undefined;
  const token = settings['token'] ?? (hasOwn ? undefined : environment['LABMILL_WEBDAV_TOKEN']);
  const user = settings['user'] ?? (hasOwn ? undefined : environment['LABMILL_WEBDAV_USER']);
  const password = settings['password'] ?? environment['LABMILL_WEBDAV_PASSWORD'];
  if (token !== undefined) return header(where, 'authorization', `Bearer ${token}`);
  if (password === undefined && flag(where, 'ask_password', settings, false)) {
    throw new InvalidArgumentError(
      `${where}: expected a password: "ask_password" is not supported. Set LABMILL_WEBDAV_PASSWORD, or: ` +
        'labmill data remote modify --local NAME password PASSWORD',
    );
  }
  if (user !== undefined) {
    return { authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` };
  }
  if (custom === undefined) return {};
  if (password === undefined) {
    throw new InvalidArgumentError(`${where}: expected a password for the header "custom_auth_header", got none`);
  }
  return header(where, custom, password);
}

/** Returns a header that can be sent; the error keeps its content to itself. */
function header(where: string, name: string, value: string): Record<string, string> {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return { [name]: value };
  } catch {
    throw new InvalidArgumentError(`${where}: expected credentials that fit into an HTTP header, got other characters`);
  }
}

function positive(where: string, option: string, settings: RemoteSettings, standard: number): number {
  const text = settings[option];
  if (text === undefined) return standard;
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 1e6) return value;
  throw new InvalidArgumentError(`${where}: expected "${option}" to be a number above 0, got ${JSON.stringify(text)}`);
}

function flag(where: string, option: string, settings: RemoteSettings, standard: boolean): boolean {
  const text = settings[option];
  if (text === undefined) return standard;
  if (/^(?:true|yes|on|1)$/i.test(text)) return true;
  if (/^(?:false|no|off|0)$/i.test(text)) return false;
  throw new InvalidArgumentError(`${where}: expected "${option}" to be true or false, got ${JSON.stringify(text)}`);
}
