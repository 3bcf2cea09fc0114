import { posix } from 'node:path';
import { DataFormatError } from '../../base/errors.ts';

/** What a part of a path may not be: git and DVC would run or believe what is written there. */
const reserved = new Set(['.git', '.dvc', 'git~1']);

/**
 * Returns `path` when it names something below the directory it is read against, with forward slashes.
 *
 * @param where names the file that has the path
 * @throws DataFormatError for anything else: absolute, `..`, an empty part, NUL, a drive, a part that is `.git` or `.dvc`
 * (also in the spellings that Windows and macOS take for the same)
 */
export function checkRelpath(path: string, where: string): string {
  const problem = objection(path);
  if (problem === undefined) return path;
  throw new DataFormatError(`${where}: expected a path below its directory, got ${quote(path)}: ${problem}`);
}

/**
 * Returns the path, from the root of the repository, of an output that the `.dvc` file at `dvcFile` (from the root as well)
 * names by `path`, in its `wdir` when it has one.
 *
 * @throws DataFormatError when that is not inside the repository
 */
export function resolveOutPath(dvcFile: string, wdir: string | undefined, path: string): string {
  const directory = posix.join(posix.dirname(dvcFile), wdir?.replaceAll('\\', '/') ?? '.');
  if (posix.isAbsolute(wdir ?? '') || directory === '..' || directory.startsWith('../')) {
    throw new DataFormatError(`${dvcFile}: expected a wdir inside the repository, got ${quote(wdir ?? '')}`);
  }
  return checkRelpath(posix.join(directory, checkRelpath(path, dvcFile)), dvcFile);
}

/** Paths in which no part begins with a dot, and nothing is special: nearly all, and there may be millions. */
const plain = /^(?:[\w-][\w .-]*\/)*[\w-][\w .-]*$/;

function objection(path: string): string | undefined {
  if (plain.test(path)) return undefined;
  if (path === '') return 'it is empty';
  if (path.includes('\0')) return 'it contains a NUL';
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return 'it is absolute';
  if (path.split('/').some((part) => part === '' || part === '.')) return 'it has an empty part';
  // A backslash is a letter here and a separator on Windows, where the same file is read.
  const parts = path.split(/[/\\]/);
  if (parts.some((part) => part.trim() === '..')) return 'it leads out of it';
  const forbidden = parts.find((part) => reserved.has(comparable(part)));
  return forbidden === undefined ? undefined : `${quote(forbidden)} is not for data`;
}

/** Returns a name as file systems compare it that ignore case, invisible characters, streams and trailing dots. */
function comparable(part: string): string {
  return part
    .replaceAll(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .replace(/:.*/, '')
    .replace(/[ .]+$/, '')
    .toLowerCase();
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
