import { InvalidArgumentError } from '../../base/errors.ts';
import type { Revision } from './revision.ts';

/** The longest tag that the reference grammar of OCI registries allows. */
const maxTagLength = 128;

/**
 * Returns the tag that binds an image to its commit: `BRANCH-SHA`, with `-dirty` when files differ from the commit, and
 * without the branch when there is none. What a tag may not hold becomes a hyphen; a long branch is cut, never the rest.
 */
export function imageTag({ branch = '', sha, isDirty }: Revision): string {
  const commit = `${sha.slice(0, 12)}${isDirty ? '-dirty' : ''}`;
  const name = branch
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, maxTagLength - commit.length - 1)
    .replace(/[.-]+$/, '');
  return name === '' ? commit : `${name}-${commit}`;
}

/**
 * Returns a name as an image may have it: in lower case, what is not allowed as a hyphen, a package's scope as a folder
 * (`@acme/Price Model` is `acme/price-model`).
 *
 * @throws InvalidArgumentError when nothing remains
 */
export function imageName(name: string): string {
  const folders = name.toLowerCase().split('/').map(pathComponent);
  const legal = folders.filter((folder) => folder !== '').join('/');
  if (legal !== '') return legal;
  throw new InvalidArgumentError(
    `--name: expected letters a–z or digits in the image's name, got ${JSON.stringify(name)}`,
  );
}

/** Between letters and digits the grammar allows a dot, one or two underscores, or hyphens. */
function pathComponent(text: string): string {
  const separated = text.replaceAll(/[^a-z0-9]+/g, (run) => (/^(?:\.|__?|-+)$/.test(run) ? run : '-'));
  return separated.replaceAll(/^[._-]+|[._-]+$/g, '');
}

/**
 * Returns a registry as it stands before an image's name: `host/path` or `host:port/path`, without a slash at its end.
 *
 * @throws InvalidArgumentError for anything else; the message never repeats what may hold a password
 */
export function registryPrefix(registry: string): string {
  if (registry.includes('@')) {
    throw new InvalidArgumentError(
      '--registry: expected host/path without a user or a password; the login command of the engine keeps those',
    );
  }
  const prefix = registry.replace(/\/+$/, '');
  if (/^[A-Za-z0-9.-]+(?::\d+)?(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/.test(prefix)) return prefix;
  throw new InvalidArgumentError(
    `--registry: expected host/path, as in registry.example.org/team, got ${JSON.stringify(registry)}`,
  );
}
