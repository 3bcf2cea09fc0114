import { createHash } from 'node:crypto';
import { DataFormatError } from '../../base/errors.ts';

/** The md5 of an object in 32 lower-case hexadecimal digits; a directory's ends with `.dir`. */
export type ObjectId = string;

/**
 * Returns `text` when it is an object id.
 *
 * @param where names the file that says so
 * @throws DataFormatError when it is none
 */
export function parseObjectId(text: unknown, where: string): ObjectId {
  if (typeof text === 'string' && /^[0-9a-f]{32}(?:\.dir)?$/.test(text)) return text;
  const got = JSON.stringify(text)?.slice(0, 80);
  throw new DataFormatError(`${where}: expected an md5 of 32 hexadecimal digits (".dir" may follow), got ${got}`);
}

/** Returns whether the object lists a directory. */
export function isDirectoryId(id: ObjectId): boolean {
  return id.endsWith('.dir');
}

/** Returns an object's path in a cache or on a remote: `files/md5/<2 digits>/<30 digits>`, as DVC 3 lays them out. */
export function objectPath(id: ObjectId): string {
  return `files/md5/${id.slice(0, 2)}/${id.slice(2)}`;
}

/** Returns the md5 of bytes, or of a text's UTF-8 bytes, in hexadecimal. */
export function md5(bytes: string | Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
