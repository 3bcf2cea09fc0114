import { join } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { lookAt, lookAtLink } from '../store/look-at.ts';

/**
 * Makes sure that the folders from the root down to a path's are folders and no links: through a link, what is written there
 * would land elsewhere, perhaps outside the repository. Folders that are not there yet are fine.
 *
 * @throws RepositoryError
 */
export function requireRealFolders(root: string, path: string, known: Set<string> = new Set()): void {
  for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
    const folder = path.slice(0, end);
    if (known.has(folder)) continue;
    const stat = lookAtLink(join(root, folder));
    if (stat === undefined) return;
    if (!stat.isDirectory()) {
      const kind = stat.isSymbolicLink() ? 'a link' : 'a file';
      throw new RepositoryError(`${path}: expected ${folder} to be a folder, got ${kind}`);
    }
    known.add(folder);
  }
}

/**
 * Makes sure that an output can be written in its own place: the folders down to it are no links, nor is it a linked folder.
 *
 * @throws RepositoryError
 */
export function requireOwnPlace(root: string, path: string): void {
  requireRealFolders(root, path);
  const place = join(root, path);
  if (lookAtLink(place)?.isSymbolicLink() !== true) return;
  if (lookAt(place)?.isDirectory() !== true) return;
  throw new RepositoryError(`${path}: expected it to be a folder, got a link to one`);
}
