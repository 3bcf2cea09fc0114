import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '../../base/errors.ts';
import { showUrl } from '../format/show-url.ts';
import { LocalRemote } from './local-remote.ts';
import type { Remote, RemoteSettings } from './remote.ts';
import { type Environment, webdavSettings } from './webdav-settings.ts';

/**
 * Opens the remote that a section of the config describes: a folder, or a WebDAV server. Nothing is asked of it yet.
 *
 * @param environment where credentials are looked for that the config does not have; default `process.env`
 * @throws InvalidArgumentError when the URL is of another kind, or an option cannot be used as given
 */
export async function openRemote(
  name: string,
  settings: RemoteSettings,
  environment: Environment = process.env,
): Promise<Remote> {
  const { url } = settings;
  // One letter is a drive of Windows.
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'webdav' || scheme === 'webdavs') {
    const checked = webdavSettings(name, settings, environment);
    const { WebdavRemote } = await import('./webdav-remote.ts');
    return new WebdavRemote(name, checked);
  }
  const folder = scheme === 'file' ? fileURLToPath(url) : url.replace(/^~(?=$|[/\\])/, () => homedir());
  if ((scheme === undefined || scheme === 'file') && isAbsolute(folder)) return new LocalRemote(name, join(folder));
  throw new InvalidArgumentError(
    `remote ${JSON.stringify(name)}: expected an absolute path, webdav:// or webdavs://, got ${JSON.stringify(showUrl(url))}`,
  );
}
