import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { CacheObjectError, RepositoryError } from '../../base/errors.ts';
import { isDirectoryId, type ObjectId } from '../format/object-id.ts';
import { collectRevision, collectWorkspace, objectOf, type TrackedOut } from './collect-outs.ts';
import { type RepositoryContext, toRootPath } from './context.ts';
import { lookAt } from '../store/look-at.ts';

/** Options of `DataRepository.list`. */
export interface ListOptions {
  /** A git revision. Default: the workspace. */
  readonly rev?: string | undefined;
  /** Lists files at any depth instead of one folder. Default: false. */
  readonly recursive?: boolean | undefined;
  /** Leaves out what only git has. Default: false. */
  readonly dvcOnly?: boolean | undefined;
}

/** An entry as `dvc list --json` shows it. */
export interface ListEntry {
  readonly isout: boolean;
  readonly isdir: boolean;
  readonly isexec: boolean;
  /** In bytes, as far as it is known. */
  readonly size: number | null;
  readonly md5: string | null;
  /** From the listed path. */
  readonly path: string;
}

type Info = Omit<ListEntry, 'path'>;

/** Lists files; see `DataRepository.list`. */
export async function list(context: RepositoryContext, path: string, options: ListOptions): Promise<ListEntry[]> {
  const { rev, recursive = false, dvcOnly = false } = options;
  const base = toRootPath(context, path);
  const tree = new Map<string, Info>();
  if (rev === undefined) {
    const { outs, rulesAt } = collectWorkspace(context.root);
    enterOuts(context, tree, outs);
    const isIgnored = (file: string, isFolder: boolean): boolean =>
      rulesAt(folderOf(file)).rules.ignores(file, isFolder);
    enterWorkspace(context.root, '', tree, isIgnored, dvcOnly);
  } else {
    if (context.git === undefined) throw new RepositoryError('list: expected a repository with git for a revision');
    const [files, folders] = dvcOnly ? [[], []] : await Promise.all([context.git.files(rev), context.git.folders(rev)]);
    for (const { path: folder, size } of folders) {
      if (folder !== '.dvc') tree.set(folder, { isout: false, isdir: true, isexec: false, size, md5: null });
    }
    for (const { path: file, size, isExec } of files) {
      if (!file.startsWith('.dvc/')) enter(tree, file, { isout: false, isdir: false, isexec: isExec, size, md5: null });
    }
    enterOuts(context, tree, await collectRevision(context.git, rev));
  }
  return entriesAt(tree, base, recursive, path);
}

function entriesAt(tree: ReadonlyMap<string, Info>, base: string, recursive: boolean, shown: string): ListEntry[] {
  const self = tree.get(base);
  if (base !== '' && self === undefined) throw new RepositoryError(`${shown}: there is no such file or folder`);
  if (self?.isdir === false) return [{ ...self, path: posix.basename(base) }];
  const prefix = base === '' ? '' : `${base}/`;
  const inside = [...tree].flatMap(([path, info]) =>
    path.startsWith(prefix) ? { ...info, path: path.slice(prefix.length) } : [],
  );
  const chosen = inside.filter(({ path, isdir }) => (recursive ? !isdir : !path.includes('/')));
  return chosen.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Enters outputs and the files within them, as the `.dvc` files say. */
function enterOuts({ cache }: RepositoryContext, tree: Map<string, Info>, outs: readonly TrackedOut[]): void {
  for (const tracked of outs) {
    const { path, out } = tracked;
    const id = objectOf(tracked);
    const isdir = id !== undefined && isDirectoryId(id);
    enter(tree, path, { isout: true, isdir, isexec: false, size: out.size ?? null, md5: id ?? null });
    for (const { relpath, md5 } of isdir ? listing(cache, id) : []) {
      enter(tree, `${path}/${relpath}`, { isout: true, isdir: false, isexec: false, size: null, md5 }, path);
    }
  }
}

function listing(cache: RepositoryContext['cache'], id: ObjectId): ReturnType<typeof cache.readDirectory> {
  try {
    return cache.readDirectory(id);
  } catch (error) {
    if (error instanceof CacheObjectError) return [];
    throw error;
  }
}

/** Enters what is in a folder of the workspace; what is tracked there keeps its hash and takes its size from the file. */
function enterWorkspace(
  root: string,
  folder: string,
  tree: Map<string, Info>,
  isIgnored: (path: string, isFolder: boolean) => boolean,
  dvcOnly: boolean,
): void {
  if (dvcOnly) return;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (isIgnored(path, entry.isDirectory())) continue;
    const stat = lookAt(join(root, path));
    if (stat === undefined) continue;
    const isdir = entry.isDirectory();
    const known = tree.get(path);
    const isout = known?.isout ?? false;
    const isexec = !isdir && (stat.mode & 0o100) !== 0;
    enter(tree, path, { isout, isdir, isexec, size: stat.size, md5: known?.md5 ?? null });
    if (entry.isDirectory()) enterWorkspace(root, path, tree, isIgnored, dvcOnly);
  }
}

/** Enters a path, and the folders above it that are not there yet; those below the output `top` belong to it. */
function enter(tree: Map<string, Info>, path: string, info: Info, top = path): void {
  tree.set(path, info);
  const folder = folderOf(path);
  if (folder === '' || tree.has(folder)) return;
  const isout = info.isout && folder.startsWith(`${top}/`);
  enter(tree, folder, { isout, isdir: true, isexec: false, size: null, md5: null }, top);
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
