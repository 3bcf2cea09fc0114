import { DataFormatError } from '../../base/errors.ts';
import { compareCodePoints } from './compare-code-points.ts';
import { isDirectoryId, md5, type ObjectId, parseObjectId } from './object-id.ts';
import { formatPythonString } from './python-json.ts';
import { checkRelpath } from './relpath.ts';

/** A file of a tracked directory: its path in it, with forward slashes, and its content. */
export interface DirEntry {
  readonly relpath: string;
  readonly md5: ObjectId;
}

/** Options of `parseDirObject`. */
export interface ParseDirObjectOptions {
  /** The largest object that is read, in bytes; default 400 MiB, about four million files. */
  readonly maxBytes?: number;
}

/**
 * Parses a `.dir` object, the listing of a tracked directory.
 *
 * @param where names the object in messages
 * @throws DataFormatError when it is damaged, too large, has a name twice or a file that is also a folder, or a path that
 * leads out of the directory
 */
export function parseDirObject(bytes: Uint8Array, where: string, options: ParseDirObjectOptions = {}): DirEntry[] {
  const { maxBytes = 400 * 2 ** 20 } = options;
  if (bytes.length > maxBytes) {
    throw new DataFormatError(`${where}: expected at most ${maxBytes} bytes, got ${bytes.length}`);
  }
  const listing = parse(bytes, where);
  if (!Array.isArray(listing)) throw new DataFormatError(`${where}: expected a list of files, got another JSON value`);
  const entries = listing.map((entry: unknown, index) => toEntry(entry, `${where}[${index}]`));
  requireTree(entries, where);
  return entries;
}

/** Returns the `.dir` object of a directory, byte for byte as Python's `json.dumps(…, sort_keys=True)` writes it, and its id. */
export function formatDirObject(entries: readonly DirEntry[]): { bytes: Buffer; id: ObjectId } {
  const sorted = entries.toSorted((a, b) => compareCodePoints(a.relpath, b.relpath));
  const items = sorted.map((entry) => `{"md5": "${entry.md5}", "relpath": ${formatPythonString(entry.relpath)}}`);
  const bytes = Buffer.from(`[${items.join(', ')}]`);
  return { bytes, id: `${md5(bytes)}.dir` };
}

function parse(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new DataFormatError(`${where}: damaged: ${(cause as Error).message}`, { cause });
  }
}

function toEntry(value: unknown, where: string): DirEntry {
  const { relpath, md5: id } = Object(value) as { relpath?: unknown; md5?: unknown };
  if (typeof relpath !== 'string') throw new DataFormatError(`${where}: expected a "relpath" and an "md5"`);
  const checked = parseObjectId(id, where);
  if (isDirectoryId(checked))
    throw new DataFormatError(`${where}: expected the md5 of a file, got that of a directory`);
  return { relpath: checkRelpath(relpath, where), md5: checked };
}

function requireTree(entries: readonly DirEntry[], where: string): void {
  const files = new Set<string>();
  for (const { relpath } of entries) {
    if (files.has(relpath)) throw new DataFormatError(`${where}: the name ${JSON.stringify(relpath)} is there twice`);
    files.add(relpath);
  }
  const folders = new Set<string>();
  for (const { relpath } of entries) {
    for (let end = relpath.lastIndexOf('/'); end > 0; end = relpath.lastIndexOf('/', end - 1)) {
      const folder = relpath.slice(0, end);
      if (folders.has(folder)) break;
      if (files.has(folder))
        throw new DataFormatError(`${where}: ${JSON.stringify(folder)} is both a file and a folder`);
      folders.add(folder);
    }
  }
}
