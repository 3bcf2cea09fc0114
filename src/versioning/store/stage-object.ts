import { chmodSync, constants, copyFileSync, linkSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { CacheObjectError } from '../../base/errors.ts';
import type { ObjectId } from '../format/object-id.ts';
import { readFileBytes, smallBytes, writeNewFile } from './file-bytes.ts';
import type { LinkType, ObjectCache } from './object-cache.ts';
import { lookAt } from './look-at.ts';

/** A file that is to be made from the cache under a temporary name. */
export interface StagedFile {
  readonly id: ObjectId;
  readonly temporary: string;
  readonly isExec?: boolean;
}

/**
 * Makes a file from its object under a temporary name. The content is checked on the way, so that a damaged object never
 * gets out.
 *
 * @throws CacheObjectError when the object is missing or damaged (a damaged one is removed); otherwise the file system's error
 */
export function stageObject(cache: ObjectCache, { id, temporary, isExec = false }: StagedFile): void {
  if (!linkTo(cache, id, temporary, isExec)) copyTo(cache, id, temporary);
  // As DVC: executable for the owner, whatever the umask leaves to others.
  if (isExec) chmodSync(temporary, statSync(temporary).mode | 0o100);
}

/** Tries the cache's link types one after the other; returns whether one worked before it was the turn of copying. */
function linkTo(cache: ObjectCache, id: ObjectId, path: string, isExec: boolean): boolean {
  for (const type of cache.linkTypes) {
    if (type === 'copy') return false;
    // A shared inode has one mode: an executable file needs its own.
    if (isExec && type !== 'reflink') continue;
    if (cache.unsupported.has(type)) continue;
    requireSound(cache, id);
    try {
      links[type](cache.path(id), path);
      return true;
    } catch (error) {
      if (!isUnsupported(error)) throw error;
      cache.unsupported.add(type);
    }
  }
  return false;
}

const links: Record<Exclude<LinkType, 'copy'>, (from: string, to: string) => void> = {
  reflink: (from, to) => {
    copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE);
    chmodSync(to, 0o666 & ~process.umask());
  },
  hardlink: linkSync,
  symlink: symlinkSync,
};

/** Returns whether an error says that this kind of link can't be had between these places. */
function isUnsupported(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EINVAL', 'EPERM', 'EMLINK', 'ENOTTY'].includes(code);
}

function copyTo(cache: ObjectCache, id: ObjectId, path: string): void {
  const object = cache.path(id);
  const stat = lookAt(object);
  if (stat === undefined) throw missing(id);
  if (stat.size > smallBytes) {
    requireSound(cache, id);
    copyFileSync(object, path, constants.COPYFILE_EXCL);
    chmodSync(path, 0o666 & ~process.umask());
    return;
  }
  const read = readFileBytes(object);
  if (read.id !== id || read.bytes === undefined) {
    rmSync(object, { force: true });
    throw damaged(id);
  }
  writeNewFile(path, read.bytes, 0o666);
}

function requireSound(cache: ObjectCache, id: ObjectId): void {
  if (!cache.has(id)) throw missing(id);
  if (!cache.isSound(id)) throw damaged(id);
}

function missing(id: ObjectId): CacheObjectError {
  return new CacheObjectError(`object ${id}: not in the cache`);
}

function damaged(id: ObjectId): CacheObjectError {
  return new CacheObjectError(`object ${id}: damaged in the cache, and removed`);
}
