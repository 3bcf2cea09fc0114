import { readFileSync, rmSync } from 'node:fs';
import { CacheObjectError, RepositoryError } from '../../base/errors.ts';
import type { ObjectId } from '../format/object-id.ts';
import { openRemote } from '../remote/open-remote.ts';
import { collectRevision, collectWorkspace, objectOf } from './collect-outs.ts';
import { type RepositoryContext, toRootPath } from './context.ts';

/** Options of `DataRepository.read`. */
export interface ReadOptions {
  /** A git revision. Default: the `.dvc` files of the workspace. */
  readonly rev?: string | undefined;
  /** The remote that is asked for what the cache lacks. Default: the default one. */
  readonly remote?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Returns the content of a tracked file; see `DataRepository.read`. */
export async function read(context: RepositoryContext, path: string, options: ReadOptions): Promise<Buffer> {
  const { git, cache } = context;
  const { rev } = options;
  if (rev !== undefined && git === undefined)
    throw new RepositoryError('read: expected a repository with git for a revision');
  const outs = rev === undefined ? collectWorkspace(context.root).outs : await collectRevision(git!, rev);
  const wanted = toRootPath(context, path);
  const tracked = outs.find((out) => wanted === out.path || wanted.startsWith(`${out.path}/`));
  const id = tracked && objectOf(tracked);
  const where = rev === undefined ? '' : ` at ${rev}`;
  if (tracked === undefined || id === undefined) throw new RepositoryError(`${path}: expected a tracked file${where}`);
  await require(context, id, path, options);
  if (wanted === tracked.path && !id.endsWith('.dir')) return readFileSync(cache.path(id));
  const relpath = wanted.slice(tracked.path.length + 1);
  const entry = cache.readDirectory(id).find((file) => file.relpath === relpath);
  if (entry === undefined)
    throw new RepositoryError(`${path}: expected a tracked file${where}, got a folder or nothing`);
  await require(context, entry.md5, path, options);
  return readFileSync(cache.path(entry.md5));
}

/** Makes sure that the cache has a sound object. */
async function require(
  { cache, config }: RepositoryContext,
  id: ObjectId,
  path: string,
  options: ReadOptions,
): Promise<void> {
  if (await cache.verify(id)) return;
  if (options.remote === undefined && config.get('core', 'remote') === undefined) {
    throw new CacheObjectError(`${path}: object ${id} is not in the cache, and there is no remote to fetch it from`);
  }
  const { name, settings } = config.remote(options.remote);
  const remote = await openRemote(name, settings);
  const temporary = cache.temporaryPath();
  try {
    await remote.download(id, temporary, { path, signal: options.signal });
    cache.adopt(temporary, id);
  } finally {
    rmSync(temporary, { force: true });
    remote.close();
  }
}
