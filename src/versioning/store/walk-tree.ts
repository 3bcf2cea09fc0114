import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { RepositoryError } from '../../base/errors.ts';
import { stateOf } from './file-state.ts';
import { lookAt } from './look-at.ts';

/** Tells whether DVC leaves a path out, given from the repository's root with forward slashes. */
export type IsIgnored = (path: string, isFolder: boolean) => boolean;

/** The folders and files of a tree, by their paths in it. */
export interface TreeListing {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  /** Those of the files that are links. */
  readonly links: readonly string[];
  /** The states of the folders, then of the files; see `enterState`. */
  readonly states: Float64Array;
}

/**
 * Lists a folder as DVC sees it: links to files are followed, linked folders are left out, and so is what is ignored.
 *
 * @param root the repository's root
 * @param path the folder, from there
 * @throws RepositoryError for what cannot be versioned: a broken link, a socket, a pipe, a name that is not UTF-8,
 * a `.dvcignore` in the tree
 */
export function walkTree(root: string, path: string, isIgnored: IsIgnored): TreeListing {
  const folders: string[] = [];
  const files: string[] = [];
  const links: string[] = [];
  const states: [folders: number[], files: number[]] = [[], []];
  const waiting = [''];
  for (let relpath = waiting.pop(); relpath !== undefined; relpath = waiting.pop()) {
    const folder = relpath === '' ? path : `${path}/${relpath}`;
    const absolute = join(root, folder);
    // The folder's own state is taken first, so that a name that comes while it is read shows as a change.
    states[0].push(...stateOf(statSync(absolute)));
    folders.push(relpath);
    for (const entry of readdirSync(absolute, { withFileTypes: true })) {
      const child = relpath === '' ? entry.name : `${relpath}/${entry.name}`;
      const isFolder = entry.isDirectory();
      if (isIgnored(`${folder}/${entry.name}`, isFolder)) continue;
      if (isFolder) waiting.push(child);
      const stat = isFolder ? undefined : statOfFile(`${absolute}/${entry.name}`, `${folder}/${entry.name}`, entry);
      if (stat === undefined) continue;
      files.push(child);
      // Numbers, because ten thousand `Stats` cost more to keep than to make.
      states[1].push(...stateOf(stat));
      if (entry.isSymbolicLink()) links.push(child);
    }
  }
  return { folders, files, links, states: Float64Array.from(states.flat()) };
}

/** Returns a file's state, or nothing for a link to a folder. */
function statOfFile(absolute: string, shown: string, entry: Dirent): Stats | undefined {
  if (entry.name === '.dvcignore') {
    throw new RepositoryError(
      `${shown}: expected no .dvcignore inside a tracked folder; move its lines to a folder above`,
    );
  }
  const stat = lookAt(absolute);
  if (stat?.isFile() === true) return stat;
  if (stat?.isDirectory() === true) return undefined;
  throw new RepositoryError(`${shown}: expected a file, got ${kindOf(entry, stat)}; remove it or add it to .dvcignore`);
}

function kindOf(entry: Dirent, stat: Stats | undefined): string {
  if (stat !== undefined) return 'a socket, a pipe or a device';
  if (entry.isSymbolicLink()) return 'a link to nothing';
  return entry.name.includes('\ufffd') ? 'a name that is not UTF-8' : 'one that vanished while it was read';
}
