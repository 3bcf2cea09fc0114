import { InvalidArgumentError } from '../../base/errors.ts';
import { hasPassword, showUrl } from './show-url.ts';

const common = 'url jobs checksum_jobs verify worktree version_aware no_traverse';

/** The options that DVC knows for the remotes that are read and written here (dvc/config_schema.py). */
const optionsByScheme = new Map([
  ['local', new Set(`${common} type protected shared slow_link_warning`.split(' '))],
  [
    'webdav',
    new Set(
      (
        `${common} user password ask_password token bearer_token_command custom_auth_header ` +
        'cert_path key_path timeout ssl_verify'
      ).split(' '),
    ),
  ],
]);

const secrets = new Set([
  'password',
  'token',
  'custom_auth_header',
  'passphrase',
  'secret_access_key',
  'session_token',
]);
const counts = new Set(['jobs', 'checksum_jobs', 'timeout']);
const switches = new Set(['verify', 'worktree', 'version_aware', 'ask_password', 'slow_link_warning']);

/**
 * Makes sure that DVC takes an option: with one that it does not know, all its commands fail.
 * Options of remotes that only DVC serves are not looked at.
 *
 * @param isShared whether the file it goes to is one that git sees
 * @throws InvalidArgumentError for an unknown option, a value of another kind, a password in a URL, and a secret in a file
 * that others read
 */
export function checkRemoteOption(url: string, option: string, value: string, isShared: boolean): void {
  const scheme = /^(?!\w:\\)(\w+):\/\//.exec(url)?.[1] ?? 'local';
  const known = optionsByScheme.get(scheme.replace(/^webdavs$/, 'webdav'));
  if (known !== undefined && !known.has(option)) {
    throw new InvalidArgumentError(
      `${option}: expected an option of a ${scheme} remote (${[...known].toSorted().join(', ')})`,
    );
  }
  if (secrets.has(option) && isShared) {
    throw new InvalidArgumentError(`${option}: expected --local, since git keeps .dvc/config for everyone to read`);
  }
  if (option === 'url' && hasPassword(value)) {
    throw new InvalidArgumentError(
      `url: expected no password in it, got ${showUrl(value)}. Where git does not see it is its place: ` +
        'labmill data remote modify --local NAME password PASSWORD',
    );
  }
  if (counts.has(option) && !/^[1-9]\d*$/.test(value)) {
    throw new InvalidArgumentError(`${option}: expected a whole number from 1 on, got ${JSON.stringify(value)}`);
  }
  if (switches.has(option) && !/^(?:true|false)$/i.test(value)) {
    throw new InvalidArgumentError(`${option}: expected true or false, got ${JSON.stringify(value)}`);
  }
}
